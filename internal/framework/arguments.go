// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The patterns are compiled once because Terraform validates a data source
// before each read.
var (
	// domainNamePattern is the API's pattern of DomainName; see
	// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetWorkflow.html.
	domainNamePattern = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
	// regionPattern ensures that a Region is a valid label of a host name.
	regionPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// DomainNameArgument returns the schema of the argument domain_name.
func DomainNameArgument() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true,
		MarkdownDescription: "Name of the Customer Profiles domain. " +
			"Must be 1 to 64 letters, digits, hyphens, and underscores.",
		Validators: []validator.String{
			stringvalidator.UTF8LengthBetween(1, 64),
			stringvalidator.RegexMatches(domainNamePattern, "must contain only letters, digits, hyphens, and underscores"),
		},
	}
}

// RegionArgument returns the schema of the argument region. It is computed if it
// is not set.
func RegionArgument() schema.StringAttribute {
	return schema.StringAttribute{
		Optional:            true,
		Computed:            true,
		MarkdownDescription: "Region to read from, such as `eu-west-1`. Defaults to the Region of the provider.",
		Validators: []validator.String{
			stringvalidator.UTF8LengthBetween(1, 63),
			stringvalidator.RegexMatches(regionPattern, "must be the name of an AWS Region, such as eu-west-1"),
		},
	}
}

// EnumArgument returns the schema of an optional argument that accepts one of
// the values of an enumeration. The values are added to the description.
func EnumArgument[E ~string](description string, values []E) schema.StringAttribute {
	names := Strings(values)
	return schema.StringAttribute{
		Optional: true,
		MarkdownDescription: fmt.Sprintf("%s Valid values: `%s`. Defaults to no filter.",
			description, strings.Join(names, "`, `")),
		Validators: []validator.String{stringvalidator.OneOf(names...)},
	}
}

// DateArgument returns the schema of an optional argument that accepts a date in
// RFC 3339 format.
func DateArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional:   true,
		CustomType: timetypes.RFC3339Type{},
		MarkdownDescription: description + " Must be a date in RFC 3339 format between the years 1678 and 2262, such as " +
			"`2024-06-03T09:00:00Z`, with up to three decimal places. Defaults to no filter.",
		Validators: []validator.String{dateValidator{}},
	}
}

// TimeAttribute returns the schema of a timestamp in a response.
func TimeAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed:            true,
		CustomType:          timetypes.RFC3339Type{},
		MarkdownDescription: description + ", in RFC 3339 format, in UTC, to the millisecond.",
	}
}

// Permissions returns the paragraph of a data source's description that names the
// API operation it calls. The condition, such as "once per 100 workflows",
// may be empty.
func Permissions(operation, condition string) string {
	return fmt.Sprintf("\n\nThis data source calls the [`%[1]s`](https://docs.aws.amazon.com/customerprofiles/latest/"+
		"APIReference/API_connect-customer-profiles_%[1]s.html) API operation%[2]s, and requires the `profile:%[1]s` "+
		"permission.", operation, condition)
}

// TimeoutsBlock returns the schema of the block timeouts, which has the argument
// read. The defaults, such as "Defaults to `5m`.", end its description.
func TimeoutsBlock(ctx context.Context, defaults string) schema.Block {
	block := timeouts.BlockWithOpts(ctx, timeouts.Opts{
		ReadDescription: "How long the read may take, including retries, as a duration such as `30s` or `10m`. " + defaults,
	})
	nested, ok := block.(schema.SingleNestedBlock)
	if !ok {
		return block
	}
	if read, ok := nested.Attributes["read"].(schema.StringAttribute); ok {
		read.Validators = []validator.String{positiveDuration}
		nested.Attributes["read"] = read
	}
	nested.MarkdownDescription = "Timeouts of the data source."
	return nested
}
