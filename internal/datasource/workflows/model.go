// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflows

import (
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// model is the data source as Terraform sees it: the arguments, then the
// members of the API's ListWorkflows.
type model struct {
	common.Arguments
	WorkflowType   types.String      `tfsdk:"workflow_type"`
	Status         types.String      `tfsdk:"status"`
	QueryStartDate timetypes.RFC3339 `tfsdk:"query_start_date"`
	QueryEndDate   timetypes.RFC3339 `tfsdk:"query_end_date"`

	Items []item `tfsdk:"items"`
}

type item struct {
	WorkflowType      types.String      `tfsdk:"workflow_type"`
	WorkflowID        types.String      `tfsdk:"workflow_id"`
	Status            types.String      `tfsdk:"status"`
	StatusDescription types.String      `tfsdk:"status_description"`
	CreatedAt         timetypes.RFC3339 `tfsdk:"created_at"`
	LastUpdatedAt     timetypes.RFC3339 `tfsdk:"last_updated_at"`
}

// fromAPI fills everything that the API returns from its answer. What the
// answer does not hold is null.
func (m *model) fromAPI(out *customerprofiles.ListWorkflowsOutput) diag.Diagnostics {
	var diags diag.Diagnostics
	m.Items = make([]item, len(out.Items))
	for i := range out.Items {
		in := &out.Items[i]
		m.Items[i] = item{
			WorkflowType:      common.Enum(in.WorkflowType),
			WorkflowID:        types.StringPointerValue(in.WorkflowId),
			Status:            common.Enum(in.Status),
			StatusDescription: types.StringPointerValue(in.StatusDescription),
			CreatedAt:         common.Timestamp(in.CreatedAt, &diags),
			LastUpdatedAt:     common.Timestamp(in.LastUpdatedAt, &diags),
		}
	}
	return diags
}
