// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
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

// URI is the argument uri of an integration.
func URI() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true,
		MarkdownDescription: "URI of the integration, as Customer Profiles lists it: the ARN of an AppFlow flow, " +
			"of an S3 bucket, or of another source. 1 to 255 characters.",
		Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 255)},
	}
}

// Filter is an argument that takes one of the service's values of an
// enumeration. What those are is added to the description.
func Filter[E ~string](description string, values []E) schema.StringAttribute {
	names := Strings(values)
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: fmt.Sprintf("%s: `%s`. Any where it is not set.", description, strings.Join(names, "`, `")),
		Validators:          []validator.String{stringvalidator.OneOf(names...)},
	}
}

// Date is an argument that takes a date in RFC 3339 that the SDK can carry.
func Date(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional:            true,
		CustomType:          timetypes.RFC3339Type{},
		MarkdownDescription: description + ", in RFC 3339, such as `2024-06-03T09:00:00Z`. From 1678 to 2262; to the millisecond. Any date where it is not set.",
		Validators:          []validator.String{dateValidator{}},
	}
}

// Timeouts is the block timeouts, with its read. More is what its description
// has to add about the default, [DefaultTimeout].
func Timeouts(ctx context.Context, more string) schema.Block {
	block := timeouts.BlockWithOpts(ctx, timeouts.Opts{
		ReadDescription: fmt.Sprintf("How long the read may take in all, retries included, as a duration such as `30s` or `10m`. "+
			"`%s` where it is not set%s.", shortDuration(DefaultTimeout), more),
	})
	nested, ok := block.(schema.SingleNestedBlock)
	if !ok {
		return block
	}
	if read, ok := nested.Attributes["read"].(schema.StringAttribute); ok {
		read.Validators = append(read.Validators, positiveDuration)
		nested.Attributes["read"] = read
	}
	nested.MarkdownDescription = "How long to wait for AWS."
	return nested
}

// shortDuration is "5m" where Duration.String says "5m0s".
func shortDuration(d time.Duration) string {
	return regexp.MustCompile(`([a-z])0s$`).ReplaceAllString(d.String(), "$1")
}
