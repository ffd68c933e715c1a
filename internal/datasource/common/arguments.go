// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The patterns are the API's own; see the request parameters of
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetWorkflow.html.
// They are compiled once: Terraform validates a data source before every read.
var (
	domainNamePattern = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
	workflowIDPattern = regexp.MustCompile(`^[a-f0-9]{32}$`)
	// A Region becomes a label of the endpoint's host name.
	regionPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// DomainName is the argument domain_name.
func DomainName() schema.StringAttribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "Name of the Customer Profiles domain: 1 to 64 letters, digits, hyphens and underscores.",
		Validators: []validator.String{
			stringvalidator.UTF8LengthBetween(1, 64),
			stringvalidator.RegexMatches(domainNamePattern, "must hold letters, digits, hyphens and underscores only"),
		},
	}
}

// WorkflowID is the argument workflow_id.
func WorkflowID() schema.StringAttribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "ID of the workflow: 32 lowercase hexadecimal digits.",
		Validators: []validator.String{
			stringvalidator.RegexMatches(workflowIDPattern, "must be 32 lowercase hexadecimal digits (0-9, a-f)"),
		},
	}
}

// Region is the argument region. It is read back as the Region that was asked.
func Region() schema.StringAttribute {
	return schema.StringAttribute{
		Optional:            true,
		Computed:            true,
		MarkdownDescription: "Region to read from, such as `eu-west-1`. The provider's Region where it is not set.",
		Validators: []validator.String{
			stringvalidator.UTF8LengthBetween(1, 63),
			stringvalidator.RegexMatches(regionPattern, "must be the name of an AWS Region, such as eu-west-1"),
		},
	}
}

// Timeouts is the block timeouts, with its read. The default is for its
// description; [Timeout] applies it.
func Timeouts(ctx context.Context, otherwise time.Duration) schema.Block {
	block := timeouts.BlockWithOpts(ctx, timeouts.Opts{
		ReadDescription: fmt.Sprintf("How long the read may take in all, retries included, as a duration such as `30s` or `10m`. "+
			"`%s` where it is not set.", shortDuration(otherwise)),
	})
	nested, ok := block.(schema.SingleNestedBlock)
	if !ok {
		return block
	}
	if read, ok := nested.Attributes["read"].(schema.StringAttribute); ok {
		read.Validators = append(read.Validators, positiveDuration{})
		nested.Attributes["read"] = read
	}
	nested.MarkdownDescription = "How long to wait for AWS."
	return nested
}

// shortDuration is "5m" where Duration.String says "5m0s".
func shortDuration(d time.Duration) string {
	return regexp.MustCompile(`([a-z])0s$`).ReplaceAllString(d.String(), "$1")
}

// positiveDuration refuses a duration that is not above zero: the library
// that brings the timeouts block takes any.
type positiveDuration struct{}

// Description says what is asked for.
func (positiveDuration) Description(context.Context) string { return "must be longer than 0s" }

// MarkdownDescription says the same.
func (v positiveDuration) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error for a duration of zero or less. What is not a
// duration at all is the library's to refuse.
func (v positiveDuration) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err == nil && d <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration",
			fmt.Sprintf("%s %s, got %q.", req.Path, v.Description(ctx), req.ConfigValue.ValueString()))
	}
}
