// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// noEndpoint has Customer Profiles called where AWS has it.
var noEndpoint = map[string]string{"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": ""}

// networkRows are where calls go, and how they get there.
var networkRows = map[string]row{
	"an endpoint": {
		config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "$CP"}]}`,
		env:    map[string]string{"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "http://127.0.0.1:1"}, accessKey: "AKIACONFIG",
	},
	"endpoints in several blocks": {
		config: `{` + configKeys + `, "endpoints": [{"sts": "http://127.0.0.1:1"}, {"customerprofiles": "$CP"}, {"customerprofiles": "http://127.0.0.1:1"}]}`,
		env:    noEndpoint, accessKey: "AKIACONFIG",
	},
	"an empty endpoint": {config: `{` + configKeys + `, "endpoints": [{"customerprofiles": ""}]}`, accessKey: "AKIACONFIG"},
	"an endpoint of IAM Identity Center": {
		config: `{"profile": "sso", "endpoints": [{"sso": "$SSO"}]}`, env: map[string]string{"AWS_ENDPOINT_URL_SSO": ""}, files: sharedFiles,
		accessKey: "ASIASSOROLE", asked: []string{"sso GET /federation/credentials sso-role"},
	},
	"an endpoint in the clear": {
		config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "http://profiles.example.com"}]}`, accessKey: "AKIACONFIG",
		host: "profiles.example.com", hosts: []string{"http://profiles.example.com"}, warning: "Requests to http://profiles.example.com travel in the clear",
	},
	"an endpoint in the clear, by the environment": {
		config: `{` + configKeys + `}`, env: map[string]string{"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "http://profiles.example.com"}, accessKey: "AKIACONFIG",
		host: "profiles.example.com", hosts: []string{"http://profiles.example.com"}, warning: "It comes from the environment or from the profile",
	},
	"an endpoint of STS in the clear, by the environment": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}]}`, env: map[string]string{"AWS_ENDPOINT_URL_STS": "http://sts.example.com"},
		accessKey: "ASIAONE", hosts: []string{"http://sts.example.com"}, warning: "Requests to http://sts.example.com travel in the clear",
		asked: []string{"sts AssumeRole one AKIACONFIG us-east-1", "sts AssumeRole one AKIACONFIG us-east-1"},
	},
	"an endpoint of STS in the clear, by the older variable": {
		config: `{` + configKeys + `}`, env: map[string]string{"AWS_ENDPOINT_URL_STS": "", "AWS_STS_ENDPOINT": "http://sts.example.com"},
		accessKey: "AKIACONFIG", warning: "Requests to http://sts.example.com travel in the clear",
	},
	"an endpoint of IAM in the clear, by the environment": {
		config: `{` + configKeys + `}`, env: map[string]string{"AWS_ENDPOINT_URL_IAM": "http://iam.example.com"},
		accessKey: "AKIACONFIG", warning: "Requests to http://iam.example.com travel in the clear",
	},
	"an endpoint of IAM Identity Center in the clear, by the profile": {
		config: `{"profile": "clear"}`, env: map[string]string{"AWS_ENDPOINT_URL_SSO": ""},
		files: map[string]string{
			"config":      "[profile clear]\nservices = all\n[services all]\nsso =\n  endpoint_url = http://portal.sso.example.com\n",
			"credentials": "[clear]\naws_access_key_id = AKIAWORK\naws_secret_access_key = work-secret/key+\n",
		},
		accessKey: "AKIAWORK", warning: "Requests to http://portal.sso.example.com travel in the clear",
	},
	"one endpoint for everything in the clear, by the environment": {
		config: `{` + configKeys + `}`, env: map[string]string{
			"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "", "AWS_ENDPOINT_URL_STS": "", "AWS_ENDPOINT_URL_IAM": "", "AWS_ENDPOINT_URL_SSO": "",
			"AWS_ENDPOINT_URL": "http://profiles.example.com",
		},
		accessKey: "AKIACONFIG", host: "profiles.example.com", hosts: []string{"http://profiles.example.com"}, warning: "It comes from the environment or from the profile",
	},
	"an endpoint beside FIPS": {config: `{` + configKeys + `, "use_fips_endpoint": true, "endpoints": [{"customerprofiles": "$CP"}]}`, accessKey: "AKIACONFIG"},
	"an endpoint beside the environment's FIPS and dual stack": {
		config: `{` + configKeys + `}`, env: map[string]string{"AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"}, accessKey: "AKIACONFIG",
	},
	"an endpoint beside dual stack": {
		config: `{` + configKeys + `, "use_dualstack_endpoint": true, "endpoints": [{"customerprofiles": "$CP"}]}`,
		stage:  "validate", attribute: `AttributeName("use_dualstack_endpoint")`, errors: []string{"endpoints.customerprofiles"},
	},

	"a custom CA":       {config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "$TLS"}], "custom_ca_bundle": "$DIR/ca.pem"}`, accessKey: "AKIACONFIG"},
	"a custom CA, by ~": {config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "$TLS"}], "custom_ca_bundle": "~/ca.pem"}`, accessKey: "AKIACONFIG"},
	"a custom CA, by the environment": {
		config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "$TLS"}]}`, env: map[string]string{"AWS_CA_BUNDLE": "$DIR/ca.pem"}, accessKey: "AKIACONFIG",
	},
	"an unknown CA": {
		config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "$TLS"}], "max_retries": 1}`, stage: "read", errors: []string{"certificate signed by unknown authority"},
	},
	"an unknown CA, insecure": {config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "$TLS"}], "insecure": true}`, accessKey: "AKIACONFIG"},
	"a missing CA": {
		config: `{` + configKeys + `, "custom_ca_bundle": "$DIR/nowhere.pem"}`, stage: "configure", attribute: root("custom_ca_bundle"), errors: []string{"custom CA bundle", "nowhere.pem", "no such file"},
	},

	"a CA that is none": {
		config: `{` + configKeys + `, "custom_ca_bundle": "$DIR/identity"}`, files: sharedFiles, stage: "configure", attribute: root("custom_ca_bundle"), errors: []string{"certificates in PEM"},
	},

	"a proxy for HTTP": {
		config: `{` + configKeys + `, "http_proxy": "$PROXY", "https_proxy": "", "endpoints": [{"customerprofiles": "http://localhost.example"}]}`,
		env:    map[string]string{"HTTP_PROXY": "", "HTTPS_PROXY": ""}, accessKey: "AKIACONFIG",
		host: "localhost.example", hosts: []string{"http://localhost.example"}, warning: "in the clear",
	},
	"a proxy for HTTPS": {
		config: `{` + configKeys + `, "https_proxy": "$USERPROXY", "insecure": true}`,
		env:    with(noEndpoint, map[string]string{"HTTP_PROXY": "", "HTTPS_PROXY": ""}), accessKey: "AKIACONFIG",
		host: "profile.us-east-1.amazonaws.com", hosts: []string{"https://profile.us-east-1.amazonaws.com"}, proxyUser: "user:pass/word",
	},
	"a proxy by its name and port": {
		config: `{` + configKeys + `, "https_proxy": "$NAMEDPROXY", "insecure": true}`, env: noEndpoint, accessKey: "AKIACONFIG",
		host: "profile.us-east-1.amazonaws.com", hosts: []string{"https://profile.us-east-1.amazonaws.com"},
	},
	"a proxy for HTTP, and so for HTTPS": {
		config: `{` + configKeys + `, "http_proxy": "$USERPROXY", "insecure": true}`,
		env:    with(noEndpoint, map[string]string{"HTTP_PROXY": "", "HTTPS_PROXY": ""}), accessKey: "AKIACONFIG",
		host: "profile.us-east-1.amazonaws.com", hosts: []string{"https://profile.us-east-1.amazonaws.com"}, warning: "Missing HTTPS Proxy", not: "pass%2Fword",
	},
	"the block's proxy comes before the environment's": {
		config: `{` + configKeys + `, "https_proxy": "$PROXY", "insecure": true}`,
		env:    with(noEndpoint, map[string]string{"HTTPS_PROXY": "http://127.0.0.1:1"}), accessKey: "AKIACONFIG",
		host: "profile.us-east-1.amazonaws.com", hosts: []string{"https://profile.us-east-1.amazonaws.com"},
	},
	"a proxy for another address of this machine": {
		config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "$ANYADDRESS"}]}`, accessKey: "AKIACONFIG",
		host: "0.0.0.0", hosts: []string{"http://0.0.0.0"}, warning: "in the clear",
	},
	"no proxy for it": {
		config: `{` + configKeys + `, "no_proxy": "0.0.0.0", "endpoints": [{"customerprofiles": "$ANYADDRESS"}]}`, accessKey: "AKIACONFIG",
		host: "0.0.0.0", warning: "in the clear",
	},
	"no proxy for it, by the environment": {
		config: `{` + configKeys + `, "endpoints": [{"customerprofiles": "$ANYADDRESS"}]}`, env: map[string]string{"NO_PROXY": "0.0.0.0"}, accessKey: "AKIACONFIG",
		host: "0.0.0.0", warning: "in the clear",
	},
}

// endpointRows are every URL that the two switches lead to.
func endpointRows() map[string]row {
	rows := map[string]row{}
	for _, partition := range []struct{ region, plain, fips, dual, both string }{
		{"eu-west-1", "profile.eu-west-1.amazonaws.com", "profile-fips.eu-west-1.amazonaws.com", "profile.eu-west-1.api.aws", "profile-fips.eu-west-1.api.aws"},
		{"us-gov-west-1", "profile.us-gov-west-1.amazonaws.com", "profile-fips.us-gov-west-1.amazonaws.com", "profile.us-gov-west-1.api.aws", "profile-fips.us-gov-west-1.api.aws"},
		{"cn-north-1", "profile.cn-north-1.amazonaws.com.cn", "profile-fips.cn-north-1.amazonaws.com.cn", "profile.cn-north-1.api.amazonwebservices.com.cn", "profile-fips.cn-north-1.api.amazonwebservices.com.cn"},
	} {
		for _, switches := range []struct {
			fips, dual bool
			host       string
		}{{false, false, partition.plain}, {true, false, partition.fips}, {false, true, partition.dual}, {true, true, partition.both}} {
			by := fmt.Sprintf("%s, FIPS %v, dual stack %v", partition.region, switches.fips, switches.dual)
			wanted := row{
				env: noEndpoint, accessKey: "AKIACONFIG", wantRegion: partition.region, host: switches.host, hosts: []string{"https://" + switches.host},
			}
			wanted.config = fmt.Sprintf(`{%s, "insecure": true, "region": %q, "use_fips_endpoint": %v, "use_dualstack_endpoint": %v}`,
				configKeys, partition.region, switches.fips, switches.dual)
			rows[by] = wanted
			wanted.config = fmt.Sprintf(`{%s, "insecure": true, "region": %q}`, configKeys, partition.region)
			wanted.env = with(noEndpoint, map[string]string{
				"AWS_USE_FIPS_ENDPOINT": fmt.Sprint(switches.fips), "AWS_USE_DUALSTACK_ENDPOINT": fmt.Sprint(switches.dual),
			})
			rows[by+", by the environment"] = wanted
		}
	}
	return rows
}

// requestRows are what the calls are like.
var requestRows = map[string]row{
	"max_retries": {
		config: `{` + configKeys + `, "max_retries": 2}`, env: map[string]string{"AWS_MAX_ATTEMPTS": "9"}, accessKey: "AKIACONFIG", calls: 2, attempts: "2",
		answer: simulator.ErrorResponse(http.StatusInternalServerError, "InternalServerException", "Oops"), stage: "read", errors: []string{"InternalServerException"},
	},
	"max_retries, none": {
		config: `{` + configKeys + `, "max_retries": 1}`, accessKey: "AKIACONFIG", attempts: "1",
		answer: simulator.ErrorResponse(http.StatusInternalServerError, "InternalServerException", "Oops"), stage: "read", errors: []string{"InternalServerException"},
	},
	"max_retries, by the environment": {config: `{` + configKeys + `}`, env: map[string]string{"AWS_MAX_ATTEMPTS": "9"}, accessKey: "AKIACONFIG", attempts: "9"},
	"max_retries, the environment before the profile": {
		config: `{"profile": "work"}`, env: map[string]string{"AWS_MAX_ATTEMPTS": "9"}, files: sharedFiles, accessKey: "AKIAWORK", attempts: "9",
	},
	"max_retries, 0":                   {config: `{` + configKeys + `, "max_retries": 0}`, accessKey: "AKIACONFIG", attempts: "25"},
	"max_retries, 0 beside a variable": {config: `{` + configKeys + `, "max_retries": 0}`, env: map[string]string{"AWS_MAX_ATTEMPTS": "9"}, accessKey: "AKIACONFIG", attempts: "9"},
	"a retry mode":                     {config: `{` + configKeys + `, "retry_mode": "adaptive"}`, accessKey: "AKIACONFIG"},
	"a rate limit that allows no retry": {
		config: `{` + configKeys + `, "token_bucket_rate_limiter_capacity": 1}`, accessKey: "AKIACONFIG",
		answer: simulator.ErrorResponse(http.StatusInternalServerError, "InternalServerException", "Oops"), stage: "read", errors: []string{"InternalServerException"},
	},
	"the user agent": {config: `{` + configKeys + `}`, accessKey: "AKIACONFIG", agent: "Terraform/1.2.3 (+https://www.terraform.io) terraform-provider-customerprofiles/4.5.6"},
	"more of the user agent": {
		config: `{` + configKeys + `, "user_agent": ["tool/1.0 (why)", "plain"]}`, env: map[string]string{"TF_APPEND_USER_AGENT": "appended/2"},
		accessKey: "AKIACONFIG", agent: "terraform-provider-customerprofiles/4.5.6 tool/1.0 (why) plain appended/2",
	},

	"a Region":                           {config: `{` + configKeys + `, "region": "eu-west-1"}`, accessKey: "AKIACONFIG", wantRegion: "eu-west-1"},
	"a Region, by the profile":           {config: `{"profile": "work"}`, env: map[string]string{"AWS_REGION": ""}, files: sharedFiles, accessKey: "AKIAWORK", attempts: "7", wantRegion: "eu-west-1"},
	"a Region, by the older variable":    {config: `{` + configKeys + `}`, env: map[string]string{"AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-west-3"}, accessKey: "AKIACONFIG", wantRegion: "eu-west-3"},
	"the environment before the profile": {config: `{"profile": "work"}`, files: sharedFiles, accessKey: "AKIAWORK", attempts: "7"},
	"the data source's Region":           {config: `{` + configKeys + `}`, region: "eu-west-2", accessKey: "AKIACONFIG", wantRegion: "eu-west-2"},
	"the data source's Region, alone":    {config: `{` + configKeys + `}`, env: map[string]string{"AWS_REGION": ""}, region: "eu-west-2", accessKey: "AKIACONFIG", wantRegion: "eu-west-2"},
	"no Region":                          {config: `{` + configKeys + `}`, env: map[string]string{"AWS_REGION": ""}, stage: "read", attribute: `AttributeName("region")`, errors: []string{"No AWS Region"}},
	"a Region that does not exist":       {config: `{` + configKeys + `, "region": "eu-nowhere-1"}`, stage: "configure", attribute: `AttributeName("region")`, errors: []string{`There is no AWS Region "eu-nowhere-1"`, "skip_region_validation"}},
	"a Region that does not exist, beside a role": {
		config: `{` + configKeys + `, "region": "eu-nowhere-1", "assume_role": [{"role_arn": "` + arnOf + `one"}]}`,
		stage:  "configure", attribute: `AttributeName("region")`, errors: []string{`There is no AWS Region "eu-nowhere-1"`},
	},
	"the environment's does not exist, beside a role": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}]}`, env: map[string]string{"AWS_REGION": "eu-nowhere-1", "AWS_DEFAULT_REGION": "eu-west-1"},
		stage: "configure", errors: []string{`There is no AWS Region "eu-nowhere-1"`, "the environment or the profile"},
	},
	"the older variable's does not exist, beside a role": {
		config: `{` + configKeys + `, "assume_role": [{"role_arn": "` + arnOf + `one"}]}`, env: map[string]string{"AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-nowhere-1"},
		stage: "configure", errors: []string{`There is no AWS Region "eu-nowhere-1"`},
	},
	"the profile's does not exist": {
		config: `{"profile": "lost"}`, env: map[string]string{"AWS_REGION": ""},
		files: map[string]string{"config": "[profile lost]\nregion = eu-nowhere-1\n", "credentials": "[lost]\naws_access_key_id = AKIAWORK\naws_secret_access_key = work-secret/key+\n"},
		stage: "configure", errors: []string{`There is no AWS Region "eu-nowhere-1"`, "the environment or the profile"},
	},
	"the argument before an environment's that does not exist": {
		config: `{` + configKeys + `, "region": "eu-west-1"}`, env: map[string]string{"AWS_REGION": "eu-nowhere-1"}, accessKey: "AKIACONFIG", wantRegion: "eu-west-1",
	},
	"the environment's does not exist":    {config: `{` + configKeys + `}`, env: map[string]string{"AWS_REGION": "eu-nowhere-1"}, stage: "configure", errors: []string{`There is no AWS Region "eu-nowhere-1"`, "the environment or the profile"}},
	"the data source's does not exist":    {config: `{` + configKeys + `}`, region: "eu-nowhere-1", stage: "read", attribute: `AttributeName("region")`, errors: []string{`There is no AWS Region "eu-nowhere-1"`, "skip_region_validation"}},
	"a Region that is not validated":      {config: `{` + configKeys + `, "region": "eu-nowhere-1", "skip_region_validation": true}`, accessKey: "AKIACONFIG", wantRegion: "eu-nowhere-1"},
	"a data source's Region, unvalidated": {config: `{` + configKeys + `, "skip_region_validation": true}`, region: "eu-nowhere-1", accessKey: "AKIACONFIG", wantRegion: "eu-nowhere-1"},
	"an error that shows the token": {
		config:    `{"access_key": "AKIATEMPORARY", "secret_key": "temporary-secret/key+", "token": "temporary-token/of+someone"}`,
		accessKey: "AKIATEMPORARY",
		answer: simulator.ErrorResponse(http.StatusForbidden, "InvalidSignatureException",
			"The Canonical String for this request should have been 'GET x-amz-security-token:temporary-token/of+someone'"),
		stage: "read", errors: []string{"InvalidSignatureException", "x-amz-security-token:***"}, not: "temporary-token",
	},
}

func TestNetwork(t *testing.T) {
	t.Parallel()
	for name, row := range networkRows {
		t.Run(name, row.run)
	}
}

func TestEndpoints(t *testing.T) {
	t.Parallel()
	for name, row := range endpointRows() {
		t.Run(name, row.run)
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	for name, row := range requestRows {
		t.Run(name, row.run)
	}
}

// One process serves every Region, on one chain of credentials and one pool of
// connections.
func TestRegions(t *testing.T) {
	t.Parallel()
	r := roleRows["one role"]
	w := r.arrange(t)
	regions := []string{"eu-west-1", "us-west-2", "", "ap-southeast-2", "eu-west-1"}
	if came := runRow(t, w.environment(r.env), request{Config: r.block(w), Regions: regions}); len(came.errors()) > 0 {
		t.Fatal(came.errors())
	}
	var signed []string
	for _, call := range w.sim.Calls() {
		signed = append(signed, call.Region)
	}
	if want := []string{"eu-west-1", "us-west-2", "us-east-1", "ap-southeast-2", "eu-west-1"}; !slices.Equal(signed, want) {
		t.Errorf("calls for %q, want %q", signed, want)
	}
	if n := w.sim.Connections(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
	if asked := len(w.Calls("sts")); asked != len(r.asked) {
		t.Errorf("STS was asked %d times for %d Regions, want %d, as for one", asked, len(regions), len(r.asked))
	}
}
