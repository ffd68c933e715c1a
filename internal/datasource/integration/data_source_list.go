// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

// NewListDataSource returns the data source customerprofiles_integrations.
func NewListDataSource() datasource.DataSource { return &listDataSource{} }

type listDataSource struct {
	framework.DataSource
}

// Metadata sets the name of the data source.
func (*listDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_integrations"
}

// Schema mirrors the API's ListIntegrationsResponse; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_ListIntegrations.html.
func (*listDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Use this data source to list the integrations of an Amazon Connect Customer Profiles domain." +
			framework.Permissions(conns.ListIntegrations, " once per 100 integrations"),
		Attributes: map[string]schema.Attribute{
			"domain_name": framework.DomainNameArgument(),
			"region":      framework.RegionArgument(),
			"include_hidden": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to include hidden integrations. Defaults to `false`.",
			},
			"items": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "All integrations, in the order that the API returns. Empty if there are none.",
				NestedObject: schema.NestedAttributeObject{
					Attributes: withMembers(map[string]schema.Attribute{
						"domain_name": schema.StringAttribute{
							Computed:            true,
							MarkdownDescription: "Name of the domain.",
						},
						"uri": schema.StringAttribute{
							Computed:            true,
							MarkdownDescription: "URI of the integration, for use with `customerprofiles_integration`.",
						},
					}),
				},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": framework.TimeoutsBlock(ctx, "Defaults to `5m`."),
		},
	}
}

// Read lists the integrations.
func (d *listDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data listModel
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

	var items []awstypes.ListIntegrationItem
	for page, err := range client.ListIntegrations(ctx, &customerprofiles.ListIntegrationsInput{
		DomainName:    data.DomainName.ValueStringPointer(),
		IncludeHidden: data.IncludeHidden.ValueBoolPointer(),
	}) {
		if err != nil {
			resp.Diagnostics.Append(diagnostics.FromError(ctx, err, diagnostics.Request{
				Subject:    "the integrations",
				DomainName: data.DomainName.ValueString(),
				Timeout:    timeout,
			}))
			return
		}
		items = append(items, page.Items...)
	}
	data.FromAPI(items)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
