// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

// model is the data source customerprofiles_workflow: its arguments, then the
// members of the API's GetWorkflowResponse.
type model struct {
	framework.Arguments
	DomainName types.String `tfsdk:"domain_name"`
	WaitFor    *waitFor     `tfsdk:"wait_for"`

	WorkflowID       types.String      `tfsdk:"workflow_id"`
	WorkflowType     types.String      `tfsdk:"workflow_type"`
	Status           types.String      `tfsdk:"status"`
	ErrorDescription types.String      `tfsdk:"error_description"`
	StartDate        timetypes.RFC3339 `tfsdk:"start_date"`
	LastUpdatedAt    timetypes.RFC3339 `tfsdk:"last_updated_at"`
	Attributes       *attributes       `tfsdk:"attributes"`
	Metrics          *metrics          `tfsdk:"metrics"`
}

// waitFor is the argument wait_for.
type waitFor struct {
	Statuses types.Set    `tfsdk:"statuses"`
	Interval types.String `tfsdk:"interval"`
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

// FromAPI sets the members of the response. Absent members are null.
func (m *model) FromAPI(out *customerprofiles.GetWorkflowOutput) {
	m.WorkflowID = types.StringPointerValue(out.WorkflowId)
	m.WorkflowType = framework.Enum(out.WorkflowType)
	m.Status = framework.Enum(out.Status)
	m.ErrorDescription = types.StringPointerValue(out.ErrorDescription)
	m.StartDate = framework.Timestamp(out.StartDate)
	m.LastUpdatedAt = framework.Timestamp(out.LastUpdatedAt)
	m.Attributes = attributesFromAPI(out.Attributes)
	m.Metrics = metricsFromAPI(out.Metrics)
}

func attributesFromAPI(in *awstypes.WorkflowAttributes) *attributes {
	if in == nil {
		return nil
	}
	if in.AppflowIntegration == nil {
		return &attributes{}
	}
	return &attributes{AppflowIntegration: &appflowAttributes{
		SourceConnectorType:  framework.Enum(in.AppflowIntegration.SourceConnectorType),
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

// listModel is the data source customerprofiles_workflows: its arguments, then
// the members of the API's ListWorkflowsResponse.
type listModel struct {
	framework.Arguments
	DomainName     types.String      `tfsdk:"domain_name"`
	WaitFor        *waitFor          `tfsdk:"wait_for"`
	WorkflowType   types.String      `tfsdk:"workflow_type"`
	Status         types.String      `tfsdk:"status"`
	QueryStartDate timetypes.RFC3339 `tfsdk:"query_start_date"`
	QueryEndDate   timetypes.RFC3339 `tfsdk:"query_end_date"`

	Items []listItem `tfsdk:"items"`
}

type listItem struct {
	WorkflowType      types.String      `tfsdk:"workflow_type"`
	WorkflowID        types.String      `tfsdk:"workflow_id"`
	Status            types.String      `tfsdk:"status"`
	StatusDescription types.String      `tfsdk:"status_description"`
	CreatedAt         timetypes.RFC3339 `tfsdk:"created_at"`
	LastUpdatedAt     timetypes.RFC3339 `tfsdk:"last_updated_at"`
}

// FromAPI sets the items. Absent members are null.
func (m *listModel) FromAPI(items []awstypes.ListWorkflowsItem) {
	m.Items = make([]listItem, len(items))
	for i := range items {
		in := &items[i]
		m.Items[i] = listItem{
			WorkflowType:      framework.Enum(in.WorkflowType),
			WorkflowID:        types.StringPointerValue(in.WorkflowId),
			Status:            framework.Enum(in.Status),
			StatusDescription: types.StringPointerValue(in.StatusDescription),
			CreatedAt:         framework.Timestamp(in.CreatedAt),
			LastUpdatedAt:     framework.Timestamp(in.LastUpdatedAt),
		}
	}
}

// stepsModel is the data source customerprofiles_workflow_steps: its arguments,
// then the members of the API's GetWorkflowStepsResponse.
type stepsModel struct {
	framework.Arguments
	DomainName types.String `tfsdk:"domain_name"`

	WorkflowID   types.String `tfsdk:"workflow_id"`
	WorkflowType types.String `tfsdk:"workflow_type"`
	Items        []stepItem   `tfsdk:"items"`
}

type stepItem struct {
	AppflowIntegration *appflowStep `tfsdk:"appflow_integration"`
}

type appflowStep struct {
	FlowName              types.String      `tfsdk:"flow_name"`
	Status                types.String      `tfsdk:"status"`
	ExecutionMessage      types.String      `tfsdk:"execution_message"`
	RecordsProcessed      types.Int64       `tfsdk:"records_processed"`
	BatchRecordsStartTime types.String      `tfsdk:"batch_records_start_time"`
	BatchRecordsEndTime   types.String      `tfsdk:"batch_records_end_time"`
	CreatedAt             timetypes.RFC3339 `tfsdk:"created_at"`
	LastUpdatedAt         timetypes.RFC3339 `tfsdk:"last_updated_at"`
}

// FromAPI sets the type of the workflow and the items. Absent members are null.
func (m *stepsModel) FromAPI(workflowType awstypes.WorkflowType, items []awstypes.WorkflowStepItem) {
	m.WorkflowType = framework.Enum(workflowType)
	m.Items = make([]stepItem, len(items))
	for i := range items {
		m.Items[i].AppflowIntegration = stepFromAPI(items[i].AppflowIntegration)
	}
}

func stepFromAPI(in *awstypes.AppflowIntegrationWorkflowStep) *appflowStep {
	if in == nil {
		return nil
	}
	return &appflowStep{
		FlowName:              types.StringPointerValue(in.FlowName),
		Status:                framework.Enum(in.Status),
		ExecutionMessage:      types.StringPointerValue(in.ExecutionMessage),
		RecordsProcessed:      types.Int64Value(in.RecordsProcessed),
		BatchRecordsStartTime: types.StringPointerValue(in.BatchRecordsStartTime),
		BatchRecordsEndTime:   types.StringPointerValue(in.BatchRecordsEndTime),
		CreatedAt:             framework.Timestamp(in.CreatedAt),
		LastUpdatedAt:         framework.Timestamp(in.LastUpdatedAt),
	}
}
