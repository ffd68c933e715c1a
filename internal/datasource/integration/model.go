// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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
func (m *model) FromAPI(ctx context.Context, out *customerprofiles.GetIntegrationOutput) diag.Diagnostics {
	var diags diag.Diagnostics
	m.members = membersFromAPI(ctx, &awstypes.ListIntegrationItem{
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

// FromAPI sets the items. Absent members are null.
func (m *listModel) FromAPI(ctx context.Context, items []awstypes.ListIntegrationItem) diag.Diagnostics {
	var diags diag.Diagnostics
	m.Items = make([]listItem, len(items))
	for i := range items {
		m.Items[i] = listItem{
			DomainName: types.StringPointerValue(items[i].DomainName),
			URI:        types.StringPointerValue(items[i].Uri),
			members:    membersFromAPI(ctx, &items[i], &diags),
		}
	}
	return diags
}

func membersFromAPI(ctx context.Context, in *awstypes.ListIntegrationItem, diags *diag.Diagnostics) members {
	tags, d := types.MapValueFrom(ctx, types.StringType, nullableMap(in.Tags))
	diags.Append(d...)
	objectTypeNames, d := types.MapValueFrom(ctx, types.StringType, nullableMap(in.ObjectTypeNames))
	diags.Append(d...)
	eventTriggerNames, d := types.ListValueFrom(ctx, types.StringType, nullableList(in.EventTriggerNames))
	diags.Append(d...)
	return members{
		ObjectTypeName:    types.StringPointerValue(in.ObjectTypeName),
		CreatedAt:         framework.Timestamp(in.CreatedAt, diags),
		LastUpdatedAt:     framework.Timestamp(in.LastUpdatedAt, diags),
		Tags:              tags,
		ObjectTypeNames:   objectTypeNames,
		WorkflowID:        types.StringPointerValue(in.WorkflowId),
		IsUnstructured:    types.BoolPointerValue(in.IsUnstructured),
		RoleArn:           types.StringPointerValue(in.RoleArn),
		EventTriggerNames: eventTriggerNames,
		Scope:             framework.Enum(in.Scope),
	}
}

// nullableMap returns a map whose null elements are nil.
func nullableMap(values map[string]string) map[string]*string {
	if values == nil {
		return nil
	}
	nullable := make(map[string]*string, len(values))
	for key, value := range values {
		nullable[key] = nullableString(value)
	}
	return nullable
}

// nullableList returns a list whose null elements are nil.
func nullableList(values []string) []*string {
	if values == nil {
		return nil
	}
	nullable := make([]*string, len(values))
	for i, value := range values {
		nullable[i] = nullableString(value)
	}
	return nullable
}

func nullableString(value string) *string {
	if value == conns.NullElement {
		return nil
	}
	return &value
}
