// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"cmp"
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

// NewStepsDataSource returns the data source customerprofiles_workflow_steps.
func NewStepsDataSource() datasource.DataSource { return &stepsDataSource{} }

type stepsDataSource struct {
	framework.DataSource
}

// Metadata sets the name of the data source.
func (*stepsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_workflow_steps"
}

// Schema mirrors the API's GetWorkflowStepsResponse; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetWorkflowSteps.html.
func (*stepsDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Use this data source to list the steps of an Amazon Connect Customer Profiles workflow, " +
			"for example to find out why it failed." +
			framework.Permissions(conns.GetWorkflowSteps, " once per 100 steps"),
		Attributes: map[string]schema.Attribute{
			"domain_name":   framework.DomainNameArgument(),
			"region":        framework.RegionArgument(),
			"workflow_id":   workflowIDArgument(),
			"workflow_type": workflowTypeAttribute(),
			"items": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "All steps, in the order that the API returns. Empty if there are none.",
				NestedObject: schema.NestedAttributeObject{
					Attributes: map[string]schema.Attribute{
						"appflow_integration": schema.SingleNestedAttribute{
							Computed:            true,
							MarkdownDescription: "Step of an Amazon AppFlow integration.",
							Attributes:          appflowStepSchema(),
						},
					},
				},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": framework.TimeoutsBlock(ctx, "Defaults to `5m`."),
		},
	}
}

func appflowStepSchema() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"flow_name": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Name of the AppFlow flow that the step created.",
		},
		"status": statusAttribute("step"),
		"execution_message": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "AppFlow's message about the step, such as the reason why it failed.",
		},
		"records_processed": schema.Int64Attribute{
			Computed:            true,
			MarkdownDescription: "Number of records that the step processed. 0 if the response doesn't contain it.",
		},
		"batch_records_start_time": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Start of the time range of the records in the batch, in the service's format.",
		},
		"batch_records_end_time": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "End of the time range of the records in the batch, in the service's format.",
		},
		"created_at":      framework.TimeAttribute("When the step was created"),
		"last_updated_at": framework.TimeAttribute("When the step was last updated"),
	}
}

// Read lists the steps.
func (d *stepsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data stepsModel
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

	var workflowType awstypes.WorkflowType
	var items []awstypes.WorkflowStepItem
	for page, err := range client.GetWorkflowSteps(ctx, &customerprofiles.GetWorkflowStepsInput{
		DomainName: data.DomainName.ValueStringPointer(),
		WorkflowId: data.WorkflowID.ValueStringPointer(),
	}) {
		if err != nil {
			resp.Diagnostics.Append(diagnostics.FromError(ctx, err, diagnostics.Request{
				Subject:    fmt.Sprintf("the steps of workflow %q", data.WorkflowID.ValueString()),
				DomainName: data.DomainName.ValueString(),
				Kind:       "workflow",
				Key:        "workflow ID",
				Timeout:    timeout,
			}))
			return
		}
		workflowType = cmp.Or(workflowType, page.WorkflowType)
		items = append(items, page.Items...)
	}
	data.FromAPI(workflowType, items)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
