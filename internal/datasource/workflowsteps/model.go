// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflowsteps

import (
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// model is the data source as Terraform sees it: the arguments, then the
// members of the API's GetWorkflowSteps.
type model struct {
	common.Arguments

	WorkflowID   types.String `tfsdk:"workflow_id"`
	WorkflowType types.String `tfsdk:"workflow_type"`
	Items        []item       `tfsdk:"items"`
}

type item struct {
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

// fromAPI fills everything that the API returns from its answer. What the
// answer does not hold is null.
func (m *model) fromAPI(out *customerprofiles.GetWorkflowStepsOutput) diag.Diagnostics {
	var diags diag.Diagnostics
	m.WorkflowType = common.Enum(out.WorkflowType)
	m.Items = make([]item, len(out.Items))
	for i := range out.Items {
		m.Items[i].AppflowIntegration = stepFromAPI(out.Items[i].AppflowIntegration, &diags)
	}
	return diags
}

func stepFromAPI(in *awstypes.AppflowIntegrationWorkflowStep, diags *diag.Diagnostics) *appflowStep {
	if in == nil {
		return nil
	}
	return &appflowStep{
		FlowName:              types.StringPointerValue(in.FlowName),
		Status:                common.Enum(in.Status),
		ExecutionMessage:      types.StringPointerValue(in.ExecutionMessage),
		RecordsProcessed:      types.Int64Value(in.RecordsProcessed),
		BatchRecordsStartTime: types.StringPointerValue(in.BatchRecordsStartTime),
		BatchRecordsEndTime:   types.StringPointerValue(in.BatchRecordsEndTime),
		CreatedAt:             common.Timestamp(in.CreatedAt, diags),
		LastUpdatedAt:         common.Timestamp(in.LastUpdatedAt, diags),
	}
}
