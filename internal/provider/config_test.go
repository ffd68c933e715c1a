// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// How calls are retried does not show in them.
func TestRetryMode(t *testing.T) {
	t.Parallel()
	config, diags := model{RetryMode: types.StringValue("adaptive")}.baseConfig(t.Context(), nil)
	if diags.HasError() || config.RetryMode != aws.RetryModeAdaptive {
		t.Errorf("retry mode %q, diagnostics %v", config.RetryMode, diags)
	}
}

// Only the endpoints of other machines are worth a warning.
func TestInTheClear(t *testing.T) {
	t.Parallel()
	for endpoint, want := range map[string]bool{
		"http://profile.example.com":         true,
		"http://profile.example.com:8080/at": true,
		"http://10.0.0.1":                    true,
		"http://[2001:db8::1]:80":            true,
		"http://localhost.example.com":       true,
		"https://profile.example.com":        false,
		"http://localhost:4566":              false,
		"http://LOCALHOST":                   false,
		"http://127.0.0.1:4566":              false,
		"http://127.8.8.8":                   false,
		"http://[::1]:4566":                  false,
		"":                                   false,
		"::":                                 false,
	} {
		if got := inTheClear(endpoint); got != want {
			t.Errorf("%q: %v, want %v", endpoint, got, want)
		}
	}
}

// Every secret of the block is hidden.
func TestSecretsOf(t *testing.T) {
	t.Parallel()
	config := &awsbase.Config{
		SecretKey: "secret+key/of40", Token: "token/of==", AssumeRoleWithWebIdentity: &awsbase.AssumeRoleWithWebIdentity{WebIdentityToken: "identity.token"},
	}
	if got, want := secretsOf(config).Hide("secret+key/of40, token/of==, identity.token"), "***, ***, ***"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
