// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Command floor is a provider with the real provider's schemas that does
// nothing but return a fixed workflow for every read. It costs what Terraform
// and the framework cost.
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
