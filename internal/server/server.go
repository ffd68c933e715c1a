// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package server is how the provider is served to Terraform.
package server

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/provider"
)

// Address is the provider's address in the registry.
const Address = "registry.terraform.io/customerprofiles/customerprofiles"

// Serve serves the provider until Terraform is done with it. With debug it
// prints how Terraform attaches to this process, and is served until it is
// interrupted.
func Serve(ctx context.Context, version string, debug bool) error {
	return providerserver.Serve(ctx, provider.New(version), providerserver.ServeOpts{
		Address: Address,
		Debug:   debug,
	})
}
