// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// durationValidator rejects a string that isn't a duration, and a duration that is
// too short. Timeouts and intervals share it, so that their errors have the same
// words.
type durationValidator struct {
	description string
	isValid     func(time.Duration) bool
}

// positiveDuration is the validator of timeouts. That of the library accepts any
// duration.
var positiveDuration = durationValidator{"must be longer than 0s", func(d time.Duration) bool { return d > 0 }}

// DurationAtLeast returns a validator that rejects what isn't a duration, and a
// duration shorter than minimum.
func DurationAtLeast(minimum time.Duration) validator.String {
	return durationValidator{"must be at least " + minimum.String(), func(d time.Duration) bool { return d >= minimum }}
}

// Description returns what a valid duration is.
func (v durationValidator) Description(context.Context) string { return v.description }

// MarkdownDescription returns the same as Description.
func (v durationValidator) MarkdownDescription(context.Context) string { return v.description }

// ValidateString adds an error for a malformed duration and for one that is too
// short.
func (v durationValidator) ValidateString(
	_ context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	problem := v.description
	d, err := time.ParseDuration(req.ConfigValue.ValueString())
	switch {
	case err != nil:
		problem = `must be a duration such as "90s" or "10m"`
	case v.isValid(d):
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration",
		fmt.Sprintf("%s %s, got %q.", req.Path, problem, req.ConfigValue.ValueString()))
}

// The SDK serializes a date as nanoseconds in 64 bits, which overflow beyond
// these dates.
var (
	earliestDate = time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC)
	latestDate   = time.Date(2262, 4, 11, 23, 47, 16, 0, time.UTC)
)

// dateValidator rejects a date that the SDK can't serialize as it is. The attribute's type
// rejects what isn't RFC 3339.
type dateValidator struct{}

// Description returns what a valid date is.
func (dateValidator) Description(context.Context) string {
	return fmt.Sprintf("must be between %s and %s", earliestDate.Format(time.RFC3339), latestDate.Format(time.RFC3339))
}

// MarkdownDescription returns the same as Description.
func (v dateValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error for a date that is out of range or too precise.
func (v dateValidator) ValidateString(
	ctx context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	problem := v.Description(ctx)
	date, err := time.Parse(time.RFC3339, req.ConfigValue.ValueString())
	switch {
	case err != nil:
		return
	case date.Before(earliestDate), date.After(latestDate):
	case date.Nanosecond()%int(time.Millisecond) != 0: // The SDK would cut off the rest.
		problem = "must have at most three decimal places"
	default:
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid date",
		fmt.Sprintf("%s %s, got %q.", req.Path, problem, req.ConfigValue.ValueString()))
}
