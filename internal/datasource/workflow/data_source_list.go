// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/objectvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

// NewListDataSource returns the data source customerprofiles_workflows.
func NewListDataSource() datasource.DataSource { return &listDataSource{} }

type listDataSource struct {
	framework.DataSource
}

// Metadata sets the name of the data source.
func (*listDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_workflows"
}

// Schema mirrors the API's ListWorkflowsResponse; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_ListWorkflows.html.
func (*listDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Use this data source to list the workflows of an Amazon Connect Customer Profiles domain, " +
			"optionally by type, status, and date, and optionally to wait for all of them to finish." +
			framework.Permissions(conns.ListWorkflows, " once per 100 workflows") +
			" With `wait_for`, every poll lists the workflows again.",
		Attributes: map[string]schema.Attribute{
			"domain_name": framework.DomainNameArgument(),
			"region":      framework.RegionArgument(),
			"wait_for": waitForArgument("Waits until every listed workflow has reached one of `statuses`, then stores that "+
				"list. This includes workflows that are added to the list during the wait. If a run ends with another "+
				"terminal status, the read fails immediately. To exclude old runs, set `query_start_date`. "+assumedTerminal+
				"An empty list ends the wait. If omitted, the workflows are listed once. Conflicts with `status`.",
				objectvalidator.ConflictsWith(path.MatchRoot("status"))),
			"workflow_type": framework.EnumArgument("Type of the workflows to list.", awstypes.WorkflowType("").Values()),
			"status": framework.EnumArgument("Status of the workflows to list. Conflicts with `wait_for`.",
				awstypes.Status("").Values()),
			"query_start_date": framework.DateArgument(
				"Lists only workflows that started after this date."),
			"query_end_date": framework.DateArgument(
				"Lists only workflows that ended after this date. Like `query_start_date`, this is a lower bound."),
			"items": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "All matching workflows, in the order that the API returns. Empty if there are none.",
				NestedObject: schema.NestedAttributeObject{
					Attributes: map[string]schema.Attribute{
						"workflow_type": workflowTypeAttribute(),
						"workflow_id": schema.StringAttribute{
							Computed: true,
							MarkdownDescription: "ID of the workflow, for use with `customerprofiles_workflow` and " +
								"`customerprofiles_workflow_steps`.",
						},
						"status": statusAttribute("workflow"),
						"status_description": schema.StringAttribute{
							Computed:            true,
							MarkdownDescription: "Description of the status, such as the reason why the run failed.",
						},
						"created_at":      framework.TimeAttribute("When the workflow was created"),
						"last_updated_at": framework.TimeAttribute("When the workflow was last updated"),
					},
				},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": framework.TimeoutsBlock(ctx, waitTimeouts),
		},
	}
}

// Read lists the workflows, or waits for them.
func (d *listDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data listModel
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

	input := &customerprofiles.ListWorkflowsInput{
		DomainName:     data.DomainName.ValueStringPointer(),
		QueryEndDate:   dateFromConfig(data.QueryEndDate, &resp.Diagnostics),
		QueryStartDate: dateFromConfig(data.QueryStartDate, &resp.Diagnostics),
		Status:         awstypes.Status(data.Status.ValueString()),
		WorkflowType:   awstypes.WorkflowType(data.WorkflowType.ValueString()),
	}
	if resp.Diagnostics.HasError() {
		return
	}
	var items []awstypes.ListWorkflowsItem
	var err error
	if data.WaitFor == nil {
		items, err = listWorkflows(ctx, client, input)
	} else {
		items, err = waitForWorkflows(ctx, client, input, data.WaitFor)
	}
	if err != nil {
		resp.Diagnostics.Append(diagnostics.FromError(ctx, err, diagnostics.Request{
			Subject:    "the workflows",
			DomainName: data.DomainName.ValueString(),
			Timeout:    timeout,
		}))
		return
	}
	data.FromAPI(items)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}

// dateFromConfig converts an argument. A null argument is nil.
func dateFromConfig(value timetypes.RFC3339, diags *diag.Diagnostics) *time.Time {
	if value.IsNull() {
		return nil
	}
	date, d := value.ValueRFC3339Time()
	diags.Append(d...)
	return &date
}
