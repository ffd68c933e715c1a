// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Enum converts a value of an enumeration. An empty value is null, and a value
// that the SDK doesn't know passes through.
func Enum[E ~string](value E) types.String {
	if value == "" {
		return types.StringNull()
	}
	return types.StringValue(string(value))
}

// Timestamp converts a timestamp to RFC 3339 in UTC. The SDK keeps milliseconds.
// A nil timestamp is null.
func Timestamp(value *time.Time) timetypes.RFC3339 {
	if value == nil {
		return timetypes.NewRFC3339Null()
	}
	// NewRFC3339TimeValue would drop the milliseconds.
	return timetypes.RFC3339{StringValue: types.StringValue(value.UTC().Format(time.RFC3339Nano))}
}

// Strings converts the values of an enumeration.
func Strings[E ~string](values []E) []string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = string(value)
	}
	return names
}
