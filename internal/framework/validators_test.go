// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestValidators(t *testing.T) {
	t.Parallel()
	const (
		malformedError = `a must be a duration such as "90s" or "10m", got "`
		positiveError  = `a must be longer than 0s, got "`
		minimumError   = `a must be at least 1s, got "`
		dateError      = `a must be between 1678-01-01T00:00:00Z and 2262-04-11T23:47:16Z, got "`
		decimalsError  = `a must have at most three decimal places, got "`
	)
	minimum := DurationAtLeast(time.Second)
	for name, tc := range map[string]struct {
		validator validator.String
		value     types.String
		wantError string // up to the value
	}{
		"null duration":        {validator: positiveDuration, value: types.StringNull()},
		"unknown duration":     {validator: positiveDuration, value: types.StringUnknown()},
		"malformed timeout":    {validator: positiveDuration, value: types.StringValue("soon"), wantError: malformedError},
		"malformed interval":   {validator: minimum, value: types.StringValue("soon"), wantError: malformedError},
		"number":               {validator: minimum, value: types.StringValue("15"), wantError: malformedError},
		"duration too long":    {validator: minimum, value: types.StringValue("9999999h"), wantError: malformedError},
		"shortest duration":    {validator: positiveDuration, value: types.StringValue("1ns")},
		"zero duration":        {validator: positiveDuration, value: types.StringValue("0s"), wantError: positiveError},
		"negative duration":    {validator: positiveDuration, value: types.StringValue("-1m"), wantError: positiveError},
		"minimum duration":     {validator: minimum, value: types.StringValue("1s")},
		"below the minimum":    {validator: minimum, value: types.StringValue("999ms"), wantError: minimumError},
		"null date":            {validator: dateValidator{}, value: types.StringNull()},
		"unknown date":         {validator: dateValidator{}, value: types.StringUnknown()},
		"malformed date":       {validator: dateValidator{}, value: types.StringValue("yesterday")},
		"earliest date":        {validator: dateValidator{}, value: types.StringValue("1678-01-01T00:00:00Z")},
		"latest date":          {validator: dateValidator{}, value: types.StringValue("2262-04-11T23:47:16Z")},
		"three decimal places": {validator: dateValidator{}, value: types.StringValue("2024-06-03T09:00:00.123000Z")},
		"four decimal places": {
			validator: dateValidator{}, value: types.StringValue("2024-06-03T09:00:00.1234Z"), wantError: decimalsError,
		},
		"date too early": {
			validator: dateValidator{}, value: types.StringValue("1678-01-01T00:00:00+00:01"), wantError: dateError,
		},
		"date too late": {
			validator: dateValidator{}, value: types.StringValue("2262-04-11T23:47:16.001Z"), wantError: dateError,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.StringResponse
			tc.validator.ValidateString(t.Context(),
				validator.StringRequest{Path: path.Root("a"), ConfigValue: tc.value}, &resp)
			var got, want string
			for _, d := range resp.Diagnostics {
				got += d.Detail()
			}
			if tc.wantError != "" {
				want = tc.wantError + tc.value.ValueString() + `".`
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
