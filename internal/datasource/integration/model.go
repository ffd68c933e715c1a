// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

// model is the data source customerprofiles_integration: its arguments, then the
// members of the API's GetIntegrationResponse.
type model struct {
	framework.Arguments
	DomainName types.String `tfsdk:"domain_name"`
	URI        types.String `tfsdk:"uri"`

	members
}

// listModel is the data source customerprofiles_integrations: its arguments,
// then the members of the API's ListIntegrationsResponse.
type listModel struct {
	framework.Arguments
	DomainName    types.String `tfsdk:"domain_name"`
	IncludeHidden types.Bool   `tfsdk:"include_hidden"`

	Items []listItem `tfsdk:"items"`
}

type listItem struct {
	DomainName types.String `tfsdk:"domain_name"`
	URI        types.String `tfsdk:"uri"`

	members
}

// members are the members of an integration that both data sources read.
type members struct {
	ObjectTypeName    types.String      `tfsdk:"object_type_name"`
	CreatedAt         timetypes.RFC3339 `tfsdk:"created_at"`
	LastUpdatedAt     timetypes.RFC3339 `tfsdk:"last_updated_at"`
	Tags              types.Map         `tfsdk:"tags"`
	ObjectTypeNames   types.Map         `tfsdk:"object_type_names"`
	WorkflowID        types.String      `tfsdk:"workflow_id"`
	IsUnstructured    types.Bool        `tfsdk:"is_unstructured"`
	RoleArn           types.String      `tfsdk:"role_arn"`
	EventTriggerNames types.List        `tfsdk:"event_trigger_names"`
	Scope             types.String      `tfsdk:"scope"`
}

// FromAPI sets the members of the response. Absent members are null.
func (m *model) FromAPI(out *customerprofiles.GetIntegrationOutput) {
	m.members = membersFromAPI(&awstypes.ListIntegrationItem{
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
	})
}

// FromAPI sets the items. Absent members are null.
func (m *listModel) FromAPI(items []awstypes.ListIntegrationItem) {
	m.Items = make([]listItem, len(items))
	for i := range items {
		m.Items[i] = listItem{
			DomainName: types.StringPointerValue(items[i].DomainName),
			URI:        types.StringPointerValue(items[i].Uri),
			members:    membersFromAPI(&items[i]),
		}
	}
}

func membersFromAPI(in *awstypes.ListIntegrationItem) members {
	return members{
		ObjectTypeName:    types.StringPointerValue(in.ObjectTypeName),
		CreatedAt:         framework.Timestamp(in.CreatedAt),
		LastUpdatedAt:     framework.Timestamp(in.LastUpdatedAt),
		Tags:              mapFromAPI(in.Tags),
		ObjectTypeNames:   mapFromAPI(in.ObjectTypeNames),
		WorkflowID:        types.StringPointerValue(in.WorkflowId),
		IsUnstructured:    types.BoolPointerValue(in.IsUnstructured),
		RoleArn:           types.StringPointerValue(in.RoleArn),
		EventTriggerNames: listFromAPI(in.EventTriggerNames),
		Scope:             framework.Enum(in.Scope),
	}
}

func mapFromAPI(values map[string]string) types.Map {
	if values == nil {
		return types.MapNull(types.StringType)
	}
	elements := make(map[string]attr.Value, len(values))
	for key, value := range values {
		elements[key] = elementFromAPI(value)
	}
	return types.MapValueMust(types.StringType, elements) // It panics only if an element isn't a string.
}

func listFromAPI(values []string) types.List {
	if values == nil {
		return types.ListNull(types.StringType)
	}
	elements := make([]attr.Value, len(values))
	for i, value := range values {
		elements[i] = elementFromAPI(value)
	}
	return types.ListValueMust(types.StringType, elements) // It panics only if an element isn't a string.
}

func elementFromAPI(value string) types.String {
	if value == conns.NullElement {
		return types.StringNull()
	}
	return types.StringValue(value)
}
