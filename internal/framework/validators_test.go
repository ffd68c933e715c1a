// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestValidators(t *testing.T) {
	t.Parallel()
	const positive, second, dates = "a must be longer than 0s, got ", "a must be at least 1s, got ", "a must be between 1678-01-01T00:00:00Z and 2262-04-11T23:47:16Z, got "
	for name, test := range map[string]struct {
		validator validator.String
		value     types.String
		want      string
	}{
		"timeout null":         {positiveDuration, types.StringNull(), ""},
		"timeout unknown":      {positiveDuration, types.StringUnknown(), ""},
		"timeout":              {positiveDuration, types.StringValue("1ns"), ""},
		"timeout zero":         {positiveDuration, types.StringValue("0s"), positive + `"0s"`},
		"timeout negative":     {positiveDuration, types.StringValue("-1m"), positive + `"-1m"`},
		"timeout no duration":  {positiveDuration, types.StringValue("soon"), ""},
		"interval":             {DurationAtLeast(time.Second), types.StringValue("1s"), ""},
		"interval too short":   {DurationAtLeast(time.Second), types.StringValue("999ms"), second + `"999ms"`},
		"date null":            {dateValidator{}, types.StringNull(), ""},
		"date unknown":         {dateValidator{}, types.StringUnknown(), ""},
		"no date":              {dateValidator{}, types.StringValue("yesterday"), ""},
		"earliest date":        {dateValidator{}, types.StringValue("1678-01-01T00:00:00Z"), ""},
		"latest date":          {dateValidator{}, types.StringValue("2262-04-11T23:47:16Z"), ""},
		"date too early":       {dateValidator{}, types.StringValue("1678-01-01T00:00:00+00:01"), dates + `"1678-01-01T00:00:00+00:01"`},
		"date too late":        {dateValidator{}, types.StringValue("2262-04-11T23:47:16.001Z"), dates + `"2262-04-11T23:47:16.001Z"`},
		"date far in the past": {dateValidator{}, types.StringValue("0001-01-01T00:00:00Z"), dates + `"0001-01-01T00:00:00Z"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.StringResponse
			test.validator.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("a"), ConfigValue: test.value}, &resp)
			var got []string
			for _, d := range resp.Diagnostics {
				got = append(got, d.Detail())
			}
			want := test.want
			if want != "" {
				want += "."
			}
			if strings.Join(got, "|") != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
