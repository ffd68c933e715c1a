// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// durationValidator refuses a duration that is too short. What is not a
// duration at all is its type's to refuse.
type durationValidator struct {
	description string
	long        func(time.Duration) bool
}

// positiveDuration is needed because the library that brings the timeouts block
// takes any duration.
var positiveDuration = durationValidator{"must be longer than 0s", func(d time.Duration) bool { return d > 0 }}

// DurationAtLeast refuses a duration shorter than least.
func DurationAtLeast(least time.Duration) validator.String {
	return durationValidator{"must be at least " + least.String(), func(d time.Duration) bool { return d >= least }}
}

// Description says what is asked for.
func (v durationValidator) Description(context.Context) string { return v.description }

// MarkdownDescription says the same.
func (v durationValidator) MarkdownDescription(context.Context) string { return v.description }

// ValidateString adds an error for a duration that is too short.
func (v durationValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err == nil && !v.long(d) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration",
			fmt.Sprintf("%s %s, got %q.", req.Path, v.description, req.ConfigValue.ValueString()))
	}
}

// The SDK counts nanoseconds in 64 bits on the way to the wire; beyond these
// dates it would ask for another one.
var (
	earliestDate = time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC)
	latestDate   = time.Date(2262, 4, 11, 23, 47, 16, 0, time.UTC)
)

// dateValidator refuses a date that the SDK cannot carry. What is not RFC 3339
// is its type's to refuse.
type dateValidator struct{}

// Description says what is asked for.
func (dateValidator) Description(context.Context) string {
	return fmt.Sprintf("must be between %s and %s", earliestDate.Format(time.RFC3339), latestDate.Format(time.RFC3339))
}

// MarkdownDescription says the same.
func (v dateValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error for a date that is out of range.
func (v dateValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	date, err := time.Parse(time.RFC3339, req.ConfigValue.ValueString())
	if err == nil && (date.Before(earliestDate) || date.After(latestDate)) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid date",
			fmt.Sprintf("%s %s, got %q.", req.Path, v.Description(ctx), req.ConfigValue.ValueString()))
	}
}
