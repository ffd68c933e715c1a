// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// testCase is a configuration and the requests or the error that it leads to.
// [fixture] defines the variables that can be used in config and env.
type testCase struct {
	config   string              // The arguments of the provider block as members of a JSON object.
	env      map[string]string   // Added to the default environment. An empty value unsets a variable.
	home     bool                // Whether testdata/home is copied to $HOME.
	region   string              // The region of the data source.
	response *simulator.Response // Replaces the response of Customer Profiles.
	aws      fakeaws.Responder   // Replaces the responses of the other services.
	timeout  string              // Of the configuration and of each read. Defaults to 20s.

	// Requests to Customer Profiles. If wantAccessKey is empty, there are none.
	wantAccessKey   string
	wantRegion      string // Defaults to us-east-1.
	wantHost        string // Defaults to 127.0.0.1.
	wantRequests    int    // Defaults to 1.
	wantMaxAttempts string // Defaults to 25.
	wantUserAgent   string // A part of the header.

	// Requests to other services. All requests to the metadata service are one line.
	wantCalls      []string
	wantParameters map[string]string // The parameters of the last request to STS.
	wantProxied    []string          // The hosts that were requested through the proxy.

	wantWarning   string   // A part of the only warning.
	wantStage     string   // The stage of the only error. If empty, there is none.
	wantAttribute string   // The argument of the error.
	wantErrors    []string // Parts of the error.
	secret        string   // Must not be in a diagnostic.
}

// staticCredential returns the credentials in configurations, by their source.
func staticCredential(source string) simulator.Credential {
	return simulator.Credential{AccessKeyID: "AKIA" + strings.ToUpper(source), SecretAccessKey: source + "-secret/key+"}
}

var (
	staticSources = []string{"config", "env", "work", "default", "process"}
	issuedRoles   = []string{"one", "two", "three", fakeaws.SSORole, fakeaws.InstanceRole, fakeaws.ContainerRole}
)

// fixture is the set of services and files of one test case.
type fixture struct {
	*fakeaws.Services
	sim       acctest.Simulator
	proxy     *fakeaws.Proxy
	dir       string
	variables *strings.Replacer
}

func (tc testCase) newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{Services: fakeaws.Start(t), sim: acctest.StartSimulator(t), dir: t.TempDir()}
	for _, source := range staticSources {
		f.sim.AddCredential(staticCredential(source))
	}
	for _, role := range issuedRoles {
		f.sim.AddCredential(fakeaws.IssuedCredentials(role))
	}
	temporary := staticCredential("temporary")
	temporary.SessionToken = "temporary-token/of+someone"
	f.sim.AddCredential(temporary)

	f.proxy = fakeaws.StartProxy(t, func(host string) string {
		for prefix, service := range map[string]string{
			"sts": f.STS, "iam": f.IAM, "portal.sso": f.SSO, "169.254": f.Metadata, "fd00": f.Metadata,
		} {
			if strings.HasPrefix(host, prefix) {
				return service
			}
		}
		return f.sim.URL
	})
	tls := httptest.NewUnstartedServer(f.sim.Service)
	tls.Config.ErrorLog = log.New(io.Discard, "", 0) // For the test cases that reject the certificate.
	tls.StartTLS()
	t.Cleanup(tls.Close)

	proxyAddress := strings.TrimPrefix(f.proxy.URL, "http://")
	f.variables = strings.NewReplacer(
		"$KEYS", `"access_key": "AKIACONFIG", "secret_key": "config-secret/key+"`,
		"$ROLE", "arn:aws:iam::"+fakeaws.Account+":role",
		"$SIMULATOR", f.sim.URL, "$OTHERADDRESS", strings.Replace(f.sim.URL, "127.0.0.1", "0.0.0.0", 1), "$TLS", tls.URL,
		"$HTTPSONHTTP", strings.Replace(f.STS, "http:", "https:", 1),
		"$STS", f.STS, "$IAM", f.IAM, "$SSO", f.SSO, "$METADATA", f.Metadata,
		"$DIR", filepath.ToSlash(f.dir), // A backslash would need an escape in JSON.
		"$PROXYADDRESS", strings.Replace(proxyAddress, "127.0.0.1", "localhost", 1),
		"$PROXYWITHUSER", "http://user:pass%2Fword@"+proxyAddress, "$PROXY", f.proxy.URL,
	)
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: tls.Certificate().Raw})
	if err := os.WriteFile(filepath.Join(f.dir, "ca.pem"), certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string]int64{"large": 1<<20 + 1, "larger": 10<<20 + 1} {
		if err := os.WriteFile(filepath.Join(f.dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(filepath.Join(f.dir, name), size); err != nil {
			t.Fatal(err)
		}
	}
	quote := []byte("[default]\naws_secret_access_key = \"\n")
	if err := os.WriteFile(filepath.Join(f.dir, "quote"), quote, 0o600); err != nil {
		t.Fatal(err)
	}
	if tc.home {
		if err := os.CopyFS(f.dir, os.DirFS(filepath.Join("testdata", "home"))); err != nil {
			t.Fatal(err)
		}
	}
	f.SetResponder(tc.aws)
	if tc.response != nil {
		f.sim.SetResponder(func(simulator.Call) *simulator.Response { return tc.response })
	}
	return f
}

// environment returns a complete environment. The proxy keeps requests to AWS on
// loopback.
func (f *fixture) environment(env map[string]string) []string {
	all := map[string]string{
		"PATH": os.Getenv("PATH"), "HOME": "$DIR", "USERPROFILE": "$DIR", "HTTP_PROXY": "$PROXY", "HTTPS_PROXY": "$PROXY",
		"AWS_CONFIG_FILE": "$DIR/config", "AWS_SHARED_CREDENTIALS_FILE": "$DIR/credentials",
		"AWS_REGION": acctest.Region, "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "$SIMULATOR",
		"AWS_ENDPOINT_URL_STS":               "$STS", "AWS_ENDPOINT_URL_IAM": "$IAM", "AWS_ENDPOINT_URL_SSO": "$SSO",
	}
	maps.Copy(all, env)
	var variables []string
	for name, value := range all {
		if value != "" {
			variables = append(variables, name+"="+f.variables.Replace(value))
		}
	}
	return variables
}

func (f *fixture) providerBlock(config string) json.RawMessage {
	return json.RawMessage("{" + f.variables.Replace(config) + "}")
}

// shellProfile matches the profiles whose credential_process is a shell script.
var shellProfile = regexp.MustCompile(
	`"profile": "((chained-)?(malformed|endless)|expiring|large|open-output|process)"`)

func (tc testCase) skipShell(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" && shellProfile.MatchString(tc.config) {
		t.Skip("the credential_process of the profile is a shell script")
	}
}

func (tc testCase) run(t *testing.T) {
	t.Parallel()
	tc.skipShell(t)
	f := tc.newFixture(t)
	in := input{Config: f.providerBlock(tc.config), Regions: []string{tc.region}, Timeout: tc.timeout}
	tc.checkDiagnostics(t, runProvider(t, f.environment(tc.env), in))
	tc.checkRequests(t, f)
}

func runAll(t *testing.T, testCases map[string]testCase) {
	t.Helper()
	for name, tc := range testCases {
		t.Run(name, tc.run)
	}
}

func (tc testCase) checkDiagnostics(t *testing.T, got result) {
	t.Helper()
	for _, text := range slices.Concat(got.Errors, got.Warnings) {
		if tc.secret != "" && strings.Contains(text, tc.secret) {
			t.Errorf("a diagnostic contains the secret %q:\n%s", tc.secret, text)
		}
	}
	if warnings := strings.Join(got.Warnings, "\n"); (warnings == "") != (tc.wantWarning == "") ||
		len(got.Warnings) > 1 || !strings.Contains(warnings, tc.wantWarning) {
		t.Errorf("warnings %q, want one with %q", got.Warnings, tc.wantWarning)
	}
	if tc.wantStage == "" {
		if len(got.Errors) > 0 {
			t.Fatalf("errors at stage %s: %q", got.Stage, got.Errors)
		}
		return
	}
	if len(got.Errors) != 1 || got.Stage != tc.wantStage || !strings.HasPrefix(got.Errors[0], tc.wantAttribute+": ") {
		t.Fatalf("errors at stage %s: %q, want one at %q at stage %s", got.Stage, got.Errors, tc.wantAttribute, tc.wantStage)
	}
	for _, want := range tc.wantErrors {
		if !strings.Contains(got.Errors[0], want) {
			t.Errorf("error %q, want %q", got.Errors[0], want)
		}
	}
}

func (tc testCase) checkRequests(t *testing.T, f *fixture) {
	t.Helper()
	tc.checkSimulator(t, f.sim.Calls())
	var calls []string
	for _, service := range []string{"sts", "iam", "sso", "container", "metadata"} {
		for _, call := range f.Calls(service) {
			line := strings.Join([]string{call.Service, call.Action, call.Role, call.AccessKeyID, call.Region}, " ")
			if service != "metadata" {
				calls = append(calls, strings.Join(strings.Fields(line), " "))
			} else if !slices.Contains(calls, service) { // It takes several requests.
				calls = append(calls, service)
			}
		}
	}
	if !slices.Equal(calls, tc.wantCalls) {
		t.Errorf("requests to other services:\n%q\nwant:\n%q", calls, tc.wantCalls)
	}
	if calls := f.Calls("sts"); len(calls) > 0 {
		for name, want := range tc.wantParameters {
			if got := calls[len(calls)-1].Parameters[name]; got != want {
				t.Errorf("STS parameter %s is %q, want %q", name, got, want)
			}
		}
	}
	if got := f.proxy.Hosts(); !slices.Equal(got, tc.wantProxied) {
		t.Errorf("hosts requested through the proxy: %q, want %q", got, tc.wantProxied)
	}
}

func (tc testCase) checkSimulator(t *testing.T, calls []simulator.Call) {
	t.Helper()
	want := cmp.Or(tc.wantRequests, 1)
	if tc.wantAccessKey == "" {
		want = 0
	}
	if len(calls) != want {
		t.Errorf("%d requests to Customer Profiles, want %d", len(calls), want)
	}
	for _, call := range calls {
		host, _, _ := strings.Cut(call.Host, ":")
		_, maxAttempts, _ := strings.Cut(call.Header.Get("Amz-Sdk-Request"), "max=")
		for name, values := range map[string][2]string{
			"access key":   {call.AccessKeyID, tc.wantAccessKey},
			"Region":       {call.Region, cmp.Or(tc.wantRegion, acctest.Region)},
			"host":         {host, cmp.Or(tc.wantHost, "127.0.0.1")},
			"max attempts": {maxAttempts, cmp.Or(tc.wantMaxAttempts, "25")},
		} {
			if values[0] != values[1] {
				t.Errorf("%s %q, want %q", name, values[0], values[1])
			}
		}
		if got := call.Header.Get("User-Agent"); !strings.Contains(got, tc.wantUserAgent) {
			t.Errorf("User-Agent %q, want %q", got, tc.wantUserAgent)
		}
	}
}
