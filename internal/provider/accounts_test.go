// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import "testing"

// accountRows are whether STS is asked who calls, and for what.
var accountRows = map[string]row{
	"valid credentials": {
		config: `{` + configKeys + `, "skip_credentials_validation": false}`, accessKey: "AKIACONFIG", asked: []string{"sts GetCallerIdentity AKIACONFIG us-east-1"},
	},
	"invalid credentials": {
		config: `{"access_key": "AKIAINVALID", "secret_key": "invalid-secret", "skip_credentials_validation": false}`,
		stage:  "configure", errors: []string{"AWS credentials refused", "GetCallerIdentity", "InvalidClientTokenId"}, not: "invalid-secret",
		asked: []string{"sts GetCallerIdentity AKIAINVALID us-east-1"},
	},
	"an STS that is not there": {
		config: `{` + configKeys + `, "skip_credentials_validation": false, "max_retries": 1, "endpoints": [{"sts": "http://127.0.0.1:1"}]}`,
		stage:  "configure", errors: []string{"AWS account not found out", "connection refused", "skip_credentials_validation"},
	},
	"an STS that is throttled": {
		config: `{"access_key": "AKIATHROTTLED", "secret_key": "throttled-secret", "allowed_account_ids": ["123456789012"], "max_retries": 1}`,
		stage:  "configure", errors: []string{"AWS account not found out", "Throttling: Rate exceeded"}, not: "throttled-secret",
		asked: []string{"sts GetCallerIdentity AKIATHROTTLED us-east-1"},
	},
	"an STS that fails": {
		config: `{"access_key": "AKIAFAILING", "secret_key": "failing-secret", "allowed_account_ids": ["123456789012"], "max_retries": 1}`,
		stage:  "configure", errors: []string{"AWS account not found out", "ServiceUnavailable"}, not: "failing-secret",
		asked: []string{"sts GetCallerIdentity AKIAFAILING us-east-1"},
	},
	"an STS that is something else": {
		config: `{` + configKeys + `, "allowed_account_ids": ["123456789012"], "max_retries": 1, "endpoints": [{"sts": "$METADATA"}]}`,
		stage:  "configure", metadata: true, errors: []string{"AWS account not found out", "StatusCode: 401"},
	},
	"credentials that are not validated": {config: `{` + configKeys + `, "skip_credentials_validation": true}`, accessKey: "AKIACONFIG"},
	"an account that nobody asks for":    {config: `{` + configKeys + `, "skip_requesting_account_id": false}`, accessKey: "AKIACONFIG"},
	"an allowed account": {
		config: `{` + configKeys + `, "allowed_account_ids": ["123456789012"]}`, accessKey: "AKIACONFIG", asked: []string{"sts GetCallerIdentity AKIACONFIG us-east-1"},
	},
	"an account that is not allowed": {
		config: `{` + configKeys + `, "allowed_account_ids": ["210987654321"]}`,
		stage:  "configure", attribute: `AttributeName("allowed_account_ids")`,
		errors: []string{"AWS account not allowed", "account 123456789012", "only 210987654321"}, asked: []string{"sts GetCallerIdentity AKIACONFIG us-east-1"},
	},
	"a forbidden account": {
		config: `{` + configKeys + `, "forbidden_account_ids": ["123456789012"]}`,
		stage:  "configure", attribute: `AttributeName("forbidden_account_ids")`,
		errors: []string{"AWS account not allowed", "account 123456789012"}, asked: []string{"sts GetCallerIdentity AKIACONFIG us-east-1"},
	},
	"an account that is not forbidden": {
		config: `{` + configKeys + `, "forbidden_account_ids": ["210987654321"]}`, accessKey: "AKIACONFIG", asked: []string{"sts GetCallerIdentity AKIACONFIG us-east-1"},
	},
	"an allowed account, by IAM": {
		config:    `{` + configKeys + `, "allowed_account_ids": ["123456789012"], "skip_credentials_validation": true, "endpoints": [{"iam": "$IAM"}]}`,
		env:       map[string]string{"AWS_ENDPOINT_URL_IAM": ""},
		accessKey: "AKIACONFIG", asked: []string{"iam GetUser AKIACONFIG us-east-1"},
	},
	"an allowed account, where IAM cannot tell": {
		config:    `{` + configKeys + `, "allowed_account_ids": ["123456789012"], "skip_credentials_validation": true, "max_retries": 1, "endpoints": [{"iam": "http://127.0.0.1:1"}]}`,
		accessKey: "AKIACONFIG", attempts: "1", asked: []string{"sts GetCallerIdentity AKIACONFIG us-east-1"},
	},
	"an account, by endpoints beside FIPS and dual stack": {
		config: `{` + configKeys + `, "allowed_account_ids": ["123456789012"], "skip_credentials_validation": true,
			"use_fips_endpoint": true, "use_dualstack_endpoint": true, "sts_region": "eu-west-2", "max_retries": 1, "endpoints": [{"iam": "$STS", "sts": "$STS"}]}`,
		env:       map[string]string{"AWS_ENDPOINT_URL_IAM": "", "AWS_ENDPOINT_URL_STS": ""},
		accessKey: "AKIACONFIG", attempts: "1", asked: []string{"sts GetUser AKIACONFIG us-east-1", "sts GetCallerIdentity AKIACONFIG eu-west-2"},
	},
	"an allowed account that nothing may ask for": {
		config: `{` + configKeys + `, "allowed_account_ids": ["123456789012"], "skip_credentials_validation": true, "skip_requesting_account_id": true}`,
		stage:  "validate", attribute: `AttributeName("allowed_account_ids")`, errors: []string{"cannot be checked"},
	},
	"a forbidden account that nothing may ask for": {
		config:    `{` + configKeys + `, "forbidden_account_ids": ["123456789012"], "skip_credentials_validation": true, "skip_requesting_account_id": true}`,
		accessKey: "AKIACONFIG", warning: "has no effect",
	},
	"allowed and forbidden accounts": {
		config: `{"allowed_account_ids": ["123456789012"], "forbidden_account_ids": ["123456789012"]}`,
		stage:  "validate", attribute: `AttributeName("forbidden_account_ids")`, errors: []string{"allowed_account_ids"},
	},
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	for name, row := range accountRows {
		t.Run(name, row.run)
	}
}
