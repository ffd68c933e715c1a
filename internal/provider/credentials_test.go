// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"maps"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
)

const temporaryKeys = `"access_key": "AKIATEMPORARY", "secret_key": "temporary-secret/key+",
	"token": "temporary-token/of+someone"`

var (
	envKeys      = map[string]string{"AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "env-secret/key+"}
	metadataEnv  = map[string]string{"AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": "$METADATA"}
	containerEnv = map[string]string{
		"AWS_CONTAINER_CREDENTIALS_FULL_URI": "$METADATA/container",
		"AWS_CONTAINER_AUTHORIZATION_TOKEN":  fakeaws.ContainerToken,
	}
	identityEnv = map[string]string{
		"AWS_ROLE_ARN": "$ROLE/one", "AWS_ROLE_SESSION_NAME": "session-from-env",
		"AWS_WEB_IDENTITY_TOKEN_FILE": "$DIR/identity",
	}
)

// merge returns the union of maps. Later maps take precedence.
func merge(all ...map[string]string) map[string]string {
	merged := map[string]string{}
	for _, m := range all {
		maps.Copy(merged, m)
	}
	return merged
}

var credentialCases = map[string]testCase{
	"static keys":            {config: `$KEYS`, wantAccessKey: "AKIACONFIG"},
	"static keys with token": {config: temporaryKeys, wantAccessKey: "AKIATEMPORARY"},
	"environment with token": {
		env: map[string]string{
			"AWS_ACCESS_KEY_ID": "AKIATEMPORARY", "AWS_SECRET_ACCESS_KEY": "temporary-secret/key+",
			"AWS_SESSION_TOKEN": "temporary-token/of+someone",
		},
		wantAccessKey: "AKIATEMPORARY",
	},
	"profile":            {config: `"profile": "work"`, home: true, wantAccessKey: "AKIAWORK", wantMaxAttempts: "7"},
	"credential_process": {config: `"profile": "process"`, home: true, wantAccessKey: "AKIAPROCESS"},
	"SSO cache": {
		config: `"profile": "sso"`, home: true, wantAccessKey: "ASIASSOROLE",
		wantCalls: []string{"sso GET /federation/credentials sso-role"},
	},
	"container": {env: containerEnv, wantAccessKey: "ASIACONTAINERROLE", wantCalls: []string{"container GET /container"}},
	"metadata service": {
		env: merge(metadataEnv, map[string]string{"AWS_REGION": ""}), wantAccessKey: "ASIAINSTANCEROLE",
		wantRegion: fakeaws.InstanceRegion, wantCalls: []string{"metadata"},
	},
	"metadata service endpoint": {
		config: `"ec2_metadata_service_endpoint": "$METADATA"`, env: map[string]string{"AWS_EC2_METADATA_DISABLED": ""},
		wantAccessKey: "ASIAINSTANCEROLE", wantCalls: []string{"metadata"},
	},
	"metadata service over IPv6": {
		config: `"ec2_metadata_service_endpoint_mode": "IPv6"`, env: map[string]string{"AWS_EC2_METADATA_DISABLED": ""},
		wantAccessKey: "ASIAINSTANCEROLE", wantCalls: []string{"metadata"}, wantProxied: []string{"http://fd00:ec2::254"},
	},
	"metadata service disabled in environment but not skipped": {
		config: `"skip_metadata_api_check": "false"`,
		env:    merge(metadataEnv, map[string]string{"AWS_EC2_METADATA_DISABLED": "true"}), wantAccessKey: "ASIAINSTANCEROLE",
		wantCalls: []string{"metadata"},
	},
	"metadata service skipped": {
		config: `"skip_metadata_api_check": "true"`, env: metadataEnv, wantStage: "configure",
		wantErrors: []string{"No AWS credentials found"},
	},

	"static keys before environment": {config: `$KEYS`, env: envKeys, wantAccessKey: "AKIACONFIG"},
	"profile before environment": {
		config: `"profile": "work"`, env: merge(envKeys, map[string]string{"AWS_PROFILE": "process"}), home: true,
		wantAccessKey: "AKIAWORK", wantMaxAttempts: "7",
	},
	"environment before web identity": {env: merge(envKeys, identityEnv), home: true, wantAccessKey: "AKIAENV"},
	"shared files before container":   {env: containerEnv, home: true, wantAccessKey: "AKIADEFAULT"},
	"shared files from arguments": {
		config: `"shared_config_files": ["$DIR/config"], "shared_credentials_files": ["$DIR/missing", "~/$NAME"],
			"profile": "work"`,
		env: map[string]string{
			"AWS_CONFIG_FILE": "/missing", "AWS_SHARED_CREDENTIALS_FILE": "/missing", "NAME": "credentials",
		},
		home: true, wantAccessKey: "AKIAWORK", wantMaxAttempts: "7",
	},

	"no credentials": {
		wantStage:  "configure",
		wantErrors: []string{"No AWS credentials found", "access_key and secret_key", "AWS_ROLE_ARN"},
	},
	"only AWS_ACCESS_KEY_ID": {
		env: map[string]string{"AWS_ACCESS_KEY_ID": "AKIAENV"}, wantStage: "configure",
		wantErrors: []string{noCredentials, "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is missing"},
	},
	"only AWS_SECRET_ACCESS_KEY": {
		env: map[string]string{"AWS_SECRET_ACCESS_KEY": "env-secret/key+"}, wantStage: "configure", secret: "env-secret",
		wantErrors: []string{noCredentials, "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is missing"},
	},
	"only AWS_ACCESS_KEY": {
		env: map[string]string{"AWS_ACCESS_KEY": "AKIAENV"}, wantStage: "configure",
		wantErrors: []string{noCredentials, "AWS_ACCESS_KEY is set, but AWS_SECRET_ACCESS_KEY is missing"},
	},
	"profile not found": {
		config: `"profile": "missing"`, home: true, wantStage: "configure", wantAttribute: "profile",
		wantErrors: []string{"AWS profile not found", `Profile "missing" was not found`, "shared_config_files"},
	},
	"profile from environment not found": {
		env: map[string]string{"AWS_PROFILE": "missing"}, home: true, wantStage: "configure",
		wantErrors: []string{"AWS profile not found", `Profile "missing" (from AWS_PROFILE) was not found`},
	},
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	runAll(t, credentialCases)
}

const malformedOutput = "the command's output isn't a JSON object with credentials: unexpected end of JSON input"

// The errors of a credential_process don't contain its output.
func TestCredentialProcessFault(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]testCase{
		"malformed output": {
			config: `"profile": "malformed"`, wantErrors: []string{noCredentials, malformedOutput},
			secret: "malformed-process-secret",
		},
		"malformed output of source_profile": {
			config: `"profile": "chained-malformed"`, wantErrors: []string{noCredentials, malformedOutput},
			secret: "malformed-process-secret",
		},
		"malformed output on read": {
			config: `"profile": "expiring"`, env: map[string]string{"MALFORMED_RUN": "2"}, wantStage: "read",
			wantErrors: []string{malformedOutput, "credential_process"}, secret: "malformed-process-secret",
		},
		"endless output": {
			config: `"profile": "endless"`, wantErrors: []string{noCredentials, "more than 1 MB to its standard output"},
			secret: strings.Repeat("y\n", 3),
		},
		"endless output of source_profile": {
			config: `"profile": "chained-endless"`, secret: strings.Repeat("y\n", 3),
			wantErrors: []string{noCredentials, "more than 1 MB to its standard output"},
		},
		"large output": {
			config: `"profile": "large"`, wantErrors: []string{noCredentials, "more than 1 MB to its standard output"},
		},
		"output stays open": {
			config:     `"profile": "open-output"`,
			wantErrors: []string{noCredentials, "a process that it started kept its standard output open for 5s"},
		},
	} {
		tc.home = true
		tc.wantStage = cmp.Or(tc.wantStage, "configure")
		t.Run(name, tc.run)
	}
}
