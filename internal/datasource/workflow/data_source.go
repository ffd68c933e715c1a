// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

// NewDataSource returns the data source customerprofiles_workflow.
func NewDataSource() datasource.DataSource { return &dataSource{} }

type dataSource struct {
	framework.DataSource
}

// Metadata sets the name of the data source.
func (*dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_workflow"
}

// Schema mirrors the API's GetWorkflowResponse; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetWorkflow.html.
func (*dataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Use this data source to read the status of an Amazon Connect Customer Profiles workflow, " +
			"and optionally to wait for it to finish." + framework.Permissions(conns.GetWorkflow, "") +
			" With `wait_for`, also grant `profile:GetWorkflowSteps`, so that the error for a failed run describes the " +
			"failed steps.",
		Attributes: map[string]schema.Attribute{
			"domain_name": framework.DomainNameArgument(),
			"region":      framework.RegionArgument(),
			"workflow_id": workflowIDArgument(),
			"wait_for": waitForArgument("Waits until the workflow reaches one of `statuses`, then stores that response. " +
				"If the run ends with another terminal status, the read fails immediately. " + assumedTerminal +
				"If omitted, the workflow is read once."),
			"workflow_type": workflowTypeAttribute(),
			"status":        statusAttribute("workflow"),
			"error_description": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Error messages of the run. Null if there are none.",
			},
			"start_date":      framework.TimeAttribute("When the run started"),
			"last_updated_at": framework.TimeAttribute("When the run was last updated"),
			"attributes": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "Attributes of the workflow.",
				Attributes: map[string]schema.Attribute{
					"appflow_integration": appflowAttributesSchema(),
				},
			},
			"metrics": schema.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: "Progress of the run.",
				Attributes: map[string]schema.Attribute{
					"appflow_integration": appflowMetricsSchema(),
				},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": framework.TimeoutsBlock(ctx, waitTimeouts),
		},
	}
}

func appflowAttributesSchema() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "Amazon AppFlow integration that imports the data.",
		Attributes: map[string]schema.Attribute{
			"source_connector_type": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Source of the data, such as `Salesforce`, `Marketo`, or `Servicenow`.",
			},
			"connector_profile_name": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Name of the AppFlow connector profile that is used to connect to the source.",
			},
			"role_arn": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "ARN of the IAM role that Customer Profiles assumes to create resources on your " +
					"behalf.",
			},
		},
	}
}

func appflowMetricsSchema() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "Metrics of the Amazon AppFlow integration.",
		Attributes: map[string]schema.Attribute{
			"records_processed": schema.Int64Attribute{
				Computed:            true,
				MarkdownDescription: "Number of processed records. 0 if the response doesn't contain it.",
			},
			"steps_completed": schema.Int64Attribute{
				Computed:            true,
				MarkdownDescription: "Number of completed steps. 0 if the response doesn't contain it.",
			},
			"total_steps": schema.Int64Attribute{
				Computed:            true,
				MarkdownDescription: "Total number of steps. 0 if the response doesn't contain it.",
			},
		},
	}
}

// Read reads the workflow, or waits for it.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data model
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	client, timeout, diags := d.Begin(ctx, &data.Arguments, data.WaitFor.defaultTimeout())
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	input := &customerprofiles.GetWorkflowInput{
		DomainName: data.DomainName.ValueStringPointer(),
		WorkflowId: data.WorkflowID.ValueStringPointer(),
	}
	var out *customerprofiles.GetWorkflowOutput
	var err error
	if data.WaitFor == nil {
		out, err = client.GetWorkflow(ctx, input)
	} else {
		out, err = waitForWorkflow(ctx, client, input, data.WaitFor)
	}
	if err != nil {
		resp.Diagnostics.Append(diagnostics.FromError(ctx, err, diagnostics.Request{
			Subject:    fmt.Sprintf("workflow %q", data.WorkflowID.ValueString()),
			DomainName: data.DomainName.ValueString(),
			Kind:       "workflow",
			Key:        "workflow ID",
			Timeout:    timeout,
		}))
		return
	}
	data.FromAPI(out)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
