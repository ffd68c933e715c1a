// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package integration has the data sources of integrations:
// customerprofiles_integration reads one integration, and
// customerprofiles_integrations lists the integrations of a domain.
package integration

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

// withMembers returns attributes and the attributes of [members].
func withMembers(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	maps.Copy(attributes, map[string]schema.Attribute{
		"object_type_name": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Name of the profile object type of the imported data.",
		},
		"created_at":      framework.TimeAttribute("When the integration was created"),
		"last_updated_at": framework.TimeAttribute("When the integration was last updated"),
		"tags": schema.MapAttribute{
			Computed:            true,
			ElementType:         types.StringType,
			MarkdownDescription: "Tags of the integration.",
		},
		"object_type_names": schema.MapAttribute{
			Computed:    true,
			ElementType: types.StringType,
			MarkdownDescription: "Map of event types of an external application, such as `SegmentIdentify` or " +
				"`ShopifyCreateCustomers`, to names of profile object types.",
		},
		"workflow_id": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "ID of the integration's workflow, for use with `customerprofiles_workflow` and " +
				"`customerprofiles_workflow_steps`. Null if the integration has no workflow.",
		},
		"is_unstructured": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether the integration imports unstructured data.",
		},
		"role_arn": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "ARN of the IAM role that the integration uses to call Customer Profiles on your " +
				"behalf.",
		},
		"event_trigger_names": schema.ListAttribute{
			Computed:            true,
			ElementType:         types.StringType,
			MarkdownDescription: "Names of the active event triggers of the integration.",
		},
		"scope": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "Whether the integration applies to single profiles (`PROFILE`) or to the whole domain " +
				"(`DOMAIN`).",
		},
	})
	return attributes
}
