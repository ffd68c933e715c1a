// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

// stsIdentity is the request for the account ID in these test cases.
var stsIdentity = []string{"sts GetCallerIdentity AKIACONFIG us-east-1"}

const noAccountID = "Could not determine the AWS account ID"

var accountCases = map[string]testCase{
	"valid credentials": {
		config: `$KEYS, "skip_credentials_validation": false`, wantAccessKey: "AKIACONFIG", wantCalls: stsIdentity,
	},
	"invalid credentials": {
		config:    `"access_key": "AKIAINVALID", "secret_key": "invalid-secret", "skip_credentials_validation": false`,
		wantCalls: []string{"sts GetCallerIdentity AKIAINVALID us-east-1"}, wantStage: "configure",
		wantErrors: []string{"AWS credentials rejected", "InvalidClientTokenId"}, secret: "invalid-secret",
	},
	"STS unreachable": {
		config: `$KEYS, "skip_credentials_validation": false, "max_retries": 1,
			"endpoints": [{"sts": "http://127.0.0.1:1"}]`,
		wantStage: "configure", wantErrors: []string{noAccountID, acctest.ConnectionRefused, "remove allowed_account_ids"},
	},
	"STS throttles": {
		config: `"access_key": "AKIATHROTTLED", "secret_key": "throttled-secret", "allowed_account_ids": ["123456789012"],
			"max_retries": 1`,
		wantCalls: []string{"sts GetCallerIdentity AKIATHROTTLED us-east-1"}, wantStage: "configure",
		wantErrors: []string{noAccountID, "Throttling: Rate exceeded"}, secret: "throttled-secret",
	},
	"STS server error": {
		config: `"access_key": "AKIAFAILING", "secret_key": "failing-secret", "allowed_account_ids": ["123456789012"],
			"max_retries": 1`,
		wantCalls: []string{"sts GetCallerIdentity AKIAFAILING us-east-1"}, wantStage: "configure",
		wantErrors: []string{noAccountID, "ServiceUnavailable"}, secret: "failing-secret",
	},
	"STS endpoint is another service": {
		config:    `$KEYS, "allowed_account_ids": ["123456789012"], "max_retries": 1, "endpoints": [{"sts": "$METADATA"}]`,
		wantCalls: []string{"metadata"}, wantStage: "configure", wantErrors: []string{noAccountID, "StatusCode: 401"},
	},
	"validation skipped": {config: `$KEYS, "skip_credentials_validation": true`, wantAccessKey: "AKIACONFIG"},
	"account allowed": {
		config: `$KEYS, "allowed_account_ids": ["123456789012"]`, wantAccessKey: "AKIACONFIG", wantCalls: stsIdentity,
	},
	"account not allowed": {
		config: `$KEYS, "allowed_account_ids": ["210987654321"]`, wantCalls: stsIdentity, wantStage: "configure",
		wantAttribute: "allowed_account_ids",
		wantErrors:    []string{"AWS account not allowed", "account 123456789012", "allows only 210987654321"},
	},
	"account forbidden": {
		config: `$KEYS, "forbidden_account_ids": ["123456789012"]`, wantCalls: stsIdentity, wantStage: "configure",
		wantAttribute: "forbidden_account_ids", wantErrors: []string{"AWS account not allowed", "account 123456789012"},
	},
	"account ID from IAM": {
		config: `$KEYS, "allowed_account_ids": ["123456789012"], "skip_credentials_validation": true,
			"endpoints": [{"iam": "$IAM"}]`,
		env: map[string]string{"AWS_ENDPOINT_URL_IAM": ""}, wantAccessKey: "AKIACONFIG",
		wantCalls: []string{"iam GetUser AKIACONFIG us-east-1"},
	},
	"IAM and STS endpoints with FIPS and dual stack": {
		config: `$KEYS, "allowed_account_ids": ["123456789012"], "skip_credentials_validation": true, "max_retries": 1,
			"use_fips_endpoint": true, "use_dualstack_endpoint": true, "sts_region": "eu-west-2",
			"endpoints": [{"iam": "$STS", "sts": "$STS"}]`,
		env: map[string]string{"AWS_ENDPOINT_URL_IAM": "", "AWS_ENDPOINT_URL_STS": ""}, wantAccessKey: "AKIACONFIG",
		wantMaxAttempts: "1",
		wantCalls:       []string{"sts GetUser AKIACONFIG us-east-1", "sts GetCallerIdentity AKIACONFIG eu-west-2"},
	},
	"STS without account, forbidden accounts": {
		config: `$KEYS, "forbidden_account_ids": ["123456789012"]`, wantCalls: stsIdentity, wantStage: "configure",
		aws:        respondTo("GetCallerIdentity", respondOK(identityWithAccount(""))),
		wantErrors: []string{noAccountID, "doesn't contain an account ID"},
	},
	"STS without account, allowed accounts": {
		config: `$KEYS, "allowed_account_ids": ["123456789012"]`, wantCalls: stsIdentity, wantStage: "configure",
		aws:        respondTo("GetCallerIdentity", respondOK(identityWithAccount(""))),
		wantErrors: []string{noAccountID, "doesn't contain an account ID"},
	},
	"STS with malformed account": {
		config: `$KEYS, "forbidden_account_ids": ["123456789012"]`, wantCalls: stsIdentity, wantStage: "configure",
		aws: respondTo("GetCallerIdentity", respondOK(identityWithAccount("123"))), wantErrors: []string{noAccountID},
	},
	"IAM with malformed ARN": {
		config: `$KEYS, "forbidden_account_ids": ["123456789012"], "skip_credentials_validation": true`,
		aws: respondTo("GetUser", respondOK(
			"<GetUserResponse><GetUserResult><User><Arn>arn:aws:iam::12:user/u</Arn></User></GetUserResult></GetUserResponse>")),
		wantCalls: []string{"sts GetCallerIdentity AKIACONFIG us-east-1", "iam GetUser AKIACONFIG us-east-1"},
		wantStage: "configure", wantAttribute: "forbidden_account_ids", wantErrors: []string{"account 123456789012"},
	},
	"IAM with empty object": {
		config:        `$KEYS, "allowed_account_ids": ["123456789012"], "skip_credentials_validation": true`,
		aws:           respondTo("GetUser", respondOK("{}")),
		wantCalls:     []string{"sts GetCallerIdentity AKIACONFIG us-east-1", "iam GetUser AKIACONFIG us-east-1"},
		wantAccessKey: "AKIACONFIG",
	},
	"forbidden accounts not checked": {
		config: `$KEYS, "forbidden_account_ids": ["123456789012"], "skip_credentials_validation": true,
			"skip_requesting_account_id": true`,
		wantAccessKey: "AKIACONFIG", wantWarning: "forbidden_account_ids has no effect",
	},
}

// identityWithAccount returns a response of STS.
func identityWithAccount(account string) string {
	return "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>" + account +
		"</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	runAll(t, accountCases)
}
