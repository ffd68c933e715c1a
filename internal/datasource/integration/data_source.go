// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

// NewDataSource returns the data source customerprofiles_integration.
func NewDataSource() datasource.DataSource { return &dataSource{} }

type dataSource struct {
	framework.DataSource
}

// Metadata sets the name of the data source.
func (*dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_integration"
}

// Schema mirrors the API's GetIntegrationResponse; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetIntegration.html.
func (*dataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Use this data source to read an integration of an Amazon Connect Customer Profiles domain, " +
			"for example to find its workflow." + framework.Permissions(conns.GetIntegration, ""),
		Attributes: withMembers(map[string]schema.Attribute{
			"domain_name": framework.DomainNameArgument(),
			"region":      framework.RegionArgument(),
			"uri": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "URI of the integration: the ARN of an AppFlow flow, an S3 bucket, or another source. " +
					"Must be 1 to 255 characters.",
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 255)},
			},
		}),
		Blocks: map[string]schema.Block{
			"timeouts": framework.TimeoutsBlock(ctx, "Defaults to `5m`."),
		},
	}
}

// Read reads the integration.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data model
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	client, timeout, diags := d.Begin(ctx, &data.Arguments, framework.DefaultTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	out, err := client.GetIntegration(ctx, &customerprofiles.GetIntegrationInput{
		DomainName: data.DomainName.ValueStringPointer(),
		Uri:        data.URI.ValueStringPointer(),
	})
	if err != nil {
		resp.Diagnostics.Append(diagnostics.FromError(ctx, err, diagnostics.Request{
			Subject:    fmt.Sprintf("integration %q", data.URI.ValueString()),
			DomainName: data.DomainName.ValueString(),
			Kind:       "integration",
			Key:        "URI of the integration",
			Timeout:    timeout,
		}))
		return
	}
	data.FromAPI(out)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
