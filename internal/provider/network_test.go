// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

var (
	noEndpoint  = map[string]string{"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": ""}
	noProxy     = map[string]string{"HTTP_PROXY": "", "HTTPS_PROXY": ""}
	noRegion    = map[string]string{"AWS_REGION": ""}
	tlsEndpoint = `$KEYS, "endpoints": [{"customerprofiles": "$TLS"}]`
)

// awsEndpoint returns a test case that reaches an endpoint of AWS through the
// proxy, whose certificate is not trusted.
func awsEndpoint(arguments string, env map[string]string, region, host string) testCase {
	return testCase{
		config: `$KEYS, "insecure": true` + arguments, env: merge(noEndpoint, map[string]string{"AWS_REGION": region}, env),
		wantAccessKey: "AKIACONFIG", wantRegion: region, wantHost: host, wantProxied: []string{"https://" + host},
	}
}

// unencryptedEndpoint returns a test case with the warning about an endpoint from
// the environment.
func unencryptedEndpoint(env map[string]string, warning string) testCase {
	return testCase{config: `$KEYS`, env: env, wantAccessKey: "AKIACONFIG", wantWarning: warning}
}

var endpointCases = map[string]testCase{
	"AWS endpoint": awsEndpoint("", nil, "eu-west-1", "profile.eu-west-1.amazonaws.com"),
	"FIPS and dual stack": awsEndpoint(`, "use_fips_endpoint": true, "use_dualstack_endpoint": true`, nil,
		"eu-west-1", "profile-fips.eu-west-1.api.aws"),
	"custom endpoint before environment": {
		config: `$KEYS, "endpoints": [{"customerprofiles": "$SIMULATOR"}]`, wantAccessKey: "AKIACONFIG",
		env: map[string]string{"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "http://127.0.0.1:1"},
	},
	"several endpoints blocks": {
		config: `$KEYS, "endpoints": [{"sts": "http://127.0.0.1:1"}, {"customerprofiles": "$SIMULATOR"},
			{"customerprofiles": "http://127.0.0.1:1"}]`,
		env: noEndpoint, wantAccessKey: "AKIACONFIG",
	},
	"empty endpoint": {config: `$KEYS, "endpoints": [{"customerprofiles": ""}]`, wantAccessKey: "AKIACONFIG"},
	"SSO endpoint": {
		config: `"profile": "sso", "endpoints": [{"sso": "$SSO"}]`, env: map[string]string{"AWS_ENDPOINT_URL_SSO": ""},
		home: true, wantAccessKey: "ASIASSOROLE", wantCalls: []string{"sso GET /federation/credentials sso-role"},
	},
	"custom endpoint with FIPS and dual stack from environment": {
		config: `$KEYS`, wantAccessKey: "AKIACONFIG",
		env: map[string]string{"AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"},
	},
	"unencrypted": {
		config: `$KEYS, "endpoints": [{"customerprofiles": "http://profiles.example.com"}]`, wantAccessKey: "AKIACONFIG",
		wantHost: "profiles.example.com", wantProxied: []string{"http://profiles.example.com"},
		wantWarning: "Requests to http://profiles.example.com are not encrypted",
	},
	"unencrypted for all services": {
		config: `$KEYS`,
		env: map[string]string{
			"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "", "AWS_ENDPOINT_URL_STS": "", "AWS_ENDPOINT_URL_IAM": "",
			"AWS_ENDPOINT_URL_SSO": "", "AWS_ENDPOINT_URL": "http://profiles.example.com",
		},
		wantAccessKey: "AKIACONFIG", wantHost: "profiles.example.com", wantProxied: []string{"http://profiles.example.com"},
		wantWarning: "Requests to http://profiles.example.com (from AWS_ENDPOINT_URL) are not encrypted",
	},
	"unencrypted STS from variable of hashicorp/aws": unencryptedEndpoint(
		map[string]string{"AWS_ENDPOINT_URL_STS": "", "TF_AWS_STS_ENDPOINT": "http://sts.example.com"},
		"Requests to http://sts.example.com (from TF_AWS_STS_ENDPOINT)"),
	"unencrypted IAM": unencryptedEndpoint(
		map[string]string{"AWS_ENDPOINT_URL_IAM": "http://iam.example.com"}, "Requests to http://iam.example.com"),
	"malformed":                  malformedEndpoint("AWS_ENDPOINT_URL_CUSTOMER_PROFILES"),
	"malformed for all services": malformedEndpoint("AWS_ENDPOINT_URL"),
	"malformed STS":              malformedEndpoint("AWS_ENDPOINT_URL_STS"),
	"malformed STS from variable of hashicorp/aws": malformedEndpoint("TF_AWS_STS_ENDPOINT"),
	"malformed IAM": malformedEndpoint("AWS_ENDPOINT_URL_IAM"),
	"malformed SSO": malformedEndpoint("AWS_ENDPOINT_URL_SSO"),
	"malformed endpoint of the metadata service": {
		env:        merge(metadataEnv, map[string]string{"AWS_EC2_METADATA_SERVICE_ENDPOINT": "localhost:1338"}),
		wantStage:  "configure",
		wantErrors: []string{"Invalid endpoint URL", "AWS_EC2_METADATA_SERVICE_ENDPOINT must be an http or https URL"},
	},
	"malformed endpoint of the metadata service in the profile": {
		config: `"profile": "malformed-metadata"`, env: map[string]string{"AWS_EC2_METADATA_DISABLED": ""}, home: true,
		wantStage: "configure", wantErrors: []string{`ec2_metadata_service_endpoint in the profile "malformed-metadata"`},
	},
	"malformed endpoint of the metadata service isn't used": {
		config: `$KEYS`, env: map[string]string{"AWS_EC2_METADATA_SERVICE_ENDPOINT": "localhost:1338"},
		wantAccessKey: "AKIACONFIG",
	},
	"malformed OIDC":    malformedEndpoint("AWS_ENDPOINT_URL_SSO_OIDC"),
	"malformed sign-in": malformedEndpoint("AWS_ENDPOINT_URL_SIGNIN"),
	"malformed in the profile": {
		config: `"profile": "malformed-endpoint"`, home: true, wantStage: "configure",
		env:        map[string]string{"AWS_ENDPOINT_URL_STS": ""},
		wantErrors: []string{"Invalid endpoint URL", `endpoint_url in the profile "malformed-endpoint" must be an http or`},
	},
	"HTTPS endpoint on HTTP port": {
		config: `$KEYS, "max_retries": 25, "endpoints": [{"sts": "$HTTPSONHTTP"}], ` + assumeOne, wantStage: "configure",
		wantErrors: []string{"server gave HTTP response to HTTPS client", "is from endpoints.sts in the provider block"},
	},
	"HTTPS endpoint on HTTP port from environment": {
		config: `$KEYS, "max_retries": 1, ` + assumeOne, env: map[string]string{"AWS_ENDPOINT_URL_STS": "$HTTPSONHTTP"},
		wantStage: "configure", wantErrors: []string{"(the URL https://", "is from AWS_ENDPOINT_URL_STS)"},
	},
	"HTTPS endpoint of Customer Profiles on HTTP port": {
		config: `$KEYS`, env: map[string]string{"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "$HTTPSONHTTP"}, wantStage: "read",
		wantErrors: []string{"a custom one, set by AWS_ENDPOINT_URL_CUSTOMER_PROFILES: check its URL"},
	},
	"HTTPS endpoint of SSO on HTTP port": {
		config: `"profile": "sso"`, home: true, env: map[string]string{"AWS_ENDPOINT_URL_SSO": "$HTTPSONHTTP"},
		wantStage: "configure", wantErrors: []string{noCredentials, "is from AWS_ENDPOINT_URL_SSO)"},
	},
	"unencrypted SSO in the profile": {
		config: `$KEYS, "profile": "unencrypted"`, env: map[string]string{"AWS_ENDPOINT_URL_SSO": ""}, home: true,
		wantAccessKey: "AKIACONFIG",
		wantWarning:   `Requests to http://sso.example.com (from endpoint_url in the profile "unencrypted")`,
	},
}

// malformedEndpoint returns a test case with the error about an endpoint from the
// environment.
func malformedEndpoint(variable string) testCase {
	return testCase{
		config: `$KEYS`, wantStage: "configure",
		env: map[string]string{
			"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "", "AWS_ENDPOINT_URL_STS": "", variable: "localhost:8080",
		},
		wantErrors: []string{"Invalid endpoint URL", variable + " must be an http or https URL", `got "localhost:8080".`},
	}
}

var networkCases = map[string]testCase{
	"custom CA": {config: tlsEndpoint + `, "custom_ca_bundle": "~/ca.pem"`, wantAccessKey: "AKIACONFIG"},
	"unknown CA": {
		config: tlsEndpoint + `, "max_retries": 1`, wantStage: "read",
		wantErrors: []string{"certificate signed by unknown authority"},
	},
	"unknown CA, insecure": {config: tlsEndpoint + `, "insecure": true`, wantAccessKey: "AKIACONFIG"},
	"CA bundle not found": {
		config: `$KEYS, "custom_ca_bundle": "$DIR/missing.pem"`, wantStage: "configure", wantAttribute: "custom_ca_bundle",
		wantErrors: []string{"Could not read file", "custom_ca_bundle: ", "missing.pem", acctest.FileNotFound},
	},
	"HTTPS proxy": awsEndpoint(`, "https_proxy": "$PROXYADDRESS"`, noProxy,
		"us-east-1", "profile.us-east-1.amazonaws.com"),
	"HTTP proxy with password for HTTPS": {
		config: `$KEYS, "http_proxy": "$PROXYWITHUSER", "insecure": true`, env: merge(noEndpoint, noProxy),
		wantAccessKey: "AKIACONFIG", wantHost: "profile.us-east-1.amazonaws.com",
		wantProxied: []string{"https://profile.us-east-1.amazonaws.com"}, wantWarning: "Missing HTTPS Proxy",
		secret: "pass%2Fword",
	},
	"proxy refuses the endpoint of STS": {
		config: `"profile": "chained"`, home: true, env: map[string]string{"AWS_ENDPOINT_URL_STS": "", "HTTPS_PROXY": "$IAM"},
		wantStage: "configure", wantCalls: []string{"iam"}, wantErrors: []string{noCredentials, refusedTunnel},
	},
	"no response through the proxy": {
		config: `$KEYS, "max_retries": 1, "sts_region": "us-east-1", ` + assumeOne, wantStage: "configure",
		env:        map[string]string{"AWS_ENDPOINT_URL_STS": "", "HTTPS_PROXY": "http://127.0.0.1:1"},
		wantErrors: []string{"Cannot assume IAM Role", "(through the proxy 127.0.0.1:1)"},
	},
	"proxy refuses the endpoint of SSO": {
		config: `"profile": "sso"`, home: true, env: map[string]string{"AWS_ENDPOINT_URL_SSO": "", "HTTPS_PROXY": "$IAM"},
		wantStage: "configure", wantCalls: []string{"iam"}, wantErrors: []string{noCredentials, refusedTunnel},
	},
	"no_proxy": {
		config:        `$KEYS, "no_proxy": "0.0.0.0", "endpoints": [{"customerprofiles": "$OTHERADDRESS"}]`,
		wantAccessKey: "AKIACONFIG", wantHost: "0.0.0.0", wantWarning: "Unencrypted endpoint",
	},
}

const refusedTunnel = "responded to CONNECT with the status 400 Bad Request"

var serverError = simulator.ErrorResponse(http.StatusInternalServerError, "InternalServerException", "Oops")

var requestCases = map[string]testCase{
	"max_retries before environment": {
		config: `$KEYS, "max_retries": 2`, env: map[string]string{"AWS_MAX_ATTEMPTS": "9"}, response: serverError,
		wantAccessKey: "AKIACONFIG", wantRequests: 2, wantMaxAttempts: "2", wantStage: "read",
		wantErrors: []string{"InternalServerException"},
	},
	"AWS_MAX_ATTEMPTS before profile": {
		config: `"profile": "work"`, env: map[string]string{"AWS_MAX_ATTEMPTS": "9"}, home: true, wantAccessKey: "AKIAWORK",
		wantMaxAttempts: "9",
	},
	"retry tokens exhausted": {
		config: `$KEYS, "token_bucket_rate_limiter_capacity": 1`, response: serverError, wantAccessKey: "AKIACONFIG",
		wantStage: "read", wantErrors: []string{"InternalServerException"},
	},
	"user agent": {
		config: `$KEYS, "user_agent": ["tool/1.0 (why)", "plain"]`,
		env:    map[string]string{"TF_APPEND_USER_AGENT": "more/2"}, wantAccessKey: "AKIACONFIG",
		wantUserAgent: "Terraform/1.2.3 (+https://www.terraform.io) " +
			"terraform-provider-customerprofiles/4.5.6 tool/1.0 (why) plain more/2",
	},
	"session token in error": {
		config: temporaryKeys, wantAccessKey: "AKIATEMPORARY",
		response: simulator.ErrorResponse(http.StatusForbidden, "InvalidSignatureException",
			"The Canonical String should have been 'GET x-amz-security-token:temporary-token/of+someone'"),
		wantStage: "read", wantErrors: []string{"InvalidSignatureException", "x-amz-security-token:***"},
		secret: "temporary-token",
	},

	"Region before environment": {
		config: `$KEYS, "region": "eu-west-1"`, env: map[string]string{"AWS_REGION": "eu-nowhere-1"},
		wantAccessKey: "AKIACONFIG", wantRegion: "eu-west-1",
	},
	"Region of the data source": {
		config: `$KEYS`, env: noRegion, region: "eu-west-2", wantAccessKey: "AKIACONFIG", wantRegion: "eu-west-2",
	},
	"invalid Region": {
		config: `$KEYS, "region": "eu-nowhere-1", ` + assumeOne, wantStage: "configure", wantAttribute: "region",
		wantErrors: []string{"Invalid AWS Region", `"eu-nowhere-1" is not a valid AWS Region`, "skip_region_validation"},
	},
	"invalid STS Region": {
		config: `$KEYS, "sts_region": "nowhere", ` + assumeOne, wantStage: "configure", wantAttribute: "sts_region",
		wantErrors: []string{"Invalid AWS Region", `"nowhere" is not a valid AWS Region`, "skip_region_validation"},
	},
	"STS Region validation skipped": {
		config: `$KEYS, "sts_region": "nowhere", "skip_region_validation": true, ` + assumeOne, wantAccessKey: "ASIAONE",
		wantCalls: []string{"sts AssumeRole one AKIACONFIG nowhere"},
	},
	"long endpoint in environment": {
		config: `$KEYS`, env: map[string]string{"AWS_ENDPOINT_URL_STS": "http://example.com/" + strings.Repeat("a", 70_000)},
		wantStage: "configure", wantErrors: []string{"Invalid endpoint URL", "of at most 2048 characters"},
		secret: strings.Repeat("a", 201),
	},
	"invalid Region in AWS_REGION": {
		config: `$KEYS, ` + assumeOne,
		env:    map[string]string{"AWS_REGION": "eu-nowhere-1", "AWS_DEFAULT_REGION": "eu-west-1"}, wantStage: "configure",
		wantErrors: []string{`"eu-nowhere-1" (from the environment or the profile) is not a valid`},
	},
	"invalid Region in AWS_DEFAULT_REGION": {
		config: `$KEYS, ` + assumeOne, env: merge(noRegion, map[string]string{"AWS_DEFAULT_REGION": "eu-nowhere-1"}),
		wantStage: "configure", wantErrors: []string{"Invalid AWS Region", "eu-nowhere-1"},
	},
	"invalid Region in the profile": {
		config: `$KEYS, "profile": "invalid-region"`, env: noRegion, home: true, wantStage: "configure",
		wantErrors: []string{"Invalid AWS Region", "eu-nowhere-1"},
	},
	"invalid Region of the data source": {
		config: `$KEYS`, region: "eu-nowhere-1", wantStage: "read", wantAttribute: "region",
		wantErrors: []string{"AWS Region", "eu-nowhere-1", "skip_region_validation"},
	},
	"Region validation skipped": {
		config: `$KEYS, "region": "eu-nowhere-1", "skip_region_validation": true`, region: "eu-nowhere-2",
		wantAccessKey: "AKIACONFIG", wantRegion: "eu-nowhere-2",
	},
}

func TestEndpoints(t *testing.T) {
	t.Parallel()
	runAll(t, endpointCases)
}

func TestNetwork(t *testing.T) {
	t.Parallel()
	runAll(t, networkCases)
}

func TestRequests(t *testing.T) {
	t.Parallel()
	runAll(t, requestCases)
}

// All Regions share one connection pool and one session of the assumed role.
func TestRegions(t *testing.T) {
	t.Parallel()
	f := testCase{}.newFixture(t)
	regions := []string{"eu-west-1", "us-west-2", "", "ap-southeast-2", "eu-west-1"}
	in := input{Config: f.providerBlock(`$KEYS, ` + assumeOne), Regions: regions}
	if got := runProvider(t, f.environment(nil), in); len(got.Errors) > 0 {
		t.Fatalf("errors: %q", got.Errors)
	}
	var signed []string
	for _, call := range f.sim.Calls() {
		signed = append(signed, call.Region)
	}
	regions[2] = "us-east-1"
	if !slices.Equal(signed, regions) {
		t.Errorf("requests in Regions %q, want %q", signed, regions)
	}
	if n := f.sim.Connections(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
	if n := len(f.Calls("sts")); n != 1 {
		t.Errorf("%d requests to STS, want 1", n)
	}
}
