// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package workflowsteps is the data source customerprofiles_workflow_steps: the
// steps of a workflow, as the API's GetWorkflowSteps tells them.
package workflowsteps

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// New returns the data source.
func New() datasource.DataSource { return &dataSource{} }

type dataSource struct {
	common.Base
}

// Metadata names the data source.
func (*dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_workflow_steps"
}

// Schema describes the arguments and what is read back.
func (*dataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = newSchema(ctx)
}

// Read stores all steps that the API has.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	d.ReadInto(ctx, req, resp, &model{})
}

// Asked names the operation and the workflow.
func (m *model) Asked() (operation, subject string) {
	return "GetWorkflowSteps", fmt.Sprintf("the steps of workflow %q", m.WorkflowID.ValueString())
}

// Ask asks for all pages.
func (m *model) Ask(ctx context.Context, client *conns.Client) (diag.Diagnostics, error) {
	var all customerprofiles.GetWorkflowStepsOutput
	err := common.EachStepsPage(ctx, client, m.DomainName, m.WorkflowID, func(page *customerprofiles.GetWorkflowStepsOutput) bool {
		all.WorkflowType = page.WorkflowType
		all.Items = append(all.Items, page.Items...)
		return true
	})
	if err != nil {
		return nil, err
	}
	return m.fromAPI(&all), nil
}
