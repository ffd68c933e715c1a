// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// model is the data source as Terraform sees it: the arguments, then the
// members of the API's GetWorkflowResponse.
type model struct {
	common.Arguments
	WaitFor *waitFor `tfsdk:"wait_for"`

	WorkflowID       types.String      `tfsdk:"workflow_id"`
	WorkflowType     types.String      `tfsdk:"workflow_type"`
	Status           types.String      `tfsdk:"status"`
	ErrorDescription types.String      `tfsdk:"error_description"`
	StartDate        timetypes.RFC3339 `tfsdk:"start_date"`
	LastUpdatedAt    timetypes.RFC3339 `tfsdk:"last_updated_at"`
	Attributes       *attributes       `tfsdk:"attributes"`
	Metrics          *metrics          `tfsdk:"metrics"`
}

// waitFor is the argument wait_for, nil where it is not there.
type waitFor struct {
	Statuses types.Set            `tfsdk:"statuses"`
	Interval timetypes.GoDuration `tfsdk:"interval"`
}

type attributes struct {
	AppflowIntegration *appflowAttributes `tfsdk:"appflow_integration"`
}

type appflowAttributes struct {
	SourceConnectorType  types.String `tfsdk:"source_connector_type"`
	ConnectorProfileName types.String `tfsdk:"connector_profile_name"`
	RoleArn              types.String `tfsdk:"role_arn"`
}

type metrics struct {
	AppflowIntegration *appflowMetrics `tfsdk:"appflow_integration"`
}

type appflowMetrics struct {
	RecordsProcessed types.Int64 `tfsdk:"records_processed"`
	StepsCompleted   types.Int64 `tfsdk:"steps_completed"`
	TotalSteps       types.Int64 `tfsdk:"total_steps"`
}

// fromAPI fills everything that the API returns from its answer. What the
// answer does not hold is null.
func (m *model) fromAPI(out *customerprofiles.GetWorkflowOutput) diag.Diagnostics {
	var diags diag.Diagnostics
	m.WorkflowID = types.StringPointerValue(out.WorkflowId)
	m.WorkflowType = common.Enum(out.WorkflowType)
	m.Status = common.Enum(out.Status)
	m.ErrorDescription = types.StringPointerValue(out.ErrorDescription)
	m.StartDate = common.Timestamp(out.StartDate, &diags)
	m.LastUpdatedAt = common.Timestamp(out.LastUpdatedAt, &diags)
	m.Attributes = attributesFromAPI(out.Attributes)
	m.Metrics = metricsFromAPI(out.Metrics)
	return diags
}

func attributesFromAPI(in *awstypes.WorkflowAttributes) *attributes {
	if in == nil {
		return nil
	}
	if in.AppflowIntegration == nil {
		return &attributes{}
	}
	return &attributes{AppflowIntegration: &appflowAttributes{
		SourceConnectorType:  common.Enum(in.AppflowIntegration.SourceConnectorType),
		ConnectorProfileName: types.StringPointerValue(in.AppflowIntegration.ConnectorProfileName),
		RoleArn:              types.StringPointerValue(in.AppflowIntegration.RoleArn),
	}}
}

func metricsFromAPI(in *awstypes.WorkflowMetrics) *metrics {
	if in == nil {
		return nil
	}
	if in.AppflowIntegration == nil {
		return &metrics{}
	}
	return &metrics{AppflowIntegration: &appflowMetrics{
		RecordsProcessed: types.Int64Value(in.AppflowIntegration.RecordsProcessed),
		StepsCompleted:   types.Int64Value(in.AppflowIntegration.StepsCompleted),
		TotalSteps:       types.Int64Value(in.AppflowIntegration.TotalSteps),
	}}
}
