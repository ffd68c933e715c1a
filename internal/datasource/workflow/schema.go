// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"strings"
	"time"

	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// newSchema mirrors the API's GetWorkflowResponse; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetWorkflow.html.
func newSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "One workflow of a Customer Profiles domain: how an ingestion of customer data stands. " +
			"With `wait_for`, the read waits until it has come to a status.",
		Attributes: map[string]schema.Attribute{
			"domain_name":   common.DomainName(),
			"region":        common.Region(),
			"workflow_id":   common.WorkflowID(),
			"wait_for":      waitForSchema(),
			"workflow_type": common.WorkflowType(),
			"status":        common.Status("How the run stands"),
			"error_description": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Error messages of the run. Null where there are none.",
			},
			"start_date":      common.Time("When the run started"),
			"last_updated_at": common.Time("When the run was last updated"),
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
			"timeouts": common.Timeouts(ctx, ", `30m` with `wait_for`"),
		},
	}
}

func waitForSchema() schema.SingleNestedAttribute {
	statuses := common.Strings(awstypes.Status("").Values())
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Has the read wait until the workflow has one of the statuses; what is read back is the answer that had it. " +
			"A run that ends with another status (`COMPLETE`, `FAILED` or `CANCELLED`) fails the read at once. One read where it is not set.",
		Attributes: map[string]schema.Attribute{
			"statuses": schema.SetAttribute{
				Optional:            true,
				ElementType:         types.StringType,
				MarkdownDescription: "Statuses to wait for, one at least: `" + strings.Join(statuses, "`, `") + "`. `[\"COMPLETE\"]` where it is not set.",
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					setvalidator.NoNullValues(),
					setvalidator.ValueStringsAre(stringvalidator.OneOf(statuses...)),
				},
			},
			"interval": schema.StringAttribute{
				Optional:   true,
				CustomType: timetypes.GoDurationType{},
				MarkdownDescription: "How long to pause between two reads, as a duration such as `15s` or `1m`, `1s` at least. " +
					"`10s` where it is not set. Each pause is up to a tenth shorter or longer.",
				Validators: []validator.String{common.DurationAtLeast(time.Second)},
			},
		},
	}
}
