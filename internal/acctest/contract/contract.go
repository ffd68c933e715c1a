// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package contract compares the schema of a data source with the SDK's output
// type, so that a member that is missing on either side fails a test.
package contract

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Check compares the schema of a data source with the SDK's output type Out.
// Attribute names must be the SDK's names in snake_case, with the same nesting.
// The exceptions are names that only one side has: arguments that the API doesn't
// return, and members that the provider handles itself (next_token).
func Check[Out any](t testing.TB, source datasource.DataSource, exceptions ...string) {
	t.Helper()
	var resp datasource.SchemaResponse
	source.Schema(t.Context(), datasource.SchemaRequest{}, &resp)
	object, ok := resp.Schema.Type().(types.ObjectType)
	if !ok {
		t.Fatalf("the schema has type %T", resp.Schema.Type())
	}
	for _, difference := range differences(reflect.TypeFor[Out](), object.AttrTypes, exceptions...) {
		t.Errorf("%T: %s", *new(Out), difference)
	}
}

// differences returns a sorted line for each difference.
func differences(output reflect.Type, attributes map[string]attr.Type, exceptions ...string) []string {
	var c comparison
	c.compareStruct("", output, attributes, exceptions)
	slices.Sort(c.differences)
	return c.differences
}

type comparison struct {
	differences []string
}

func (c *comparison) add(format string, args ...any) {
	c.differences = append(c.differences, fmt.Sprintf(format, args...))
}

// compareStruct compares the members of output with attributes. The prefix is
// the path of the members.
func (c *comparison) compareStruct(
	prefix string, output reflect.Type, attributes map[string]attr.Type, exceptions []string,
) {
	members := map[string]bool{}
	for field := range output.Fields() {
		name := snakeCase(field.Name)
		// The SDK adds ResultMetadata to each output.
		if !field.IsExported() || field.Name == "ResultMetadata" || slices.Contains(exceptions, name) {
			continue
		}
		members[name] = true
		if attribute, ok := attributes[name]; ok {
			c.compareType(prefix+name, field.Type, attribute)
		} else {
			c.add("%s%s: missing in the schema", prefix, name)
		}
	}
	for name := range attributes {
		if !members[name] && !slices.Contains(exceptions, name) {
			c.add("%s%s: missing in the SDK", prefix, name)
		}
	}
}

func (c *comparison) compareType(path string, member reflect.Type, attribute attr.Type) {
	if member.Kind() == reflect.Pointer {
		member = member.Elem()
	}
	object, isObject := attribute.(types.ObjectType)
	list, isList := attribute.(types.ListType)
	dictionary, isMap := attribute.(types.MapType)
	switch {
	case isScalar(member, attribute):
	case member.Kind() == reflect.Struct && isObject:
		c.compareStruct(path+".", member, object.AttrTypes, nil)
	case member.Kind() == reflect.Slice && isList:
		c.compareType(path+"[]", member.Elem(), list.ElemType)
	case member.Kind() == reflect.Map && isMap:
		c.compareType(path+"{}", member.Elem(), dictionary.ElemType)
	default:
		c.add("%s: %s in the SDK, %s in the schema", path, member, attribute)
	}
}

// isScalar reports whether the attribute has the type for a scalar member.
func isScalar(member reflect.Type, attribute attr.Type) bool {
	switch member.Kind() {
	case reflect.Struct:
		return member == reflect.TypeFor[time.Time]() && attribute.Equal(timetypes.RFC3339Type{})
	case reflect.String:
		return attribute.Equal(types.StringType)
	case reflect.Bool:
		return attribute.Equal(types.BoolType)
	case reflect.Int32, reflect.Int64:
		return attribute.Equal(types.Int64Type)
	case reflect.Float32, reflect.Float64:
		return attribute.Equal(types.Float64Type)
	default:
		return false
	}
}

// snakeCase converts the name of a member: WorkflowId becomes workflow_id.
func snakeCase(name string) string {
	var snake strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			snake.WriteByte('_')
		}
		snake.WriteRune(unicode.ToLower(r))
	}
	return snake.String()
}
