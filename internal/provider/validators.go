// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The patterns are hashicorp/aws's.
var (
	arnPartitionPattern = regexp.MustCompile(`^aws(-[a-z]+)*$`)
	arnRegionPattern    = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-\d{1,2}$`)
	arnAccountPattern   = regexp.MustCompile(`^(aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10})$`)
)

// refuse adds an error that names the attribute, what it must be and, unless
// got is empty, what it is.
func refuse(ctx context.Context, v validator.Describer, req validator.StringRequest, resp *validator.StringResponse, got string) {
	if got != "" {
		got = ", got " + strconv.Quote(got)
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
		fmt.Sprintf("Attribute %s %s%s.", req.Path, v.Description(ctx), got))
}

// absent is whether there is no value to look at.
func absent(req validator.StringRequest) bool {
	return req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown()
}

// arnText refuses what is not an ARN. As in hashicorp/aws, an empty string
// stands for none.
type arnText struct{}

// Description says what is asked for.
func (arnText) Description(context.Context) string {
	return "must be an ARN, such as arn:aws:iam::123456789012:role/name"
}

// MarkdownDescription says the same.
func (v arnText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error where the value is no ARN.
func (v arnText) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue.ValueString()
	if value == "" {
		return
	}
	parsed, err := arn.Parse(value)
	if err != nil || !arnPartitionPattern.MatchString(parsed.Partition) ||
		(parsed.Region != "" && !arnRegionPattern.MatchString(parsed.Region)) ||
		(parsed.AccountID != "" && !arnAccountPattern.MatchString(parsed.AccountID)) ||
		parsed.Resource == "" {
		refuse(ctx, v, req, resp, value)
	}
}

// sessionDuration refuses what is no duration that STS grants.
type sessionDuration struct{}

// Description says what is asked for.
func (sessionDuration) Description(context.Context) string {
	return "must be a duration from 15 minutes (15m) to 12 hours (12h), such as 1h30m"
}

// MarkdownDescription says the same.
func (v sessionDuration) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error where the value is no such duration.
func (v sessionDuration) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if absent(req) {
		return
	}
	duration, err := time.ParseDuration(req.ConfigValue.ValueString())
	if err != nil || duration < 15*time.Minute || duration > 12*time.Hour {
		refuse(ctx, v, req, resp, req.ConfigValue.ValueString())
	}
}

// jsonObject refuses what is no IAM policy because it is no JSON object.
type jsonObject struct{}

// Description says what is asked for.
func (jsonObject) Description(context.Context) string { return "must be a JSON object" }

// MarkdownDescription says the same.
func (v jsonObject) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error that says where the value ceases to be one.
func (v jsonObject) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if absent(req) {
		return
	}
	value := req.ConfigValue.ValueString()
	err := validation.JSONNoDuplicateKeys(value)
	if strings.TrimSpace(value) == "null" {
		err = errors.New("it is null")
	}
	if err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
			fmt.Sprintf("Attribute %s %s: %v.", req.Path, v.Description(ctx), err))
	}
}

// boolText refuses what is neither a boolean nor empty. hashicorp/aws has its
// one argument with three states as a string.
type boolText struct{}

// Description says what is asked for.
func (boolText) Description(context.Context) string { return "must be true or false" }

// MarkdownDescription says the same.
func (v boolText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error where the value is no boolean.
func (v boolText) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue.ValueString()
	if _, err := strconv.ParseBool(value); value != "" && err != nil {
		refuse(ctx, v, req, resp, value)
	}
}
