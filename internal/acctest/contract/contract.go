// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package contract holds a data source's schema against the type that the SDK
// returns, so that neither gains or loses a member unseen.
package contract

import (
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Check fails a test for each difference between the schema and what the SDK's
// output type Out holds. See [Differences].
func Check[Out any](t testing.TB, s schema.Schema, except ...string) {
	t.Helper()
	object, ok := s.Type().(types.ObjectType)
	if !ok {
		t.Fatalf("the schema's type is %T", s.Type())
	}
	for _, difference := range Differences(reflect.TypeFor[Out](), object.AttrTypes, except...) {
		t.Error(difference)
	}
}

// Differences compares what the SDK's output type holds with the
// attributes that a data source reads back, both ways, by name and by type. It
// returns a line for each difference, in order.
//
// Names are the API's in snake_case, and nesting is the API's nesting. What is in
// except is on one side only: arguments that the API does not return, and
// members that serve the call and not its caller (next_token). Members that the
// SDK adds to every output are passed over.
func Differences(output reflect.Type, attributes map[string]attr.Type, except ...string) []string {
	var found []string
	own := map[string]attr.Type{}
	for name, typ := range attributes {
		if !slices.Contains(except, name) {
			own[name] = typ
		}
	}
	compareStruct("", output, own, except, &found)
	sort.Strings(found)
	return found
}

func compareStruct(prefix string, output reflect.Type, attributes map[string]attr.Type, except []string, found *[]string) {
	members := map[string]bool{}
	for i := range output.NumField() {
		field := output.Field(i)
		if !field.IsExported() || field.Name == "ResultMetadata" {
			continue
		}
		name := SnakeCase(field.Name)
		if slices.Contains(except, name) {
			continue
		}
		members[name] = true
		attribute, ok := attributes[name]
		if !ok {
			*found = append(*found, fmt.Sprintf("%s%s: the SDK has it, the schema has not", prefix, name))
			continue
		}
		compareType(prefix+name, field.Type, attribute, found)
	}
	for name := range attributes {
		if !members[name] {
			*found = append(*found, fmt.Sprintf("%s%s: the schema has it, the SDK has not", prefix, name))
		}
	}
}

func compareType(path string, member reflect.Type, attribute attr.Type, found *[]string) {
	if member.Kind() == reflect.Pointer {
		member = member.Elem()
	}
	if member.Kind() == reflect.Struct && member != reflect.TypeFor[time.Time]() {
		object, ok := attribute.(types.ObjectType)
		if !ok {
			*found = append(*found, fmt.Sprintf("%s: the SDK has an object, the schema %s", path, attribute))
			return
		}
		compareStruct(path+".", member, object.AttrTypes, nil, found)
		return
	}
	switch member.Kind() {
	case reflect.Slice:
		list, ok := attribute.(types.ListType)
		if !ok {
			*found = append(*found, fmt.Sprintf("%s: the SDK has a list, the schema %s", path, attribute))
			return
		}
		compareType(path+"[]", member.Elem(), list.ElemType, found)
		return
	case reflect.Map:
		mapType, ok := attribute.(types.MapType)
		if !ok || member.Key().Kind() != reflect.String {
			*found = append(*found, fmt.Sprintf("%s: the SDK has %s, the schema %s", path, member, attribute))
			return
		}
		compareType(path+"{}", member.Elem(), mapType.ElemType, found)
		return
	default:
		compareScalar(path, member, attribute, found)
	}
}

func compareScalar(path string, member reflect.Type, attribute attr.Type, found *[]string) {
	var want attr.Type
	switch {
	case member == reflect.TypeFor[time.Time]():
		want = timetypes.RFC3339Type{}
	case member.Kind() == reflect.String:
		want = types.StringType
	case member.Kind() == reflect.Bool:
		want = types.BoolType
	case member.Kind() == reflect.Int32 || member.Kind() == reflect.Int64:
		want = types.Int64Type
	case member.Kind() == reflect.Float32 || member.Kind() == reflect.Float64:
		want = types.Float64Type
	}
	if want == nil || !want.Equal(attribute) {
		*found = append(*found, fmt.Sprintf("%s: the SDK has %s, the schema %s", path, member, attribute))
	}
}

// SnakeCase is an API member's name as Terraform writes it: WorkflowId is
// workflow_id.
func SnakeCase(name string) string {
	var snake strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			snake.WriteByte('_')
		}
		snake.WriteRune(unicode.ToLower(r))
	}
	return snake.String()
}
