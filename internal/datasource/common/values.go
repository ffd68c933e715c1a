// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Enum is an enumeration's value as Terraform's string: null where the answer
// had none, and any value that the SDK does not know as it came.
func Enum[E ~string](value E) types.String {
	if value == "" {
		return types.StringNull()
	}
	return types.StringValue(string(value))
}

// Timestamp is RFC 3339 in UTC with the fraction that the SDK kept, which is
// down to the millisecond, or null where the answer had none.
func Timestamp(value *time.Time, diags *diag.Diagnostics) timetypes.RFC3339 {
	if value == nil {
		return timetypes.NewRFC3339Null()
	}
	timestamp, d := timetypes.NewRFC3339Value(value.UTC().Format(time.RFC3339Nano))
	diags.Append(d...)
	return timestamp
}

// StringMap is a map as Terraform's: null where the answer had none.
func StringMap(values map[string]string, diags *diag.Diagnostics) types.Map {
	if values == nil {
		return types.MapNull(types.StringType)
	}
	elements := make(map[string]attr.Value, len(values))
	for key, value := range values {
		elements[key] = types.StringValue(value)
	}
	all, d := types.MapValue(types.StringType, elements)
	diags.Append(d...)
	return all
}

// StringList is a list as Terraform's: null where the answer had none.
func StringList(values []string, diags *diag.Diagnostics) types.List {
	if values == nil {
		return types.ListNull(types.StringType)
	}
	elements := make([]attr.Value, len(values))
	for i, value := range values {
		elements[i] = types.StringValue(value)
	}
	all, d := types.ListValue(types.StringType, elements)
	diags.Append(d...)
	return all
}

// Strings are the values of an enumeration as strings.
func Strings[E ~string](values []E) []string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = string(value)
	}
	return names
}
