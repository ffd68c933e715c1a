// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package framework has what every data source shares on Terraform's side: how
// it gets its AWS client, the arguments region and timeouts, validators, and the
// conversion of API values.
package framework

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// DefaultTimeout is how long a read may take if timeouts.read isn't set.
const DefaultTimeout = 5 * time.Minute

// Arguments are the arguments of every data source. Its model embeds them.
type Arguments struct {
	Region   types.String   `tfsdk:"region"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// DataSource is embedded in every data source. It holds the clients that the
// provider's Configure returned.
type DataSource struct {
	clients *conns.Clients
}

// Configure stores the provider's clients. There are none while Terraform
// validates a configuration.
func (d *DataSource) Configure(
	_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse,
) {
	if req.ProviderData == nil {
		return
	}
	clients, ok := req.ProviderData.(*conns.Clients)
	if !ok {
		resp.Diagnostics.AddError("Unexpected provider data", fmt.Sprintf(
			"The data source expected *conns.Clients, got %T. This is a bug in the provider. Please report it.",
			req.ProviderData))
		return
	}
	d.clients = clients
}

// Begin returns the client for the data source's Region, and how long the read
// may take: timeouts.read, or defaultTimeout if it isn't set. It stores the name
// of the Region in args.
func (d *DataSource) Begin(
	ctx context.Context, args *Arguments, defaultTimeout time.Duration,
) (*conns.Client, time.Duration, diag.Diagnostics) {
	timeout, diags := args.Timeouts.Read(ctx, defaultTimeout)
	if diags.HasError() {
		return nil, 0, diags
	}
	if d.clients == nil {
		diags.AddError("Provider not configured", "The data source was read before the provider was configured, or after "+
			"that failed.\n\nCorrect the error that was reported for the provider. If there was none, this is a bug in the "+
			"program that runs the provider.")
		return nil, 0, diags
	}
	client, err := d.clients.Client(args.Region.ValueString())
	if err != nil {
		diags.Append(clientDiagnostic(err))
		return nil, 0, diags
	}
	args.Region = types.StringValue(client.Region)
	return client, timeout, diags
}

// clientDiagnostic describes an error of [conns.Clients.Client].
func clientDiagnostic(err error) diag.Diagnostic {
	var unknown *conns.UnknownConfigurationError
	var invalid *conns.InvalidRegionError
	switch {
	case errors.As(err, &unknown):
		return diag.NewErrorDiagnostic("Provider configuration not yet known", fmt.Sprintf(
			"Terraform must read this data source now, but these arguments of the provider block are unknown until apply: %s."+
				"\n\nFirst apply what they depend on with terraform apply -target=…, or use values that are known during plan.",
			strings.Join(unknown.Arguments, ", ")))
	case errors.As(err, &invalid):
		return diag.NewAttributeErrorDiagnostic(path.Root("region"), "Invalid AWS Region", fmt.Sprintf(
			"%q is not a valid AWS Region.\n\nCheck its name. If the Region is newer than this version of the provider, "+
				"or if the service isn't AWS, set skip_region_validation = true in the provider block.", invalid.Region))
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("region"), "Missing AWS Region",
		"Neither this data source nor the provider has a Region.\n\nSet one of:\n"+
			"  - region in the data source\n"+
			"  - region in the provider block\n"+
			"  - the environment variable AWS_REGION or AWS_DEFAULT_REGION\n"+
			"  - region of the profile in the shared config file (~/.aws/config)")
}
