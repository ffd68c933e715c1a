// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflowsteps

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// newSchema mirrors the API's GetWorkflowSteps; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetWorkflowSteps.html.
func newSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The steps of a Customer Profiles workflow: what each part of an ingestion brought, and what became of it.",
		Attributes: map[string]schema.Attribute{
			"domain_name":   common.DomainName(),
			"region":        common.Region(),
			"workflow_id":   common.WorkflowID(),
			"workflow_type": common.WorkflowType(),
			"items": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The steps, all of them, in the API's order. Empty where there are none.",
				NestedObject: schema.NestedAttributeObject{
					Attributes: map[string]schema.Attribute{
						"appflow_integration": schema.SingleNestedAttribute{
							Computed:            true,
							MarkdownDescription: "The step of an Amazon AppFlow integration.",
							Attributes:          appflowStepSchema(),
						},
					},
				},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": common.Timeouts(ctx, ""),
		},
	}
}

func appflowStepSchema() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"flow_name": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Name of the AppFlow flow that the step made.",
		},
		"status": common.Status("How the step stands"),
		"execution_message": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "What AppFlow says of the step, such as why it failed.",
		},
		"records_processed": schema.Int64Attribute{
			Computed:            true,
			MarkdownDescription: "Number of records processed by the step.",
		},
		"batch_records_start_time": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Where the batch of records begins in time, as the service writes it.",
		},
		"batch_records_end_time": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Where the batch of records ends in time, as the service writes it.",
		},
		"created_at":      common.Time("When the step was created"),
		"last_updated_at": common.Time("When the step was last updated"),
	}
}
