// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
)

const (
	tokenFileAttribute = "assume_role_with_web_identity[0].web_identity_token_file"

	assumeOne     = `"assume_role": [{"role_arn": "$ROLE/one"}]`
	sessionFields = `"role_arn": "$ROLE/one", "duration": "1h", "policy": "{\"Version\": \"2012-10-17\"}",
		"policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"], "session_name": "the-session"`
)

var (
	deviceEnv         = map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "/dev/zero"}
	assumeOneCalls    = []string{"sts AssumeRole one AKIACONFIG us-east-1"}
	webIdentityCalls  = []string{"sts AssumeRoleWithWebIdentity one"}
	sessionParameters = map[string]string{
		"DurationSeconds": "3600", "Policy": `{"Version": "2012-10-17"}`,
		"PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "RoleSessionName": "the-session",
	}
)

var roleCases = map[string]testCase{
	"role": {
		config: `$KEYS, "assume_role": [{` + sessionFields + `, "external_id": "ex/ter:nal", "source_identity": "someone",
			"tags": {"team": "data"}, "transitive_tag_keys": ["team"]}]`,
		wantAccessKey: "ASIAONE", wantCalls: assumeOneCalls,
		wantParameters: merge(sessionParameters, map[string]string{
			"ExternalId": "ex/ter:nal", "SourceIdentity": "someone",
			"Tags.member.1.Key": "team", "Tags.member.1.Value": "data", "TransitiveTagKeys.member.1": "team",
		}),
	},
	"chain of three roles": {
		config: `"assume_role": [{"role_arn": "$ROLE/one"}, {"role_arn": "$ROLE/two"}, {"role_arn": "$ROLE/three"}]`,
		env:    envKeys, wantAccessKey: "ASIATHREE",
		wantCalls: []string{
			"sts AssumeRole one AKIAENV us-east-1", "sts AssumeRole two ASIAONE us-east-1",
			"sts AssumeRole three ASIATWO us-east-1",
		},
	},
	"role after role of the profile": {
		config: `"profile": "chained", "assume_role": [{"role_arn": "$ROLE/two"}]`, home: true, wantAccessKey: "ASIATWO",
		wantCalls: []string{"sts AssumeRole one AKIAWORK us-east-1", "sts AssumeRole two ASIAONE us-east-1"},
	},
	"STS Region": {
		config: `$KEYS, "sts_region": "eu-west-2", ` + assumeOne, wantAccessKey: "ASIAONE",
		wantCalls: []string{"sts AssumeRole one AKIACONFIG eu-west-2"},
	},
	"STS endpoint": {
		config: `$KEYS, "endpoints": [{"sts": "$STS"}], ` + assumeOne,
		env:    map[string]string{"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:1"}, wantAccessKey: "ASIAONE",
		wantCalls: assumeOneCalls,
	},
	"STS Region for the role of the profile": {
		config: `"profile": "chained", "sts_region": "eu-west-2"`, home: true, wantAccessKey: "ASIAONE",
		wantCalls: []string{"sts AssumeRole one AKIAWORK eu-west-2"},
	},
	"STS endpoint from environment with FIPS and dual stack": {
		config: `$KEYS, ` + assumeOne, wantAccessKey: "ASIAONE", wantCalls: assumeOneCalls,
		env: map[string]string{"AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"},
	},
	"STS endpoint with FIPS and dual stack": {
		config: `$KEYS, "insecure": true, "use_fips_endpoint": true, "use_dualstack_endpoint": true, ` + assumeOne,
		env:    map[string]string{"AWS_ENDPOINT_URL_STS": ""}, wantAccessKey: "ASIAONE", wantCalls: assumeOneCalls,
		wantProxied: []string{"https://sts-fips.us-east-1.api.aws"},
	},
	"empty assume_role block": {
		config: `$KEYS, "assume_role": [{}]`, wantAccessKey: "AKIACONFIG", wantWarning: "Empty assume_role block",
	},
	"role denied": {
		config:    `$KEYS, "assume_role": [{"role_arn": "$ROLE/denied"}]`,
		wantCalls: []string{"sts AssumeRole denied AKIACONFIG us-east-1"}, wantStage: "configure",
		wantErrors: []string{"Cannot assume IAM Role", "role/denied", "AccessDenied: User is not authorized"},
	},
	"session token in error": {
		config: `$KEYS, "assume_role": [{"role_arn": "$ROLE/one"}, {"role_arn": "$ROLE/signature-mismatch"}]`,
		wantCalls: []string{
			"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole signature-mismatch ASIAONE us-east-1",
		},
		wantStage:  "configure",
		wantErrors: []string{"Cannot assume IAM Role", "SignatureDoesNotMatch", "x-amz-security-token:***"},
		secret:     fakeaws.IssuedCredentials("one").SessionToken,
	},
	"session token in error on read": {
		config: `$KEYS, "assume_role": [{"role_arn": "$ROLE/one"}, {"role_arn": "$ROLE/expiring"}]`,
		wantCalls: []string{
			"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole expiring ASIAONE us-east-1",
			"sts AssumeRole expiring ASIAONE us-east-1",
		},
		wantStage: "read", wantErrors: []string{"SignatureDoesNotMatch", "x-amz-security-token:***"},
		secret: fakeaws.IssuedCredentials("one").SessionToken,
	},

	"web identity": {
		config: `"assume_role_with_web_identity": [{"web_identity_token": "an-identity-token",
			` + sessionFields + `}]`,
		wantAccessKey: "ASIAONE", wantCalls: webIdentityCalls,
		wantParameters: merge(sessionParameters, map[string]string{"WebIdentityToken": "an-identity-token"}),
	},
	"web identity from file": {
		config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token_file": "~/identity"}]`,
		home:   true, wantAccessKey: "ASIAONE", wantCalls: webIdentityCalls,
		wantParameters: map[string]string{"WebIdentityToken": "an-identity-token-from-a-file"},
	},
	"web identity token from environment": {
		config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one"}]`,
		env:    map[string]string{"TF_AWS_WEB_IDENTITY_TOKEN": "an-identity-token-from-env"}, wantAccessKey: "ASIAONE",
		wantCalls: webIdentityCalls, wantParameters: map[string]string{"WebIdentityToken": "an-identity-token-from-env"},
	},
	"web identity file from environment": {
		config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/two"}]`, env: identityEnv, home: true,
		wantAccessKey: "ASIATWO", wantCalls: []string{"sts AssumeRoleWithWebIdentity two"},
		wantParameters: map[string]string{"WebIdentityToken": "an-identity-token-from-a-file"},
	},
	"web identity from environment": {
		env: identityEnv, home: true, wantAccessKey: "ASIAONE", wantCalls: webIdentityCalls,
		wantParameters: map[string]string{"RoleSessionName": "session-from-env"},
	},
	"empty web identity block": {
		config: `"assume_role_with_web_identity": [{}]`, env: envKeys, wantAccessKey: "AKIAENV",
	},
	"web identity token expired": {
		config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token_file": "$DIR/expired"}]`,
		home:   true, wantCalls: webIdentityCalls, wantStage: "configure",
		wantErrors: []string{"Cannot assume IAM Role with web identity", "role/one", "ExpiredTokenException"},
		secret:     fakeaws.ExpiredToken,
	},
	"web identity token file not found": {
		config:    `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token_file": "$DIR/missing"}]`,
		wantStage: "configure", wantAttribute: tokenFileAttribute,
		wantErrors: []string{"Invalid web identity token file", "missing: no such file", "Set web_identity_token_file"},
	},
	"web identity token file is a device": {
		config:    `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token_file": "/dev/zero"}]`,
		wantStage: "configure", wantAttribute: tokenFileAttribute,
		wantErrors: []string{"Invalid web identity token file", "/dev/zero isn't a regular file"},
	},
	"web identity token file is a folder": {
		config:    `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token_file": "~/.aws"}]`,
		home:      true,
		wantStage: "configure", wantAttribute: tokenFileAttribute, wantErrors: []string{".aws isn't a regular file"},
	},
	"web identity token file too large": {
		config:    `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token_file": "~/large"}]`,
		wantStage: "configure", wantAttribute: tokenFileAttribute, wantErrors: []string{"large has 1048577 bytes"},
	},
	"web identity token file from environment is a device": {
		config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one"}]`, env: deviceEnv, wantStage: "configure",
		wantErrors: []string{
			"Invalid web identity token file", "AWS_WEB_IDENTITY_TOKEN_FILE: /dev/zero isn't a regular file",
		},
	},
	"web identity from environment, token file is a device": {
		env: merge(identityEnv, deviceEnv), wantStage: "configure",
		wantErrors: []string{"Invalid web identity token file", "Set AWS_WEB_IDENTITY_TOKEN_FILE to"},
	},
	"web identity from environment, token file with tilde": { // Only the provider block expands it.
		env: merge(identityEnv, map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "~/identity"}), home: true,
		wantStage: "configure", wantErrors: []string{"AWS_WEB_IDENTITY_TOKEN_FILE: ", acctest.FileNotFound},
	},
	"token file of the profile is a device": {
		config: `"profile": "token-is-a-device"`, home: true, wantStage: "configure",
		wantErrors: []string{"web_identity_token_file in the profile: /dev/zero isn't a regular file"},
	},
	"static keys, token file is a device": {
		config: `$KEYS`, env: merge(identityEnv, deviceEnv), wantAccessKey: "AKIACONFIG",
	},
	"static keys before web identity": {
		config:        `$KEYS, "assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token": "a-token"}]`,
		wantAccessKey: "AKIACONFIG",
	},
	"role after web identity": {
		config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one", "web_identity_token": "a-token"}],
			"assume_role": [{"role_arn": "$ROLE/two"}]`,
		wantAccessKey: "ASIATWO",
		wantCalls:     []string{"sts AssumeRoleWithWebIdentity one", "sts AssumeRole two ASIAONE us-east-1"},
	},
	"circular source_profile": {
		config: `"profile": "circular"`, home: true, wantStage: "configure",
		wantErrors: []string{
			"Invalid AWS configuration", "role/two can't be assumed with source_profile = circular", "leads back to the role.",
		},
	},
	"web identity without token": {
		config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one"}]`, wantStage: "configure",
		wantAttribute: "assume_role_with_web_identity[0]",
		wantErrors:    []string{"requires exactly one of web_identity_token and web_identity_token_file"},
	},
}

func TestRoles(t *testing.T) {
	t.Parallel()
	runAll(t, roleCases)
}
