// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// model is the data source as Terraform sees it: the arguments, then the
// members of the API's GetIntegration.
type model struct {
	common.Arguments
	URI types.String `tfsdk:"uri"`

	common.Integration
}

// fromAPI fills everything that the API returns from its answer. What the
// answer does not hold is null.
func (m *model) fromAPI(out *customerprofiles.GetIntegrationOutput) diag.Diagnostics {
	var diags diag.Diagnostics
	m.Integration = common.IntegrationFromAPI(&awstypes.ListIntegrationItem{
		ObjectTypeName:    out.ObjectTypeName,
		CreatedAt:         out.CreatedAt,
		LastUpdatedAt:     out.LastUpdatedAt,
		Tags:              out.Tags,
		ObjectTypeNames:   out.ObjectTypeNames,
		WorkflowId:        out.WorkflowId,
		IsUnstructured:    out.IsUnstructured,
		RoleArn:           out.RoleArn,
		EventTriggerNames: out.EventTriggerNames,
		Scope:             out.Scope,
	}, &diags)
	return diags
}
