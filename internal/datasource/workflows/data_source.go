// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package workflows is the data source customerprofiles_workflows: the workflows
// of a domain, as the API's ListWorkflows tells them.
package workflows

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
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
	resp.TypeName = req.ProviderTypeName + "_workflows"
}

// Schema describes the arguments and what is read back.
func (*dataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = newSchema(ctx)
}

// Read stores all workflows that the API has and that the filters let through.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	d.ReadInto(ctx, req, resp, &model{})
}

// Asked names the operation. It asks for nothing but what the domain has.
func (*model) Asked() (operation, subject string) {
	return "ListWorkflows", ""
}

// Ask asks for all pages.
func (m *model) Ask(ctx context.Context, client *conns.Client) (diag.Diagnostics, error) {
	var all customerprofiles.ListWorkflowsOutput
	var diags diag.Diagnostics
	input := customerprofiles.ListWorkflowsInput{
		DomainName:     m.DomainName.ValueStringPointer(),
		MaxResults:     aws.Int32(common.PageSize),
		QueryEndDate:   date(m.QueryEndDate, &diags),
		QueryStartDate: date(m.QueryStartDate, &diags),
		Status:         awstypes.Status(m.Status.ValueString()),
		WorkflowType:   awstypes.WorkflowType(m.WorkflowType.ValueString()),
	}
	if diags.HasError() {
		return diags, nil
	}
	err := common.EachPage(func(token *string) (*string, middleware.Metadata, error) {
		input.NextToken = token
		page, err := client.ListWorkflows(ctx, &input)
		if err != nil {
			return nil, middleware.Metadata{}, err
		}
		all.Items = append(all.Items, page.Items...)
		return page.NextToken, page.ResultMetadata, nil
	})
	if err != nil {
		return nil, err
	}
	return m.fromAPI(&all), nil
}

// date is nil where the argument is not set.
func date(value timetypes.RFC3339, diags *diag.Diagnostics) *time.Time {
	if value.IsNull() {
		return nil
	}
	t, d := value.ValueRFC3339Time()
	diags.Append(d...)
	return &t
}
