// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// No validation depends on the environment or sends a request.
func TestValidateConfig(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		config    string
		attribute string // The argument of the error.
		want      string // A part of the error. If empty, there is none.
		secret    string // Must not be in the error.
	}{
		"empty strings": {
			config: `"profile": "", "region": "", "retry_mode": "", "http_proxy": "", "https_proxy": "", "custom_ca_bundle": "",
				"skip_metadata_api_check": "", "ec2_metadata_service_endpoint": "", "ec2_metadata_service_endpoint_mode": "",
				"access_key": "", "secret_key": "", "token": "", "sts_region": "",
				"endpoints": [{"sts": ""}]`,
		},
		"access key without secret key": {
			config: `"access_key": "AKIACONFIG"`, attribute: "access_key", want: "access_key requires secret_key.",
		},
		"secret key without access key": {
			config: `"secret_key": "a-secret"`, attribute: "secret_key", want: "secret_key requires access_key.",
			secret: "a-secret",
		},
		"token without keys": {
			config: `"token": "a-token-alone"`, attribute: "token", want: "token requires access_key and secret_key.",
			secret: "a-token-alone",
		},
		"allowed and forbidden accounts": {
			config:    `"allowed_account_ids": ["123456789012"], "forbidden_account_ids": ["123456789012"]`,
			attribute: "forbidden_account_ids", want: "allowed_account_ids",
		},
		"allowed accounts not checked": {
			config: `"allowed_account_ids": ["123456789012"], "skip_credentials_validation": true,
				"skip_requesting_account_id": true`,
			attribute: "allowed_account_ids", want: "cannot be checked",
		},
		"allowed account ID with 11 digits": {
			config: `"allowed_account_ids": ["12345678901"]`, attribute: "allowed_account_ids", want: "12 digits",
		},
		"FTP endpoint with password": {
			config: `"endpoints": [{"sts": "ftp://me:pass-word@example.com"}]`, attribute: "endpoints[0].sts",
			want: "ftp://***@example.com", secret: "pass-word",
		},
		"custom endpoint with dual stack": {
			config:    `"use_dualstack_endpoint": true, "endpoints": [{"customerprofiles": "http://localhost"}]`,
			attribute: "use_dualstack_endpoint", want: "endpoints.customerprofiles",
		},
		"line break in access key": {
			config:    `"access_key": "AKIA\nCONFIG", "secret_key": "config-secret/key+"`,
			attribute: "access_key", want: "must not contain control characters, such as line breaks, got U+000A.",
			secret: "CONFIG",
		},
		"line break in secret key": {
			config:    `"access_key": "AKIACONFIG", "secret_key": "config-secret/key+\r\n"`,
			attribute: "secret_key", want: "control characters", secret: "config-secret",
		},
		"null character in token": {
			config: `$KEYS, "token": "a-token\u0000"`, attribute: "token", want: "got U+0000.", secret: "a-token",
		},
		"line break in user agent": {
			config: `"user_agent": ["a", "b\nX: y"]`, attribute: "user_agent[1]", want: "control characters",
		},
		"null character in path of CA bundle": {
			config: `"custom_ca_bundle": "\u0000"`, attribute: "custom_ca_bundle", want: "control characters",
		},
		"line break in path of config file": {
			config: `"shared_config_files": ["a\n"]`, attribute: "shared_config_files[0]", want: "control characters",
		},
		"line break in path of credentials file": {
			config:    `"shared_credentials_files": ["a\n"]`,
			attribute: "shared_credentials_files[0]", want: "control characters",
		},
		"line break in role ARN": {
			config:    `"assume_role": [{"role_arn": "$ROLE/one\n"}]`,
			attribute: "assume_role[0].role_arn", want: "must be an ARN, such as",
		},
		"endpoint with port out of range": {
			config: `"endpoints": [{"iam": "https://example.com:65536"}]`, attribute: "endpoints[0].iam", want: "with a host",
		},
		"endpoint with fragment": {
			config: `"endpoints": [{"sso": "https://example.com#f"}]`, attribute: "endpoints[0].sso", want: "without a query",
		},
		"endpoint with query": {
			config: `"endpoints": [{"sts": "https://example.com?q=1"}]`, attribute: "endpoints[0].sts", want: "without a query",
		},
		"endpoint with empty query": {
			config: `"endpoints": [{"sts": "https://example.com?"}]`, attribute: "endpoints[0].sts", want: "without a query",
		},
		"endpoint with invisible character in the host": {
			config: `"endpoints": [{"sts": "https://\u202eexample.com"}]`, attribute: "endpoints[0].sts",
			want: `got "https://\u202eexample.com"`,
		},
		"endpoint with long host": {
			config: `"endpoints": [{"sts": "https://` + strings.Repeat("z", 254) + `"}]`, attribute: "endpoints[0].sts",
			want: strings.Repeat("z", 192) + `"`,
		},
		"endpoint with long path": {
			config:    `"endpoints": [{"sts": "https://example.com/` + strings.Repeat("a", 70_000) + `"}]`,
			attribute: "endpoints[0].sts", want: "of at most 2048 characters", secret: strings.Repeat("a", 201),
		},
		"unencrypted endpoint with long path": {
			config:    `"endpoints": [{"sts": "http://example.com/` + strings.Repeat("a", 70_000) + `"}]`,
			attribute: "endpoints[0].sts", want: "of at most 2048 characters", secret: strings.Repeat("a", 201),
		},
		"valid endpoints": {
			config: `"endpoints": [{"customerprofiles": "https://[::1]:65535/path", "iam": "https://bücher.example",
				"sso": "https://[fe80::1%25eth0]", "sts": "https://my_host.example."}]`,
		},
		"metadata service endpoint with port out of range": {
			config:    `"ec2_metadata_service_endpoint": "http://example.com:99999"`,
			attribute: "ec2_metadata_service_endpoint", want: "with a host",
		},
		"HTTP proxy with port out of range": {
			config: `"http_proxy": "example.com:99999"`, attribute: "http_proxy", want: "URL of a proxy",
		},
		"HTTPS proxy with port out of range": {
			config: `"https_proxy": "http://example.com:99999"`, attribute: "https_proxy", want: "URL of a proxy",
		},
		"STS Region with slash": {
			config: `"sts_region": "us-east-1/"`, attribute: "sts_region", want: "must be the name of an AWS Region",
		},
		"null allowed account ID": {
			config: `"allowed_account_ids": ["123456789012", null]`, attribute: "allowed_account_ids", want: "null",
		},
		"null forbidden account ID": {
			config: `"forbidden_account_ids": [null]`, attribute: "forbidden_account_ids", want: "null",
		},
		"too many retries": {config: `"max_retries": 2147483648`, attribute: "max_retries", want: "2147483647"},
		"negative retries": {config: `"max_retries": -1`, attribute: "max_retries", want: "got -1."},
		"fraction of a retry": {
			config: `"max_retries": 1.5`, attribute: "max_retries", want: "a whole number from 0 to 2147483647, got 1.5.",
		},
		"huge capacity": {
			config: `"token_bucket_rate_limiter_capacity": 1e30`, attribute: "token_bucket_rate_limiter_capacity",
			want: "got 1e+30.",
		},
		"most retries": {config: `"max_retries": 2147483647`},
		"malformed proxy with password": {
			config: `"https_proxy": "http://me:pass%word@example.com"`, attribute: "https_proxy", want: "got a malformed URL",
			secret: "pass%word",
		},
		"malformed role ARN": {
			config: `"assume_role": [{"role_arn": "role/one"}]`, attribute: "assume_role[0].role_arn",
			want: "must be an ARN, such as",
		},
		"duplicate key in policy": {
			config:    `"assume_role": [{"role_arn": "$ROLE/one", "policy": "{\"Version\": 1, \"Version\": 2}"}]`,
			attribute: "assume_role[0].policy", want: `duplicate key "Version"`,
		},
		"space in external ID": {
			config:    `"assume_role": [{"role_arn": "$ROLE/one", "external_id": "a b"}]`,
			attribute: "assume_role[0].external_id", want: "only letters, digits, and _+=,.@:/-",
		},
		"chain of roles with empty block": {
			config: `"assume_role": [{}, {"role_arn": "$ROLE/one"}]`, attribute: "assume_role[0]",
			want: "block 1 of 2 has no role_arn",
		},
		"web identity without role": {
			config:    `"assume_role_with_web_identity": [{"web_identity_token": "a-web-identity"}]`,
			attribute: "assume_role_with_web_identity[0]", want: "has no role_arn", secret: "a-web-identity",
		},
		"web identity token too short": {
			config:    `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token": "x*x"}]`,
			attribute: "assume_role_with_web_identity[0].web_identity_token", want: "between 4 and 20000", secret: "x*x",
		},
		"web identity token and file": {
			config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one",
				"web_identity_token": "a-web-identity", "web_identity_token_file": "/file"}]`,
			attribute: "assume_role_with_web_identity[0].web_identity_token_file", want: "web_identity_token",
			secret: "a-web-identity",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := strings.NewReplacer("$ROLE", "arn:aws:iam::123456789012:role",
				"$KEYS", `"access_key": "AKIACONFIG", "secret_key": "config-secret"`).Replace("{" + tc.config + "}")
			resp, err := server.New("test").ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{
				Config: &tfprotov6.DynamicValue{JSON: []byte(config)},
			})
			if err != nil {
				t.Fatal(err)
			}
			var got result
			got.append(resp.Diagnostics)
			if tc.want == "" {
				if len(got.Errors) > 0 {
					t.Errorf("errors %q, want none", got.Errors)
				}
				return
			}
			if len(got.Errors) != 1 || !strings.HasPrefix(got.Errors[0], tc.attribute+": ") ||
				!strings.Contains(got.Errors[0], tc.want) {
				t.Fatalf("errors %q, want one at %s with %q", got.Errors, tc.attribute, tc.want)
			}
			for _, text := range slices.Concat(got.Errors, got.Warnings) {
				if tc.secret != "" && strings.Contains(text, tc.secret) {
					t.Errorf("a diagnostic contains the secret %q:\n%s", tc.secret, text)
				}
			}
		})
	}
}
