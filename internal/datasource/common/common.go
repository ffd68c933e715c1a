// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package common is what the data sources of this provider share: how they are
// handed the AWS clients, how they read, the arguments that they take, and the
// forms that the API's values take in Terraform's state.
package common

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// Base is embedded in every data source. It keeps the clients that the
// provider hands over when it is configured.
type Base struct {
	clients *conns.Clients
}

// Configure keeps the provider's clients. Terraform calls it with none before
// the provider is configured, to validate.
func (b *Base) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if req.ProviderData == nil {
		return
	}
	clients, ok := req.ProviderData.(*conns.Clients)
	if !ok {
		resp.Diagnostics.AddError(
			"Unexpected provider data",
			fmt.Sprintf("The data source was handed %T instead of its AWS clients. This is a bug in the provider; please report it.", req.ProviderData),
		)
		return
	}
	b.clients = clients
}

// client returns the client of the data source's Region, or of the provider's
// where region is null, or nil and an error in diags where there is none.
func (b *Base) client(region types.String, diags *diag.Diagnostics) *conns.Client {
	client, err := b.clients.Client(region.ValueString())
	if err == nil {
		return client
	}
	var unknown *conns.UnknownError
	var noSuch *conns.RegionError
	switch {
	case errors.As(err, &unknown):
		diags.AddError("Provider configuration not known yet", fmt.Sprintf("This data source has to be read now, and these arguments of the provider block "+
			"are not known until apply: %s.\n\nApply what they depend on first, with terraform apply -target=…, or give the arguments values "+
			"that are known when Terraform plans.", strings.Join(unknown.Arguments, ", ")))
	case errors.As(err, &noSuch):
		diags.AddAttributeError(path.Root("region"), "Unknown AWS Region", fmt.Sprintf("There is no AWS Region %q. Check its name. Where it is newer than "+
			"this version of the provider, or the service is not AWS's, set skip_region_validation = true in the provider block.", noSuch.Region))
	default:
		diags.AddAttributeError(path.Root("region"), "No AWS Region",
			"Neither this data source nor the provider names a Region. Supply one in any of these ways:\n"+
				"  - region on the data source\n"+
				"  - region in the provider block\n"+
				"  - the environment variable AWS_REGION or AWS_DEFAULT_REGION\n"+
				"  - region in the profile that is used, in the shared config file (~/.aws/config)")
	}
	return nil
}
