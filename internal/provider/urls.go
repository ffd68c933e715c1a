// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

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
		refuse(ctx, v, req, resp, withoutPassword(value))
	}
}

// encrypted warns where requests would travel in the clear.
type encrypted struct{}

// Description says what is asked for.
func (encrypted) Description(context.Context) string {
	return "should be an https URL, unless it is this machine's"
}

// MarkdownDescription says the same.
func (v encrypted) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds a warning for an http URL of another machine.
func (encrypted) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if value := req.ConfigValue.ValueString(); inTheClear(value) {
		resp.Diagnostics.AddAttributeWarning(req.Path, "Endpoint without encryption", clearText(value))
	}
}

// warnOfClearText warns of endpoints without encryption that come from the
// environment or the profile, and so have no attribute to be warned at. One URL
// for several services is one warning.
func (e endpoints) warnOfClearText(cfg aws.Config, customerProfiles string, diags *diag.Diagnostics) {
	for _, endpoint := range []struct {
		argument types.String
		url      string
	}{
		{e.CustomerProfiles, customerProfiles},
		{e.IAM, aws.ToString(newIAM(cfg, endpointURL(e.IAM, "IAM")).Options().BaseEndpoint)},
		{e.SSO, aws.ToString(sso.NewFromConfig(cfg).Options().BaseEndpoint)},
		{e.STS, aws.ToString(newSTS(cfg, endpointURL(e.STS, "STS"), "").Options().BaseEndpoint)},
	} {
		if !given(endpoint.argument) && inTheClear(endpoint.url) {
			diags.AddWarning("Endpoint without encryption", "It comes from the environment or from the profile. "+clearText(endpoint.url))
		}
	}
}

// clearText is why an http endpoint is warned of.
func clearText(endpoint string) string {
	return fmt.Sprintf("Requests to %s travel in the clear, and session tokens, signatures and answers with them: whoever sees them can "+
		"use them. Use an https URL.", withoutPassword(endpoint))
}

// inTheClear is whether requests to the URL leave this machine unencrypted.
func inTheClear(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" || u.Hostname() == "" {
		return false
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	return !strings.EqualFold(host, "localhost") && (ip == nil || !ip.IsLoopback())
}

// proxyURL refuses what names no proxy.
type proxyURL struct{}

// Description says what is asked for.
func (proxyURL) Description(context.Context) string {
	return "must be the URL of a proxy with http, https or socks5, and a host, such as http://proxy.example.com:3128"
}

// MarkdownDescription says the same.
func (v proxyURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString adds an error where the value names no proxy. As in
// hashicorp/aws, an empty string is no proxy, and a name and a port will do.
func (v proxyURL) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue.ValueString()
	if value == "" {
		return
	}
	u, err := url.Parse(value)
	if err == nil && !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) && !strings.Contains(value, "://") {
		u, err = url.Parse("http://" + value)
	}
	if err != nil || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) || u.Hostname() == "" {
		refuse(ctx, v, req, resp, withoutPassword(value))
	}
}

// withoutPassword is a URL as it may be shown: nothing of one that cannot be
// taken apart.
func withoutPassword(value string) string {
	u, err := url.Parse(value)
	switch {
	case err != nil, u.User == nil && strings.Contains(value, "@"):
		return ""
	case u.User != nil:
		return u.Redacted()
	}
	return value
}
