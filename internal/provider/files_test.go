// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

const (
	notRegular = " isn't a regular file"
	tooLarge   = " has 10485761 bytes, more than 10 MB"
)

// A directory stands for everything that isn't a regular file, because no other is
// on every system.
func TestInputFiles(t *testing.T) {
	t.Parallel()
	runAll(t, map[string]testCase{
		"argument isn't a regular config file": {
			config: `$KEYS, "shared_config_files": ["$DIR/config", "$DIR"]`, wantStage: "configure",
			wantAttribute: "shared_config_files[1]",
			wantErrors:    []string{"Could not read file", "shared_config_files: ", notRegular, "at most 10 MB"},
		},
		"argument is a large config file": {
			config: `$KEYS, "shared_config_files": ["$DIR/larger"]`, wantStage: "configure",
			wantAttribute: "shared_config_files[0]", wantErrors: []string{tooLarge},
		},
		"argument isn't a regular credentials file": {
			config: `$KEYS, "shared_credentials_files": ["~/.."]`, wantStage: "configure",
			wantAttribute: "shared_credentials_files[0]", wantErrors: []string{notRegular},
		},
		"variable isn't a regular config file": {
			config: `$KEYS`, env: map[string]string{"AWS_CONFIG_FILE": "$DIR"}, wantStage: "configure",
			wantErrors: []string{"Could not read file", "AWS_CONFIG_FILE: ", notRegular},
		},
		"variable is a large credentials file": {
			config: `$KEYS`, env: map[string]string{"AWS_SHARED_CREDENTIALS_FILE": "$DIR/larger"}, wantStage: "configure",
			wantErrors: []string{"AWS_SHARED_CREDENTIALS_FILE: ", tooLarge},
		},
		"null device": {
			config:        `$KEYS, "shared_credentials_files": ["` + os.DevNull + `"]`,
			env:           map[string]string{"AWS_CONFIG_FILE": os.DevNull},
			wantAccessKey: "AKIACONFIG",
		},
		"argument isn't a regular CA bundle": {
			config: `$KEYS, "custom_ca_bundle": "~/../"`, wantStage: "configure", wantAttribute: "custom_ca_bundle",
			wantErrors: []string{"Could not read file", "custom_ca_bundle: ", notRegular},
		},
		"variable is a large CA bundle": {
			config: `$KEYS`, env: map[string]string{"AWS_CA_BUNDLE": "$DIR/larger"}, wantStage: "configure",
			wantErrors: []string{"Could not read file", "AWS_CA_BUNDLE: ", tooLarge},
		},
		"variable is a missing CA bundle": {
			config: `$KEYS`, env: map[string]string{"AWS_CA_BUNDLE": "$DIR/missing.pem"}, wantStage: "configure",
			wantErrors: []string{"Could not read file", "AWS_CA_BUNDLE: ", "missing.pem: ", acctest.FileNotFound},
		},
		"CA bundle of the profile isn't a regular file": {
			config: `$KEYS, "profile": "bundle-is-a-directory"`, home: true, wantStage: "configure",
			wantErrors: []string{"Could not read file", `ca_bundle in the profile "bundle-is-a-directory": .` + notRegular},
		},
		"missing CA bundle of the profile in a variable": {
			config: `$KEYS`, env: map[string]string{"AWS_PROFILE": "missing-bundle"}, home: true, wantStage: "configure",
			wantErrors: []string{`ca_bundle in the profile "missing-bundle": `, acctest.FileNotFound},
		},
		"variable before the profile's CA bundle": {
			config: tlsEndpoint + `, "profile": "bundle-is-a-directory"`, env: map[string]string{"AWS_CA_BUNDLE": "$DIR/ca.pem"},
			home: true, wantAccessKey: "AKIACONFIG",
		},
		"argument before variable of the CA bundle": {
			config: tlsEndpoint + `, "custom_ca_bundle": "~/ca.pem"`, env: map[string]string{"AWS_CA_BUNDLE": "$DIR"},
			wantAccessKey: "AKIACONFIG",
		},
		"variable is a CA bundle without certificates": {
			config: `$KEYS`, env: map[string]string{"AWS_CA_BUNDLE": "$DIR/quote"}, wantStage: "configure",
			wantErrors: []string{"Could not read file", "AWS_CA_BUNDLE: ", "quote has no PEM-encoded certificate"},
		},
		"argument is an empty CA bundle": {
			config: `$KEYS, "custom_ca_bundle": "` + os.DevNull + `"`, wantStage: "configure",
			wantAttribute: "custom_ca_bundle", wantErrors: []string{os.DevNull + " has no PEM-encoded certificate"},
		},
		"config file with a quotation mark as a value": {
			config: `$KEYS`, env: map[string]string{"AWS_CONFIG_FILE": "$DIR/quote"}, wantStage: "configure",
			wantErrors: []string{"Could not read file", "AWS_CONFIG_FILE: ", "quote can't be parsed", "single quotation mark"},
		},
		"argument is a credentials file with a quotation mark as a value": {
			config: `"shared_credentials_files": ["$DIR/quote"]`, wantStage: "configure",
			wantAttribute: "shared_credentials_files[0]", wantErrors: []string{"quote can't be parsed"},
		},
		"container token isn't a regular file": {
			env:       merge(containerEnv, map[string]string{"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "$DIR"}),
			wantStage: "configure",
			wantErrors: []string{
				"Could not read file", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: ", notRegular, "at most 1 MB",
			},
		},
		"container token is large": {
			env:        merge(containerEnv, map[string]string{"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "$DIR/large"}),
			wantStage:  "configure",
			wantErrors: []string{"has 1048577 bytes, more than 1 MB"},
		},
		"container token isn't used": {
			config:        `$KEYS`,
			env:           merge(containerEnv, map[string]string{"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "$DIR"}),
			wantAccessKey: "AKIACONFIG",
		},
		"null as cached token of aws login": {
			config: `"profile": "null-login"`, home: true, wantStage: "configure",
			wantErrors: []string{"Invalid cached token", ".json is null", "run aws login"},
		},
		"cached token of SSO in source_profile isn't a regular file": {
			config: `"profile": "chained-sso-directory"`, home: true, wantStage: "configure",
			wantErrors: []string{"Invalid cached token", notRegular, "run aws sso login"},
		},
		"cached token isn't used": {
			config: `$KEYS, "profile": "null-login"`, home: true, wantAccessKey: "AKIACONFIG",
		},
		"cached token isn't used because of the environment": {
			env: merge(envKeys, map[string]string{"AWS_PROFILE": "null-login"}), home: true, wantAccessKey: "AKIAENV",
		},
	})
}
