// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package workflow is the data source customerprofiles_workflow: one workflow
// of a domain, as the API's GetWorkflow tells it.
package workflow

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/apierror"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// defaultTimeout is how long a read may take where timeouts.read is not set.
const defaultTimeout = 5 * time.Minute

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

// Read asks for the workflow once and stores the answer.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data model
	resp.Diagnostics.Append(common.GetConfig(ctx, req.Config, &data)...)
	timeout := common.Timeout(ctx, data.Timeouts, defaultTimeout, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	client := d.Client(data.Region, &resp.Diagnostics)
	if client == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	out, err := get(ctx, client, data.DomainName.ValueString(), data.WorkflowID.ValueString())
	if err != nil {
		resp.Diagnostics.Append(apierror.Diagnostic(ctx, apierror.Call{
			Operation:  "GetWorkflow",
			DomainName: data.DomainName.ValueString(),
			Subject:    fmt.Sprintf("workflow %q", data.WorkflowID.ValueString()),
			Region:     client.Region,
			Timeout:    timeout,
		}, err))
		return
	}
	resp.Diagnostics.Append(data.fromAPI(out)...)
	data.Region = types.StringValue(client.Region)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(common.SetState(ctx, &resp.State, &data)...)
}

// get returns the answer for the workflow that was asked for. The SDK takes an
// object without the one member that is always there for a success, too.
func get(ctx context.Context, client *conns.Client, domainName, workflowID string) (*customerprofiles.GetWorkflowOutput, error) {
	out, err := client.GetWorkflow(ctx, &customerprofiles.GetWorkflowInput{
		DomainName: aws.String(domainName),
		WorkflowId: aws.String(workflowID),
	})
	if err != nil {
		return nil, err
	}
	if got := aws.ToString(out.WorkflowId); got != workflowID {
		problem := fmt.Sprintf("it is about workflow %q", got)
		if out.WorkflowId == nil {
			problem = "it names no workflow"
		}
		requestID, _ := awsmiddleware.GetRequestIDMetadata(out.ResultMetadata)
		return nil, &apierror.UnreadableError{Problem: problem, RequestID: requestID}
	}
	return out, nil
}
