// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
)

const everySessionArgument = `"duration": "1h", "policy": "{\"Version\": \"2012-10-17\"}", "policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"], "session_name": "the-session"`

// roleRows are the roles that are assumed: the library asks once to see whether
// it can, and once for the credentials.
var roleRows = map[string]row{
	"one role": {
		config:    `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}]}`,
		accessKey: "ASIAONE",
		asked:     []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1"},
	},
	"one role, with the environment's keys": {
		config: `{"assume_role": [{"role_arn": "` + arnOf + `one"}]}`, env: envKeys,
		accessKey: "ASIAONE",
		asked:     []string{"sts AssumeRole one AKIAENV us-east-1", "sts AssumeRole one AKIAENV us-east-1"},
	},
	"one role, with every argument": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one", ` + everySessionArgument + `,
			"external_id": "ex/ter:nal", "source_identity": "someone", "tags": {"team": "data"}, "transitive_tag_keys": ["team"]}]}`,
		accessKey: "ASIAONE",
		asked:     []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1"},
		parameters: map[string]string{
			"RoleArn": arnOf + "one", "DurationSeconds": "3600", "ExternalId": "ex/ter:nal", "Policy": `{"Version": "2012-10-17"}`,
			"PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "RoleSessionName": "the-session", "SourceIdentity": "someone",
			"Tags.member.1.Key": "team", "Tags.member.1.Value": "data", "TransitiveTagKeys.member.1": "team",
		},
	},
	"a chain of three": {
		config:    `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}, {"role_arn": "` + arnOf + `two"}, {"role_arn": "` + arnOf + `three"}]}`,
		accessKey: "ASIATHREE",
		asked: []string{
			"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1",
			"sts AssumeRole two ASIAONE us-east-1", "sts AssumeRole two ASIAONE us-east-1",
			"sts AssumeRole three ASIATWO us-east-1", "sts AssumeRole three ASIATWO us-east-1",
		},
	},
	"a role of the profile": {
		config: `{"profile": "chained"}`, files: sharedFiles, accessKey: "ASIAONE", asked: []string{"sts AssumeRole one AKIAWORK us-east-1"},
	},
	"a role beside the profile's": {
		config: `{"profile": "chained", "assume_role": [{"role_arn": "` + arnOf + `two"}]}`, files: sharedFiles,
		accessKey: "ASIATWO",
		asked:     []string{"sts AssumeRole one AKIAWORK us-east-1", "sts AssumeRole two ASIAONE us-east-1", "sts AssumeRole two ASIAONE us-east-1"},
	},
	"a Region of STS": {
		config:    `{` + configKeys + `, "sts_region": "eu-west-2", "assume_role": [{"role_arn": "` + arnOf + `one"}]}`,
		accessKey: "ASIAONE",
		asked:     []string{"sts AssumeRole one AKIACONFIG eu-west-2", "sts AssumeRole one AKIACONFIG eu-west-2"},
	},
	"an endpoint of STS": {
		config: `{` + configKeys + `, "endpoints": [{"sts": "$STS"}], "assume_role": [{"role_arn": "` + arnOf + `one"}]}`,
		env:    map[string]string{"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:1"}, accessKey: "ASIAONE",
		asked: []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1"},
	},
	"an endpoint of STS, by the variable of hashicorp/aws": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}]}`,
		env:    map[string]string{"AWS_ENDPOINT_URL_STS": "", "TF_AWS_STS_ENDPOINT": "$STS"}, accessKey: "ASIAONE",
		asked: []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1"},
	},
	"STS's own endpoint": {
		config: `{` + configKeys + `, "insecure": true, "assume_role": [{"role_arn": "` + arnOf + `one"}]}`,
		env:    map[string]string{"AWS_ENDPOINT_URL_STS": ""}, accessKey: "ASIAONE", hosts: []string{"https://sts.us-east-1.amazonaws.com"},
		asked: []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1"},
	},
	"STS's own endpoint, with FIPS and dual stack": {
		config: `{` + configKeys + `, "insecure": true, "use_fips_endpoint": true, "use_dualstack_endpoint": true, "assume_role": [{"role_arn": "` + arnOf + `one"}]}`,
		env:    map[string]string{"AWS_ENDPOINT_URL_STS": ""}, accessKey: "ASIAONE", hosts: []string{"https://sts-fips.us-east-1.api.aws"},
		asked: []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1"},
	},
	"a block without a role": {
		config: `{` + configKeys + `, "assume_role": [{}]}`, accessKey: "AKIACONFIG", warning: "assume_role names no role_arn",
	},
	"a role that is denied": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `denied"}]}`,
		stage:  "configure", errors: []string{"Cannot assume IAM Role", arnOf + "denied", "AccessDenied: User is not authorized"},
		asked: []string{"sts AssumeRole denied AKIACONFIG us-east-1"},
	},
	"a role that is denied in a chain": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}, {"role_arn": "` + arnOf + `denied"}]}`,
		stage:  "configure", errors: []string{"Cannot assume IAM Role", arnOf + "denied", "AccessDenied"},
		asked: []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole denied ASIAONE us-east-1"},
	},
	"an error that shows the token": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}, {"role_arn": "` + arnOf + `missigned"}]}`,
		stage:  "configure", errors: []string{"SignatureDoesNotMatch", "x-amz-security-token:***"}, not: fakeaws.Issued("one").SessionToken,
		asked: []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole missigned ASIAONE us-east-1"},
	},
	"an error that shows the token when it is read": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}, {"role_arn": "` + arnOf + `waning"}]}`,
		stage:  "read", errors: []string{"AWS credentials not renewed", "SignatureDoesNotMatch", "x-amz-security-token:***", "came from a role that was assumed"},
		not: fakeaws.Issued("one").SessionToken,
		asked: []string{
			"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1",
			"sts AssumeRole waning ASIAONE us-east-1", "sts AssumeRole waning ASIAONE us-east-1", "sts AssumeRole waning ASIAONE us-east-1",
		},
	},

	"web identity": {
		config:    `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one", "web_identity_token": "an-identity-token", ` + everySessionArgument + `}]}`,
		accessKey: "ASIAONE",
		asked:     []string{"sts AssumeRoleWithWebIdentity one", "sts AssumeRoleWithWebIdentity one"},
		parameters: map[string]string{
			"RoleArn": arnOf + "one", "DurationSeconds": "3600", "Policy": `{"Version": "2012-10-17"}`,
			"PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "RoleSessionName": "the-session", "WebIdentityToken": "an-identity-token",
		},
	},
	"web identity, by a file": {
		config: `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one", "web_identity_token_file": "~/identity"}]}`, files: sharedFiles,
		accessKey: "ASIAONE", asked: []string{"sts AssumeRoleWithWebIdentity one", "sts AssumeRoleWithWebIdentity one"},
		parameters: map[string]string{"WebIdentityToken": "an-identity-token-from-a-file"},
	},
	"web identity, its token by the environment": {
		config: `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one"}]}`, env: map[string]string{"TF_AWS_WEB_IDENTITY_TOKEN": "a-token-of-the-environment"},
		accessKey: "ASIAONE", asked: []string{"sts AssumeRoleWithWebIdentity one", "sts AssumeRoleWithWebIdentity one"},
		parameters: map[string]string{"WebIdentityToken": "a-token-of-the-environment"},
	},
	"web identity, its file by the environment": {
		config: `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `two"}]}`, env: identityEnv, files: sharedFiles,
		accessKey: "ASIATWO", asked: []string{"sts AssumeRoleWithWebIdentity two", "sts AssumeRoleWithWebIdentity two"},
		parameters: map[string]string{"WebIdentityToken": "an-identity-token-from-a-file"},
	},
	"web identity, by the environment": {
		env: identityEnv, files: map[string]string{"identity": "an-identity-token-from-a-file"},
		accessKey: "ASIAONE", asked: []string{"sts AssumeRoleWithWebIdentity one"},
		parameters: map[string]string{"WebIdentityToken": "an-identity-token-from-a-file", "RoleSessionName": "from-the-environment"},
	},
	"web identity, by the profile": {
		config: `{"profile": "federated"}`, files: sharedFiles, accessKey: "ASIAONE", asked: []string{"sts AssumeRoleWithWebIdentity one"},
	},
	"web identity, then a role": {
		config: `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one", "web_identity_token": "an-identity-token"}],
			"assume_role": [{"role_arn": "` + arnOf + `two"}]}`,
		accessKey: "ASIATWO",
		asked: []string{
			"sts AssumeRoleWithWebIdentity one", "sts AssumeRoleWithWebIdentity one",
			"sts AssumeRole two ASIAONE us-east-1", "sts AssumeRole two ASIAONE us-east-1",
		},
	},
	"web identity, an empty block": {config: `{"assume_role_with_web_identity": [{}]}`, env: envKeys, accessKey: "AKIAENV"},
	"web identity, an expired token": {
		config: `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one", "web_identity_token_file": "$DIR/expired"}]}`, files: sharedFiles,
		stage: "configure", errors: []string{"Cannot assume IAM Role with web identity", arnOf + "one", "ExpiredTokenException", "Token expired"}, not: fakeaws.ExpiredToken,
		asked: []string{"sts AssumeRoleWithWebIdentity one"},
	},
	"web identity, a missing file": {
		config: `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one", "web_identity_token_file": "$DIR/nowhere"}]}`,
		stage:  "configure", errors: []string{"Cannot assume IAM Role with web identity", "nowhere", "no such file"},
	},
	"web identity, no token": {
		config: `{"assume_role_with_web_identity": [{"role_arn": "` + arnOf + `one"}]}`,
		stage:  "configure", attribute: `AttributeName("assume_role_with_web_identity").ElementKeyInt(0)`,
		errors: []string{"Exactly one of web_identity_token and web_identity_token_file is needed"},
	},
}

func TestRoles(t *testing.T) {
	t.Parallel()
	for name, row := range roleRows {
		t.Run(name, row.run)
	}
}
