// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integrations

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// newSchema mirrors the API's ListIntegrations; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_ListIntegrations.html.
func newSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The integrations of a Customer Profiles domain: its sources of customer data, and the workflows that ingest them.",
		Attributes: map[string]schema.Attribute{
			"domain_name": common.DomainName(),
			"region":      common.Region(),
			"include_hidden": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether hidden integrations are listed, too. `false` where it is not set.",
			},
			"items": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The integrations, all of them, in the API's order. Empty where there are none.",
				NestedObject: schema.NestedAttributeObject{
					Attributes: common.IntegrationSchema(map[string]schema.Attribute{
						"domain_name": schema.StringAttribute{
							Computed:            true,
							MarkdownDescription: "Name of the integration's domain.",
						},
						"uri": schema.StringAttribute{
							Computed:            true,
							MarkdownDescription: "URI of the integration, which `customerprofiles_integration` takes.",
						},
					}),
				},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": common.Timeouts(ctx, ""),
		},
	}
}
