// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"maps"

	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Integration is what the API says of an integration beside its domain and its
// URI, which are arguments where one is asked for. The models of one and of many
// embed it.
type Integration struct {
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

// IntegrationFromAPI fills everything that the API returns. What it does not
// hold is null.
func IntegrationFromAPI(in *awstypes.ListIntegrationItem, diags *diag.Diagnostics) Integration {
	return Integration{
		ObjectTypeName:    types.StringPointerValue(in.ObjectTypeName),
		CreatedAt:         Timestamp(in.CreatedAt, diags),
		LastUpdatedAt:     Timestamp(in.LastUpdatedAt, diags),
		Tags:              StringMap(in.Tags, diags),
		ObjectTypeNames:   StringMap(in.ObjectTypeNames, diags),
		WorkflowID:        types.StringPointerValue(in.WorkflowId),
		IsUnstructured:    types.BoolPointerValue(in.IsUnstructured),
		RoleArn:           types.StringPointerValue(in.RoleArn),
		EventTriggerNames: StringList(in.EventTriggerNames, diags),
		Scope:             Enum(in.Scope),
	}
}

// IntegrationSchema has the attributes of [Integration], and the more that are
// beside them.
func IntegrationSchema(more map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"object_type_name": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Name of the profile object type that the data becomes.",
		},
		"created_at":      Time("When the integration was created"),
		"last_updated_at": Time("When the integration was last updated"),
		"tags": schema.MapAttribute{
			Computed:            true,
			ElementType:         types.StringType,
			MarkdownDescription: "Tags of the integration, by their key.",
		},
		"object_type_names": schema.MapAttribute{
			Computed:    true,
			ElementType: types.StringType,
			MarkdownDescription: "Names of the profile object types that events of another application become, " +
				"by the type of the event, such as `SegmentIdentify` or `ShopifyCreateCustomers`.",
		},
		"workflow_id": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "ID of the integration's workflow, which `customerprofiles_workflow` and `customerprofiles_workflow_steps` take. " +
				"Null where it has none.",
		},
		"is_unstructured": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether the integration brings unstructured data.",
		},
		"role_arn": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "ARN of the IAM role that the integration uses to call Customer Profiles on the account's behalf.",
		},
		"event_trigger_names": schema.ListAttribute{
			Computed:            true,
			ElementType:         types.StringType,
			MarkdownDescription: "Names of the integration's active event triggers.",
		},
		"scope": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "What the data belongs to: `PROFILE` for data of single profiles, " +
				"`DOMAIN` for data of the whole domain.",
		},
	}
	maps.Copy(attributes, more)
	return attributes
}
