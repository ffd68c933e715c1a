// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflows

import (
	"context"

	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// newSchema mirrors the API's ListWorkflows; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_ListWorkflows.html.
func newSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The workflows of a Customer Profiles domain: its ingestions of customer data, all of them or those that the filters let through.",
		Attributes: map[string]schema.Attribute{
			"domain_name":      common.DomainName(),
			"region":           common.Region(),
			"workflow_type":    common.Filter("Only workflows of this type", awstypes.WorkflowType("").Values()),
			"status":           common.Filter("Only workflows with this status", awstypes.Status("").Values()),
			"query_start_date": common.Date("Only workflows that started after this date"),
			"query_end_date":   common.Date("Only workflows that ended after this date (a lower bound, as `query_start_date` is)"),
			"items": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The workflows, all of them, in the API's order. Empty where there are none.",
				NestedObject: schema.NestedAttributeObject{
					Attributes: map[string]schema.Attribute{
						"workflow_type": common.WorkflowType(),
						"workflow_id": schema.StringAttribute{
							Computed:            true,
							MarkdownDescription: "ID of the workflow, which `customerprofiles_workflow` and `customerprofiles_workflow_steps` take.",
						},
						"status": common.Status("How the run stands"),
						"status_description": schema.StringAttribute{
							Computed:            true,
							MarkdownDescription: "What the service says of the status, such as why the run failed.",
						},
						"created_at":      common.Time("When the workflow was created"),
						"last_updated_at": common.Time("When the workflow was last updated"),
					},
				},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": common.Timeouts(ctx, ""),
		},
	}
}
