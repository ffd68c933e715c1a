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
	RoleArn    *string
	Count      int64
	unexported bool
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

// matching returns the attributes that match output.
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
	_ = nested{}.unexported

	for name, tc := range map[string]struct {
		change func(map[string]attr.Type)
		want   []string
	}{
		"no difference": {
			change: func(map[string]attr.Type) {},
		},
		"exception in a nested object": {
			change: func(a map[string]attr.Type) {
				a["nested"] = types.ObjectType{AttrTypes: map[string]attr.Type{
					"role_arn": types.StringType, "count": types.Int64Type, "next_token": types.StringType,
				}}
			},
			want: []string{"nested.next_token: missing in the SDK"},
		},
		"member missing in the schema": {
			change: func(a map[string]attr.Type) { delete(a, "status") },
			want:   []string{"status: missing in the schema"},
		},
		"attribute missing in the SDK": {
			change: func(a map[string]attr.Type) { a["made_up"] = types.StringType },
			want:   []string{"made_up: missing in the SDK"},
		},
		"string instead of timestamp": {
			change: func(a map[string]attr.Type) { a["start_date"] = types.StringType },
			want:   []string{"start_date: time.Time in the SDK, basetypes.StringType in the schema"},
		},
		"nested member missing in the schema": {
			change: func(a map[string]attr.Type) {
				a["nested"] = types.ObjectType{AttrTypes: map[string]attr.Type{"role_arn": types.StringType}}
			},
			want: []string{"nested.count: missing in the schema"},
		},
		"different type in list items": {
			change: func(a map[string]attr.Type) {
				a["items"] = types.ListType{ElemType: types.ObjectType{
					AttrTypes: map[string]attr.Type{"role_arn": types.StringType, "count": types.StringType},
				}}
			},
			want: []string{"items[].count: int64 in the SDK, basetypes.StringType in the schema"},
		},
		"string instead of object": {
			change: func(a map[string]attr.Type) { a["nested"] = types.StringType },
			want:   []string{"nested: contract.nested in the SDK, basetypes.StringType in the schema"},
		},
		"set instead of list": {
			change: func(a map[string]attr.Type) { a["names"] = types.SetType{ElemType: types.StringType} },
			want:   []string{"names: []string in the SDK, types.SetType[basetypes.StringType] in the schema"},
		},
		"different element type in a map": {
			change: func(a map[string]attr.Type) { a["tags"] = types.MapType{ElemType: types.BoolType} },
			want:   []string{"tags{}: string in the SDK, basetypes.BoolType in the schema"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			attributes := matching()
			tc.change(attributes)
			got := differences(reflect.TypeFor[output](), attributes, "domain_name", "next_token")
			if !slices.Equal(got, tc.want) {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}
