// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package contract

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type status string

type nested struct {
	RoleArn *string
	Count   int64
	unseen  bool
}

type output struct {
	WorkflowId     *string
	Status         status
	StartDate      *time.Time
	Nested         *nested
	Items          []nested
	Tags           map[string]string
	Names          []string
	IsUnstructured *bool
	NextToken      *string
	ResultMetadata middleware.Metadata
}

func matching() map[string]attr.Type {
	object := types.ObjectType{AttrTypes: map[string]attr.Type{"role_arn": types.StringType, "count": types.Int64Type}}
	return map[string]attr.Type{
		"workflow_id":     types.StringType,
		"status":          types.StringType,
		"start_date":      timetypes.RFC3339Type{},
		"nested":          object,
		"items":           types.ListType{ElemType: object},
		"tags":            types.MapType{ElemType: types.StringType},
		"names":           types.ListType{ElemType: types.StringType},
		"is_unstructured": types.BoolType,
		"domain_name":     types.StringType,
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	_ = nested{}.unseen

	for name, test := range map[string]struct {
		change func(map[string]attr.Type)
		want   []string
	}{
		"the same": {
			func(map[string]attr.Type) {},
			nil,
		},
		"an exception below the top": {
			func(a map[string]attr.Type) {
				a["nested"] = types.ObjectType{AttrTypes: map[string]attr.Type{
					"role_arn": types.StringType, "count": types.Int64Type, "next_token": types.StringType,
				}}
			},
			[]string{"nested.next_token: the schema has it, the SDK has not"},
		},
		"a member that the schema lacks": {
			func(a map[string]attr.Type) { delete(a, "status") },
			[]string{"status: the SDK has it, the schema has not"},
		},
		"an attribute that the SDK lacks": {
			func(a map[string]attr.Type) { a["made_up"] = types.StringType },
			[]string{"made_up: the schema has it, the SDK has not"},
		},
		"another name": {
			func(a map[string]attr.Type) { a["workflow"] = a["workflow_id"]; delete(a, "workflow_id") },
			[]string{"workflow: the schema has it, the SDK has not", "workflow_id: the SDK has it, the schema has not"},
		},
		"a string for a timestamp": {
			func(a map[string]attr.Type) { a["start_date"] = types.StringType },
			[]string{"start_date: the SDK has time.Time, the schema basetypes.StringType"},
		},
		"a nested member that the schema lacks": {
			func(a map[string]attr.Type) {
				a["nested"] = types.ObjectType{AttrTypes: map[string]attr.Type{"role_arn": types.StringType}}
			},
			[]string{"nested.count: the SDK has it, the schema has not"},
		},
		"another type in a list's item": {
			func(a map[string]attr.Type) {
				a["items"] = types.ListType{ElemType: types.ObjectType{
					AttrTypes: map[string]attr.Type{"role_arn": types.StringType, "count": types.StringType},
				}}
			},
			[]string{"items[].count: the SDK has int64, the schema basetypes.StringType"},
		},
		"a string for an object": {
			func(a map[string]attr.Type) { a["nested"] = types.StringType },
			[]string{"nested: the SDK has an object, the schema basetypes.StringType"},
		},
		"a set for a list": {
			func(a map[string]attr.Type) { a["names"] = types.SetType{ElemType: types.StringType} },
			[]string{"names: the SDK has a list, the schema types.SetType[basetypes.StringType]"},
		},
		"another element in a map": {
			func(a map[string]attr.Type) { a["tags"] = types.MapType{ElemType: types.BoolType} },
			[]string{"tags{}: the SDK has string, the schema basetypes.BoolType"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			attributes := matching()
			test.change(attributes)
			got := Differences(reflect.TypeFor[output](), attributes, "domain_name", "next_token")
			if !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestSnakeCase(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"WorkflowId": "workflow_id", "RoleArn": "role_arn", "Status": "status", "IsUnstructured": "is_unstructured",
	} {
		if got := SnakeCase(in); got != want {
			t.Errorf("SnakeCase(%q) = %q, want %q", in, got, want)
		}
	}
}
