// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Command floor is a provider that does nothing: the real one's schemas on the
// same framework, served as the framework serves any provider, and a workflow
// from memory for every read. What it costs is Terraform's and the framework's.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/floor"
)

func main() {
	err := providerserver.Serve(context.Background(), floor.New, providerserver.ServeOpts{
		Address: "registry.terraform.io/customerprofiles/customerprofiles",
	})
	if err != nil {
		log.Fatal(err)
	}
}
