// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// ArgumentName is exported for tests.
var ArgumentName = argumentName

// SetConfigureTimeout sets the time limit for finding credentials and the account.
func SetConfigureTimeout(timeout time.Duration) { configureTimeout = timeout }

func TestUnknownArguments(t *testing.T) {
	t.Parallel()
	role := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"role_arn": tftypes.String}}
	unknownString := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	values := map[string]tftypes.Value{
		"access_key":  tftypes.NewValue(tftypes.String, "known"),
		"account_ids": tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{unknownString}),
		"assume_role": tftypes.NewValue(tftypes.List{ElementType: role}, []tftypes.Value{
			tftypes.NewValue(role, map[string]tftypes.Value{"role_arn": tftypes.NewValue(tftypes.String, "known")}),
			tftypes.NewValue(role, map[string]tftypes.Value{"role_arn": unknownString}),
		}),
		"endpoints": tftypes.NewValue(tftypes.List{ElementType: role}, tftypes.UnknownValue),
		"insecure":  tftypes.NewValue(tftypes.Bool, nil),
		"tags": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String},
			map[string]tftypes.Value{"team": unknownString}),
	}
	block := tftypes.Object{AttributeTypes: map[string]tftypes.Type{}}
	for name, value := range values {
		block.AttributeTypes[name] = value.Type()
	}
	got, err := unknownArguments(tftypes.NewValue(block, values))
	want := []string{"account_ids", "assume_role[1].role_arn", "endpoints", `tags["team"]`}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("unknown arguments %q, error %v, want %q", got, err, want)
	}
}

func TestSensitiveAttributes(t *testing.T) {
	t.Parallel()
	block, _ := webIdentityBlock().(schema.ListNestedBlock)
	attributes := newSchema().Attributes
	maps.Copy(attributes, block.NestedObject.Attributes)
	sensitive := []string{"access_key", "secret_key", "token", "web_identity_token"}
	for name, attribute := range attributes {
		if attribute.IsSensitive() != slices.Contains(sensitive, name) {
			t.Errorf("%s: sensitive is %v", name, attribute.IsSensitive())
		}
	}
}

// No request shows the retry mode.
func TestRetryMode(t *testing.T) {
	t.Parallel()
	config, diags := model{RetryMode: types.StringValue("adaptive")}.baseConfig(t.Context(), nil)
	if diags.HasError() || config.RetryMode != aws.RetryModeAdaptive {
		t.Errorf("retry mode %q, diagnostics %v", config.RetryMode, diags)
	}
}

func TestIsSet(t *testing.T) {
	t.Parallel()
	if isSet(types.StringValue("")) || !isSet(types.StringUnknown()) {
		t.Error("the empty string must be treated as not set, and an unknown value as set")
	}
}

func TestIsUnencrypted(t *testing.T) {
	t.Parallel()
	for endpoint, want := range map[string]bool{
		"http://profile.example.com:8080/path": true,
		"http://10.0.0.1":                      true,
		"http://[2001:db8::1]:80":              true,
		"http://localhost.example.com":         true,
		"https://profile.example.com":          false,
		"http://LOCALHOST:4566":                false,
		"http://127.8.8.8":                     false,
		"http://[::1]:4566":                    false,
		"http://example.com:99999":             false, // Validation rejects it.
		"":                                     false,
		"::":                                   false,
	} {
		if got := isUnencrypted(endpoint); got != want {
			t.Errorf("isUnencrypted(%q) = %v, want %v", endpoint, got, want)
		}
	}
}

func TestStringValidators(t *testing.T) {
	t.Parallel()
	role := "arn:aws:iam::123456789012:role/one"
	for name, tc := range map[string]struct {
		validator   stringValidator
		value, want string // If want is empty, the value is valid.
	}{
		"ARN in another partition":   {validator: arnValidator, value: strings.Replace(role, "aws", "aws-us-gov", 1)},
		"ARN with Region":            {validator: arnValidator, value: "arn:aws:sts:eu-west-1::x"},
		"malformed ARN":              {validator: arnValidator, value: "role/one", want: `got "role/one"`},
		"ARN with malformed account": {validator: arnValidator, value: "arn:aws:iam::12:x", want: `got "arn:aws:iam::12:x"`},
		"ARN with malformed Region":  {validator: arnValidator, value: "arn:aws:iam:x::x", want: `got "arn:aws:iam:x::x"`},
		"ARN without resource":       {validator: arnValidator, value: "arn:aws:iam:::", want: `got "arn:aws:iam:::"`},

		"shortest session":      {validator: sessionDurationValidator, value: "15m"},
		"longest session":       {validator: sessionDurationValidator, value: "12h"},
		"session too short":     {validator: sessionDurationValidator, value: "14m59s", want: `got "14m59s"`},
		"session too long":      {validator: sessionDurationValidator, value: "12h1s", want: `got "12h1s"`},
		"duration without unit": {validator: sessionDurationValidator, value: "3600", want: `got "3600"`},

		"malformed JSON": {validator: jsonObjectValidator, value: "{", want: "got invalid JSON: "},
		"JSON null":      {validator: jsonObjectValidator, value: " null\n", want: "got null"},
		"JSON list":      {validator: jsonObjectValidator, value: "[{}]", want: "got invalid JSON: "},
		"duplicate key":  {validator: jsonObjectValidator, value: `{"a": 1, "a": 2}`, want: "got invalid JSON: duplicate"},

		"invalid boolean": {validator: boolStringValidator, value: "maybe", want: `got "maybe"`},

		"URL without scheme": {validator: httpURLValidator, value: "localhost:4566", want: `got "localhost:4566"`},
		"FTP with password":  {validator: httpURLValidator, value: "ftp://me:word@host", want: `got "ftp://me:xxxxx@host"`},

		"proxy host and port":       {validator: proxyURLValidator, value: "proxy.example.com:3128"},
		"SOCKS5 proxy":              {validator: proxyURLValidator, value: "socks5://user:word@proxy.example.com:1080"},
		"FTP proxy":                 {validator: proxyURLValidator, value: "ftp://host", want: `got "ftp://host"`},
		"proxy without host":        {validator: proxyURLValidator, value: "http://", want: `got "http://"`},
		"proxy, malformed password": {validator: proxyURLValidator, value: "http://me:a%b@host", want: "got a malformed URL"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := tc.validator.validate(tc.value)
			if (err == nil) != (tc.want == "") || err != nil && !strings.HasPrefix(err.Error(), tc.want) {
				t.Errorf("error %v, want %q", err, tc.want)
			}
		})
	}
}

// A proxy may repeat the password, or the header that it is sent in.
func TestConfiguredSecrets_proxy(t *testing.T) {
	t.Parallel()
	const proxy = "http://me:a-pass%2Fword@proxy.example.com:3128"
	redactor := conns.NewRedactor()
	redactor.Add(configuredSecrets(&awsbase.Config{HTTPSProxy: aws.String(proxy)})...)
	for _, secret := range []string{"a-pass/word", base64.StdEncoding.EncodeToString([]byte("me:a-pass/word"))} {
		if got := redactor.Redact("a " + secret); got != "a ***" {
			t.Errorf("got %q", got)
		}
	}
}
