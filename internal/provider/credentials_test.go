// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"crypto/sha1" //nolint:gosec // The SDK names the files of its cache by it.
	"encoding/hex"
	"maps"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
)

const (
	configKeys = `"access_key": "AKIACONFIG", "secret_key": "config-secret/key+"`
	arnOf      = "arn:aws:iam::123456789012:role/"
)

var (
	envKeys     = map[string]string{"AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "env-secret/key+"}
	sharedFiles = map[string]string{
		"config": "[default]\nregion = eu-central-1\n[profile work]\nregion = eu-west-1\nmax_attempts = 7\n" +
			"[profile process]\ncredential_process = $DIR/process\n" +
			"[profile broken]\ncredential_process = $DIR/broken\n" +
			"[profile waning]\ncredential_process = $DIR/waning\n" +
			"[profile sso]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = sso-role\n" +
			"[sso-session s]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n" +
			"[profile chained]\nrole_arn = " + arnOf + "one\nsource_profile = work\n" +
			"[profile federated]\nrole_arn = " + arnOf + "one\nweb_identity_token_file = $DIR/identity\n",
		"credentials": "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = default-secret/key+\n" +
			"[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = work-secret/key+\n",
		"process": "#!/bin/sh\necho '{\"Version\": 1, \"AccessKeyId\": \"AKIAPROCESS\", \"SecretAccessKey\": \"process-secret/key+\"}'\n",
		"broken":  "#!/bin/sh\necho '{\"Version\": 1, \"SecretAccessKey\": \"broken-process-secret\"'\n",
		// What it prints has expired already, so that it is run each time that the
		// credentials are used, and with the run that $DIR/last says it breaks.
		"waning":       "#!/bin/sh\necho run >> $DIR/runs\nif [ $(wc -l < $DIR/runs) -ge $(cat $DIR/last) ]; then cat $DIR/broken.json; else cat $DIR/process.json; fi\n",
		"process.json": `{"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": "process-secret/key+", "Expiration": "2024-01-01T00:00:00Z"}`,
		"broken.json":  `{"Version": 1, "SecretAccessKey": "broken-process-secret"`,
		ssoCache:       `{"accessToken": "` + fakeaws.SSOToken + `", "expiresAt": "2199-01-01T00:00:00Z", "region": "us-east-1", "startUrl": "https://example.awsapps.com/start"}`,
		"identity":     "an-identity-token-from-a-file",
		"expired":      fakeaws.ExpiredToken,
	}
	ssoCache = func() string {
		sum := sha1.Sum([]byte("s"))
		return ".aws/sso/cache/" + hex.EncodeToString(sum[:]) + ".json"
	}()
	metadataEnv  = map[string]string{"AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": "$METADATA"}
	containerEnv = map[string]string{"AWS_CONTAINER_CREDENTIALS_FULL_URI": "$METADATA/container", "AWS_CONTAINER_AUTHORIZATION_TOKEN": fakeaws.ContainerToken}
	identityEnv  = map[string]string{
		"AWS_ROLE_ARN": arnOf + "one", "AWS_WEB_IDENTITY_TOKEN_FILE": "$DIR/identity", "AWS_ROLE_SESSION_NAME": "from-the-environment",
	}
)

// with is several sets of variables in one.
func with(sets ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, set := range sets {
		maps.Copy(all, set)
	}
	return all
}

// credentialRows are where credentials come from, and which come first.
var credentialRows = map[string]row{
	"static, in the block": {config: `{` + configKeys + `}`, accessKey: "AKIACONFIG"},
	"static, with a token": {config: `{"access_key": "AKIATEMPORARY", "secret_key": "temporary-secret/key+", "token": "temporary-token/of+someone"}`, accessKey: "AKIATEMPORARY"},
	"static, empty":        {config: `{"access_key": "", "secret_key": "", "token": ""}`, env: envKeys, accessKey: "AKIAENV"},
	"environment":          {env: envKeys, accessKey: "AKIAENV"},
	"environment, with a token": {
		env:       map[string]string{"AWS_ACCESS_KEY_ID": "AKIATEMPORARY", "AWS_SECRET_ACCESS_KEY": "temporary-secret/key+", "AWS_SESSION_TOKEN": "temporary-token/of+someone"},
		accessKey: "AKIATEMPORARY",
	},
	"profile":                           {config: `{"profile": "work"}`, files: sharedFiles, accessKey: "AKIAWORK", attempts: "7"},
	"profile, by the environment":       {env: map[string]string{"AWS_PROFILE": "work"}, files: sharedFiles, accessKey: "AKIAWORK", attempts: "7"},
	"profile, the default":              {files: sharedFiles, accessKey: "AKIADEFAULT"},
	"credential_process":                {config: `{"profile": "process"}`, files: sharedFiles, accessKey: "AKIAPROCESS"},
	"SSO cache":                         {config: `{"profile": "sso"}`, files: sharedFiles, accessKey: "ASIASSOROLE", asked: []string{"sso GET /federation/credentials sso-role"}},
	"container":                         {env: containerEnv, accessKey: "ASIACONTAINERROLE", asked: []string{"container GET /container"}},
	"metadata service":                  {env: metadataEnv, accessKey: "ASIAINSTANCEROLE", metadata: true},
	"metadata service, with its Region": {env: with(metadataEnv, map[string]string{"AWS_REGION": ""}), accessKey: "ASIAINSTANCEROLE", wantRegion: fakeaws.InstanceRegion, metadata: true},
	"metadata service, by the argument": {config: `{"ec2_metadata_service_endpoint": "$METADATA"}`, env: map[string]string{"AWS_EC2_METADATA_DISABLED": ""}, accessKey: "ASIAINSTANCEROLE", metadata: true},
	"metadata service, over IPv6": {
		config:    `{"ec2_metadata_service_endpoint_mode": "IPv6"}`,
		env:       map[string]string{"AWS_EC2_METADATA_DISABLED": ""},
		accessKey: "ASIAINSTANCEROLE", metadata: true, hosts: []string{"http://fd00:ec2::254"},
	},
	"metadata service, not skipped although disabled": {
		config: `{"skip_metadata_api_check": "false"}`, env: with(metadataEnv, map[string]string{"AWS_EC2_METADATA_DISABLED": "true"}),
		accessKey: "ASIAINSTANCEROLE", metadata: true,
	},
	"metadata service, skipped": {
		config: `{"skip_metadata_api_check": "true"}`, env: metadataEnv,
		stage: "configure", errors: []string{"No AWS credentials", "access_key and secret_key"},
	},
	"metadata service, unset and disabled": {
		env:   with(metadataEnv, map[string]string{"AWS_EC2_METADATA_DISABLED": "true"}),
		stage: "configure", errors: []string{"No AWS credentials"},
	},

	"the block comes before the environment":           {config: `{` + configKeys + `}`, env: envKeys, accessKey: "AKIACONFIG"},
	"the block's keys come before its profile":         {config: `{` + configKeys + `, "profile": "work"}`, files: sharedFiles, accessKey: "AKIACONFIG", attempts: "7"},
	"the block's profile comes before the environment": {config: `{"profile": "work"}`, env: envKeys, files: sharedFiles, accessKey: "AKIAWORK", attempts: "7"},
	"the environment's keys come before its profile":   {env: with(envKeys, map[string]string{"AWS_PROFILE": "work"}), files: sharedFiles, accessKey: "AKIAENV", attempts: "7"},
	"the block's profile comes before the environment's": {
		config: `{"profile": "work"}`, env: map[string]string{"AWS_PROFILE": "process"}, files: sharedFiles, accessKey: "AKIAWORK", attempts: "7",
	},
	"the shared files come before the container": {env: containerEnv, files: sharedFiles, accessKey: "AKIADEFAULT"},
	"the container comes before the metadata service": {
		env: with(containerEnv, metadataEnv), accessKey: "ASIACONTAINERROLE", asked: []string{"container GET /container"},
	},
	"the environment comes before a web identity's": {env: with(envKeys, identityEnv), files: sharedFiles, accessKey: "AKIAENV"},
	"shared files by the arguments": {
		config:    `{"shared_config_files": ["$DIR/config"], "shared_credentials_files": ["$DIR/nowhere", "~/$NAME"], "profile": "work"}`,
		env:       map[string]string{"AWS_CONFIG_FILE": "/nowhere/config", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere/credentials", "NAME": "credentials"},
		files:     sharedFiles,
		accessKey: "AKIAWORK", attempts: "7",
	},

	"no credentials":                        {stage: "configure", errors: []string{"No AWS credentials", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", "AWS_WEB_IDENTITY_TOKEN_FILE"}},
	"a missing profile":                     {config: `{"profile": "nobody"}`, files: sharedFiles, stage: "configure", attribute: root("profile"), errors: []string{`There is no profile "nobody"`, "shared_config_files"}},
	"a missing profile, by the environment": {env: map[string]string{"AWS_PROFILE": "nobody"}, files: sharedFiles, stage: "configure", errors: []string{`There is no profile "nobody"`, "AWS_PROFILE"}},
	"a process that prints nonsense": {
		config: `{"profile": "broken"}`, files: sharedFiles, stage: "configure", errors: []string{"No AWS credentials", "parse failed of process output"}, not: "broken-process-secret",
	},
	"a process that prints nonsense when it is read": {
		config: `{"profile": "waning"}`, files: with(sharedFiles, map[string]string{"last": "4"}), stage: "read",
		errors: []string{"AWS credentials not renewed", "parse failed of process output: (not shown)", "came from the profile's credential_process. Run the command by hand"},
		not:    "broken-process-secret",
	},
	"a process that prints nonsense when it is configured": {
		config: `{"profile": "waning"}`, files: with(sharedFiles, map[string]string{"last": "3"}), stage: "configure",
		errors: []string{"AWS credentials not renewed", "parse failed of process output: (not shown)"}, not: "broken-process-secret",
	},
	"an SSO token that is gone": {
		config: `{"profile": "sso"}`, files: with(sharedFiles, map[string]string{ssoCache: "{}"}), stage: "configure", errors: []string{"No AWS credentials", "SSO"},
	},
	"a container that shows the wrong token": {
		env:   with(containerEnv, map[string]string{"AWS_CONTAINER_AUTHORIZATION_TOKEN": "wrong-token"}),
		stage: "configure", errors: []string{"No AWS credentials"}, asked: []string{"container GET /container"}, not: "wrong-token",
	},
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	for name, row := range credentialRows {
		t.Run(name, row.run)
	}
}
