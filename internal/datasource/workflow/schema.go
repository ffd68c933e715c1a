// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// newSchema mirrors the API's GetWorkflowResponse; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetWorkflow.html.
func newSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "One workflow of a Customer Profiles domain: how an ingestion of customer data stands.",
		Attributes: map[string]schema.Attribute{
			"domain_name": common.DomainName(),
			"region":      common.Region(),
			"workflow_id": common.WorkflowID(),
			"workflow_type": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Type of the workflow. `APPFLOW_INTEGRATION` is the only one today.",
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "How the run stands: `NOT_STARTED`, `IN_PROGRESS`, `COMPLETE`, `FAILED`, `SPLIT`, `RETRY` or `CANCELLED`. " +
					"`COMPLETE`, `FAILED` and `CANCELLED` end it.",
			},
			"error_description": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Error messages of the run. Null where there are none.",
			},
			"start_date": schema.StringAttribute{
				Computed:            true,
				CustomType:          timetypes.RFC3339Type{},
				MarkdownDescription: "When the run started, in RFC 3339, UTC, to the millisecond.",
			},
			"last_updated_at": schema.StringAttribute{
				Computed:            true,
				CustomType:          timetypes.RFC3339Type{},
				MarkdownDescription: "When the run was last updated, in RFC 3339, UTC, to the millisecond.",
			},
			"attributes": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "What the workflow runs on.",
				Attributes: map[string]schema.Attribute{
					"appflow_integration": schema.SingleNestedAttribute{
						Computed:            true,
						MarkdownDescription: "The Amazon AppFlow integration that brings the data.",
						Attributes: map[string]schema.Attribute{
							"source_connector_type": schema.StringAttribute{
								Computed:            true,
								MarkdownDescription: "Where the data comes from: `Salesforce`, `Marketo`, `Zendesk`, `Servicenow` or `S3`.",
							},
							"connector_profile_name": schema.StringAttribute{
								Computed:            true,
								MarkdownDescription: "Name of the AppFlow connector profile that signs in to the source.",
							},
							"role_arn": schema.StringAttribute{
								Computed:            true,
								MarkdownDescription: "ARN of the IAM role that Customer Profiles assumes to create resources on the account's behalf.",
							},
						},
					},
				},
			},
			"metrics": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "How far the run has come.",
				Attributes: map[string]schema.Attribute{
					"appflow_integration": schema.SingleNestedAttribute{
						Computed:            true,
						MarkdownDescription: "Figures of the Amazon AppFlow integration.",
						Attributes: map[string]schema.Attribute{
							"records_processed": schema.Int64Attribute{
								Computed:            true,
								MarkdownDescription: "Number of records processed.",
							},
							"steps_completed": schema.Int64Attribute{
								Computed:            true,
								MarkdownDescription: "Number of steps completed.",
							},
							"total_steps": schema.Int64Attribute{
								Computed:            true,
								MarkdownDescription: "Number of steps in all.",
							},
						},
					},
				},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": common.Timeouts(ctx, defaultTimeout),
		},
	}
}
