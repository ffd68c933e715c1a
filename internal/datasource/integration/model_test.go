// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/contract"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

func TestContract(t *testing.T) {
	t.Parallel()
	contract.Check[customerprofiles.GetIntegrationOutput](t, NewDataSource(), "region", "timeouts")
	contract.Check[customerprofiles.ListIntegrationsOutput](t, NewListDataSource(),
		"domain_name", "region", "timeouts", "include_hidden", "next_token")
}

var (
	created = time.Date(2026, 3, 1, 9, 15, 30, 123e6, time.FixedZone("CET", 3600))
	updated = time.Date(2026, 3, 1, 8, 20, 0, 0, time.UTC)

	noMembers = members{
		Tags:              types.MapNull(types.StringType),
		ObjectTypeNames:   types.MapNull(types.StringType),
		EventTriggerNames: types.ListNull(types.StringType),
	}
	allMembers = members{
		ObjectTypeName:    types.StringValue("o"),
		CreatedAt:         timetypes.NewRFC3339ValueMust("2026-03-01T08:15:30.123Z"),
		LastUpdatedAt:     timetypes.NewRFC3339ValueMust("2026-03-01T08:20:00Z"),
		Tags:              types.MapValueMust(types.StringType, map[string]attr.Value{"t": types.StringValue("1")}),
		ObjectTypeNames:   types.MapValueMust(types.StringType, map[string]attr.Value{"n": types.StringValue("2")}),
		WorkflowID:        types.StringValue("w"),
		IsUnstructured:    types.BoolValue(true),
		RoleArn:           types.StringValue("r"),
		EventTriggerNames: types.ListValueMust(types.StringType, []attr.Value{types.StringValue("e")}),
		Scope:             types.StringValue("PROFILE"),
	}
)

func TestModel(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		out  customerprofiles.GetIntegrationOutput
		want members
	}{
		"no members": {want: noMembers},
		"empty values, unknown enum value": {
			out: customerprofiles.GetIntegrationOutput{
				ObjectTypeName:    aws.String(""),
				Tags:              map[string]string{},
				ObjectTypeNames:   map[string]string{},
				IsUnstructured:    aws.Bool(false),
				EventTriggerNames: []string{},
				Scope:             "ACCOUNT",
			},
			want: members{
				ObjectTypeName:    types.StringValue(""),
				Tags:              types.MapValueMust(types.StringType, map[string]attr.Value{}),
				ObjectTypeNames:   types.MapValueMust(types.StringType, map[string]attr.Value{}),
				IsUnstructured:    types.BoolValue(false),
				EventTriggerNames: types.ListValueMust(types.StringType, []attr.Value{}),
				Scope:             types.StringValue("ACCOUNT"),
			},
		},
		"null elements": {
			out: customerprofiles.GetIntegrationOutput{
				Tags:              map[string]string{"a": conns.NullElement, "b": ""},
				ObjectTypeNames:   map[string]string{"c": conns.NullElement},
				EventTriggerNames: []string{conns.NullElement, ""},
			},
			want: members{
				Tags: types.MapValueMust(types.StringType, map[string]attr.Value{
					"a": types.StringNull(), "b": types.StringValue(""),
				}),
				ObjectTypeNames: types.MapValueMust(types.StringType, map[string]attr.Value{"c": types.StringNull()}),
				EventTriggerNames: types.ListValueMust(types.StringType, []attr.Value{
					types.StringNull(), types.StringValue(""),
				}),
			},
		},
		"all members": {
			out: customerprofiles.GetIntegrationOutput{
				DomainName:        aws.String("d"),
				Uri:               aws.String("u"),
				ObjectTypeName:    aws.String("o"),
				CreatedAt:         &created,
				LastUpdatedAt:     &updated,
				Tags:              map[string]string{"t": "1"},
				ObjectTypeNames:   map[string]string{"n": "2"},
				WorkflowId:        aws.String("w"),
				IsUnstructured:    aws.Bool(true),
				RoleArn:           aws.String("r"),
				EventTriggerNames: []string{"e"},
				Scope:             awstypes.ScopeProfile,
			},
			want: allMembers,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got model
			got.FromAPI(&tc.out)
			if want := (model{members: tc.want}); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestListModel(t *testing.T) {
	t.Parallel()
	var got listModel
	got.FromAPI(nil)
	if got.Items == nil {
		t.Error("items of an empty list: got nil, want an empty slice")
	}
	got.FromAPI([]awstypes.ListIntegrationItem{
		{},
		{
			DomainName:        aws.String("d"),
			Uri:               aws.String("u"),
			ObjectTypeName:    aws.String("o"),
			CreatedAt:         &created,
			LastUpdatedAt:     &updated,
			Tags:              map[string]string{"t": "1"},
			ObjectTypeNames:   map[string]string{"n": "2"},
			WorkflowId:        aws.String("w"),
			IsUnstructured:    aws.Bool(true),
			RoleArn:           aws.String("r"),
			EventTriggerNames: []string{"e"},
			Scope:             awstypes.ScopeProfile,
		},
	})
	want := listModel{Items: []listItem{
		{members: noMembers},
		{DomainName: types.StringValue("d"), URI: types.StringValue("u"), members: allMembers},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
