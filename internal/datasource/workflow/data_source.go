// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package workflow is the data source customerprofiles_workflow: one workflow
// of a domain, as the API's GetWorkflow tells it, at once or when it has come to
// a status that is waited for.
package workflow

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
	resp.TypeName = req.ProviderTypeName + "_workflow"
}

// Schema describes the arguments and what is read back.
func (*dataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = newSchema(ctx)
}

// Read stores the workflow as the API has it, or as it is when the wait is over.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	d.ReadInto(ctx, req, resp, &model{})
}

// Asked names the operation and the workflow.
func (m *model) Asked() (operation, subject string) {
	return "GetWorkflow", fmt.Sprintf("workflow %q", m.WorkflowID.ValueString())
}

// Ask asks for the workflow once, or again and again where it is waited for.
func (m *model) Ask(ctx context.Context, client *conns.Client) (diag.Diagnostics, error) {
	if m.WaitFor != nil {
		return m.wait(ctx, client)
	}
	out, err := m.get(ctx, client)
	if err != nil {
		return nil, err
	}
	return m.fromAPI(out), nil
}

// get returns the answer for the workflow that is asked for.
func (m *model) get(ctx context.Context, client *conns.Client) (*customerprofiles.GetWorkflowOutput, error) {
	return client.GetWorkflow(ctx, &customerprofiles.GetWorkflowInput{
		DomainName: m.DomainName.ValueStringPointer(),
		WorkflowId: m.WorkflowID.ValueStringPointer(),
	})
}
