// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

func newSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Reads Amazon Connect Customer Profiles.",
		Attributes: map[string]schema.Attribute{
			"access_key": schema.StringAttribute{
				Optional:            true,
				Sensitive:           true,
				MarkdownDescription: "AWS access key ID. Goes with `secret_key`. Also from `AWS_ACCESS_KEY_ID`.",
				Validators: []validator.String{
					stringvalidator.AlsoRequires(path.MatchRoot("secret_key")),
				},
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "How many times a call is attempted in all, as in `hashicorp/aws`. " +
					"Also from `AWS_MAX_ATTEMPTS`, or the profile's `max_attempts`. 25 where nothing says otherwise.",
			},
			"profile": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Profile of the shared config and credentials files. Also from `AWS_PROFILE`.",
			},
			"region": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Region that data sources read from where they name none. " +
					"Also from `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's `region`.",
			},
			"secret_key": schema.StringAttribute{
				Optional:            true,
				Sensitive:           true,
				MarkdownDescription: "AWS secret access key. Goes with `access_key`. Also from `AWS_SECRET_ACCESS_KEY`.",
				Validators: []validator.String{
					stringvalidator.AlsoRequires(path.MatchRoot("access_key")),
				},
			},
			"token": schema.StringAttribute{
				Optional:            true,
				Sensitive:           true,
				MarkdownDescription: "Session token of temporary credentials. Also from `AWS_SESSION_TOKEN`.",
				Validators: []validator.String{
					stringvalidator.AlsoRequires(path.MatchRoot("access_key"), path.MatchRoot("secret_key")),
				},
			},
		},
		Blocks: map[string]schema.Block{
			"endpoints": schema.SingleNestedBlock{
				MarkdownDescription: "URLs to call instead of AWS's own.",
				Attributes: map[string]schema.Attribute{
					"customerprofiles": schema.StringAttribute{
						Optional:            true,
						MarkdownDescription: "URL of Customer Profiles. Also from `AWS_ENDPOINT_URL_CUSTOMER_PROFILES`.",
						Validators:          []validator.String{httpURL{}},
					},
					"sts": schema.StringAttribute{
						Optional:            true,
						MarkdownDescription: "URL of STS. Also from `AWS_ENDPOINT_URL_STS`.",
						Validators:          []validator.String{httpURL{}},
					},
				},
			},
		},
	}
}

// httpURL refuses what is not the URL of an HTTP service.
type httpURL struct{}

// Description says what is asked for.
func (httpURL) Description(context.Context) string {
	return "must be a URL with http or https and a host, such as https://profile.eu-west-1.amazonaws.com"
}

// MarkdownDescription says the same.
func (v httpURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error where the value is no such URL. An empty string
// stands for no URL, as it does in hashicorp/aws.
func (v httpURL) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue.ValueString()
	if value == "" {
		return
	}
	if u, err := url.Parse(value); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid URL",
			fmt.Sprintf("%s %s, got %q.", req.Path, v.Description(ctx), value))
	}
}
