// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"
)

func in(block, attribute string) string {
	return fmt.Sprintf("AttributeName(%q).ElementKeyInt(0).AttributeName(%q)", block, attribute)
}

func root(attribute string) string { return fmt.Sprintf("AttributeName(%q)", attribute) }

// validationRows are what terraform validate refuses, each at the argument at
// fault. Nothing is called, whatever the environment says.
var validationRows = map[string]row{
	"a key without the other": {config: `{"access_key": "AKIACONFIG"}`, attribute: root("access_key"), errors: []string{"access_key needs secret_key beside it"}},
	"a secret without its key": {
		config: `{"secret_key": "a-secret"}`, attribute: root("secret_key"), errors: []string{"secret_key needs access_key beside it"}, not: "a-secret",
	},
	"a token alone": {
		config: `{"token": "a-token-alone"}`, attribute: root("token"), errors: []string{"token needs access_key and secret_key beside it"}, not: "a-token-alone",
	},
	"an account ID":          {config: `{"allowed_account_ids": ["12345678901"]}`, attribute: root("allowed_account_ids") + `.ElementKeyValue(tftypes.String<"12345678901">)`, errors: []string{"12 digits"}},
	"a forbidden account ID": {config: `{"forbidden_account_ids": ["acme"]}`, attribute: root("forbidden_account_ids") + `.ElementKeyValue(tftypes.String<"acme">)`, errors: []string{"12 digits"}},
	"a metadata endpoint":    {config: `{"ec2_metadata_service_endpoint": "169.254.169.254"}`, attribute: root("ec2_metadata_service_endpoint"), errors: []string{"must be a URL"}},
	"a metadata mode":        {config: `{"ec2_metadata_service_endpoint_mode": "IPv5"}`, attribute: root("ec2_metadata_service_endpoint_mode"), errors: []string{"IPv6"}},
	"a metadata check":       {config: `{"skip_metadata_api_check": "maybe"}`, attribute: root("skip_metadata_api_check"), errors: []string{"must be true or false"}},
	"an endpoint":            {config: `{"endpoints": [{"customerprofiles": "localhost:4566"}]}`, attribute: in("endpoints", "customerprofiles"), errors: []string{"must be a URL with http or https"}},
	"an endpoint's password": {config: `{"endpoints": [{"sts": "ftp://me:pass-word@example.com"}]}`, attribute: in("endpoints", "sts"), errors: []string{"must be a URL"}, not: "pass-word"},
	"a proxy":                {config: `{"http_proxy": "ftp://example.com"}`, attribute: root("http_proxy"), errors: []string{"must be the URL of a proxy"}},
	"a proxy without a host": {config: `{"https_proxy": "http://"}`, attribute: root("https_proxy"), errors: []string{"must be the URL of a proxy"}},
	"a proxy's password":     {config: `{"https_proxy": "http://me:pass%word@example.com"}`, attribute: root("https_proxy"), errors: []string{"must be the URL of a proxy"}, not: "pass%word"},
	"attempts":               {config: `{"max_retries": -1}`, attribute: root("max_retries"), errors: []string{"at least 0"}},
	"a retry mode":           {config: `{"retry_mode": "legacy"}`, attribute: root("retry_mode"), errors: []string{"adaptive"}},
	"a capacity":             {config: `{"token_bucket_rate_limiter_capacity": -1}`, attribute: root("token_bucket_rate_limiter_capacity"), errors: []string{"at least 0"}},
	"a shared file":          {config: `{"shared_config_files": [null]}`, attribute: root("shared_config_files"), errors: []string{"null"}},
	"a role's ARN":           {config: `{"assume_role": [{"role_arn": "role/one"}]}`, attribute: in("assume_role", "role_arn"), errors: []string{"must be an ARN", "role/one"}},
	"a role's account":       {config: `{"assume_role": [{"role_arn": "arn:aws:iam::12:role/one"}]}`, attribute: in("assume_role", "role_arn"), errors: []string{"must be an ARN"}},
	"a session too short":    {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "duration": "14m59s"}]}`, attribute: in("assume_role", "duration"), errors: []string{"from 15 minutes (15m) to 12 hours (12h)", "14m59s"}},
	"a session too long":     {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "duration": "12h1s"}]}`, attribute: in("assume_role", "duration"), errors: []string{"12 hours"}},
	"a session of 3600":      {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "duration": "3600"}]}`, attribute: in("assume_role", "duration"), errors: []string{"must be a duration"}},
	"a policy":               {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "policy": "{"}]}`, attribute: in("assume_role", "policy"), errors: []string{"must be a JSON object"}},
	"a policy of null":       {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "policy": " null\n"}]}`, attribute: in("assume_role", "policy"), errors: []string{"must be a JSON object: it is null"}},
	"a policy in a list":     {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "policy": "[{}]"}]}`, attribute: in("assume_role", "policy"), errors: []string{"must be a JSON object"}},
	"a policy's key twice":   {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "policy": "{\"Version\": 1, \"Version\": 2}"}]}`, attribute: in("assume_role", "policy"), errors: []string{`duplicate key "Version"`}},
	"a policy's ARN":         {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "policy_arns": ["ReadOnly"]}]}`, attribute: in("assume_role", "policy_arns") + `.ElementKeyValue(tftypes.String<"ReadOnly">)`, errors: []string{"must be an ARN"}},
	"an external ID":         {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "external_id": "a b"}]}`, attribute: in("assume_role", "external_id"), errors: []string{"_+=,.@:/- only"}},
	"a session's name":       {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "session_name": "a/b"}]}`, attribute: in("assume_role", "session_name"), errors: []string{"_+=,.@- only"}},
	"a source identity":      {config: `{"assume_role": [{"role_arn": "` + arnOf + `one", "source_identity": "a"}]}`, attribute: in("assume_role", "source_identity"), errors: []string{"between 2 and 64"}},
	"a chain with a gap":     {config: `{"assume_role": [{}, {"role_arn": "` + arnOf + `one"}]}`, attribute: root("assume_role") + ".ElementKeyInt(0)", errors: []string{"assume_role 1 of 2 names no role_arn"}},
	"a web identity's role":  {config: `{"assume_role_with_web_identity": [{"web_identity_token": "a-web-identity"}]}`, attribute: root("assume_role_with_web_identity") + ".ElementKeyInt(0)", errors: []string{"names no role_arn"}, not: "a-web-identity"},
	"a web identity too short": {
		config:    `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one", "web_identity_token": "x*x"}]}`,
		attribute: in("assume_role_with_web_identity", "web_identity_token"), errors: []string{"between 4 and 20000"}, not: "x*x",
	},
	"two web identities": {
		config:    `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one", "web_identity_token": "a-web-identity", "web_identity_token_file": "/a/file"}]}`,
		attribute: in("assume_role_with_web_identity", "web_identity_token_file"), errors: []string{"web_identity_token"}, not: "a-web-identity",
	},
	"two blocks of web identity": {
		config:    `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one", "web_identity_token": "aaaa"}, {"role_arn": "` + arnOf + `one", "web_identity_token": "bbbb"}]}`,
		attribute: root("assume_role_with_web_identity"), errors: []string{"at most 1"},
	},
}

func TestValidation(t *testing.T) {
	t.Parallel()
	for name, row := range validationRows {
		row.stage = "validate"
		t.Run(name, row.run)
	}
}

// What is on the edge of what is refused is taken.
func TestValidationEdges(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]string{
		"durations":         `"assume_role": [{"role_arn": "ARNone", "duration": "15m"}, {"role_arn": "ARNtwo", "duration": "12h"}]`,
		"names":             `"assume_role": [{"role_arn": "ARNone", "session_name": "a_+=,.@-Z9", "source_identity": "ab", "external_id": "a:b/c"}]`,
		"ARNs of elsewhere": `"assume_role": [{"role_arn": "arn:aws-cn:iam::123456789012:role/path/one"}, {"role_arn": "arn:aws-us-gov:iam::123456789012:role/one"}]`,
		"proxies":           `"http_proxy": "proxy.example.com:3128", "https_proxy": "socks5://user:word@proxy.example.com:1080"`,
		"empty strings": `"profile": "", "region": "", "retry_mode": "", "http_proxy": "", "https_proxy": "", "skip_metadata_api_check": "",
			"ec2_metadata_service_endpoint": "", "ec2_metadata_service_endpoint_mode": "", "custom_ca_bundle": "", "endpoints": [{"sts": ""}]`,
		"letters of a mode": `"ec2_metadata_service_endpoint_mode": "ipv6"`,
		"unset":             `"shared_config_files": [], "user_agent": [], "allowed_account_ids": [], "assume_role": [], "endpoints": []`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			config := strings.ReplaceAll(`{"profile": "nobody", `+arguments+`}`, "ARN", arnOf)
			config = strings.Replace(config, `{"profile": "nobody", "profile"`, `{"profile"`, 1)
			came := runRow(t, w.environment(nil), request{Config: []byte(config)})
			if came.Stage == "validate" {
				t.Errorf("refused: %v", came.errors())
			}
		})
	}
}
