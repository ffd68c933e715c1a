// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// row is a configuration, an environment and shared files on one side, and on
// the other what the services saw, or the error. In the texts of the one side
// the variables of [world] stand for what is known only when the row runs.
type row struct {
	config string              // the provider block as JSON; empty: no arguments
	env    map[string]string   // added to the row's environment; an empty value takes a variable out
	files  map[string]string   // by their path under $DIR
	region string              // the data source's
	answer *simulator.Response // of Customer Profiles, in place of the ordinary one

	accessKey  string            // that signed the calls of Customer Profiles; empty: there was no call
	wantRegion string            // that they were signed for; empty: us-east-1
	host       string            // that they were sent to, without a port; empty: 127.0.0.1
	calls      int               // how many; 0: one
	agent      string            // part of their User-Agent
	attempts   string            // how many the SDK is ready to make
	asked      []string          // calls of the other services, but for the metadata service
	parameters map[string]string // of the last call of STS
	metadata   bool              // whether the metadata service was asked
	hosts      []string          // reached through the proxy
	proxyUser  string            // that the proxy was shown
	warning    string            // part of a warning; empty: there is none

	stage     string   // where it fails; empty: it does not
	attribute string   // at which the error is
	errors    []string // parts of the error
	not       string   // must not be in any diagnostic
}

// Static credentials, and where each of them is.
func static(name string) simulator.Credential {
	return simulator.Credential{AccessKeyID: "AKIA" + strings.ToUpper(name), SecretAccessKey: name + "-secret/key+"}
}

// world is what a row runs in.
type world struct {
	*fakeaws.Services
	sim   acctest.Simulator
	proxy *fakeaws.Proxy
	dir   string
	text  *strings.Replacer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Services: fakeaws.Start(t), sim: acctest.StartSimulator(t), dir: t.TempDir()}
	for _, name := range []string{"config", "env", "work", "default", "process"} {
		w.sim.AddCredential(static(name))
	}
	for _, name := range []string{"one", "two", "three", fakeaws.SSORole, fakeaws.InstanceRole, fakeaws.ContainerRole} {
		w.sim.AddCredential(fakeaws.Issued(name))
	}
	withToken := static("temporary")
	withToken.SessionToken = "temporary-token/of+someone"
	w.sim.AddCredential(withToken)

	w.proxy = fakeaws.StartProxy(t, func(host string) http.Handler {
		for prefix, service := range map[string]string{"sts": w.STS, "iam": w.IAM, "portal.sso": w.SSO, "169.254": w.Metadata, "fd00": w.Metadata} {
			if strings.HasPrefix(host, prefix) {
				return fakeaws.Forward(t, service)
			}
		}
		return w.sim.Service
	})
	secured := httptest.NewUnstartedServer(w.sim.Service)
	secured.Config.ErrorLog = log.New(io.Discard, "", 0) // A row refuses its certificate.
	secured.StartTLS()
	t.Cleanup(secured.Close)
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secured.Certificate().Raw})
	w.text = strings.NewReplacer(
		"$CP", w.sim.URL, "$ANYADDRESS", strings.Replace(w.sim.URL, "127.0.0.1", "0.0.0.0", 1), "$TLS", secured.URL, "$STS", w.STS, "$IAM", w.IAM, "$SSO", w.SSO, "$METADATA", w.Metadata, "$DIR", w.dir,
		"$USERPROXY", strings.Replace(w.proxy.URL, "http://", "http://user:pass%2Fword@", 1), "$PROXY", w.proxy.URL,
		"$NAMEDPROXY", strings.Replace(w.proxy.URL, "http://127.0.0.1", "localhost", 1),
	)
	w.write(t, map[string]string{"ca.pem": string(authority)})
	return w
}

// environment is the row's whole environment: nothing of this machine's but
// where programs are, and no way out but the proxy.
func (w *world) environment(more map[string]string) []string {
	variables := map[string]string{
		"PATH": os.Getenv("PATH"), "HOME": "$DIR", "AWS_REGION": acctest.Region, "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_CONFIG_FILE": "$DIR/config", "AWS_SHARED_CREDENTIALS_FILE": "$DIR/credentials",
		"HTTP_PROXY": "$PROXY", "HTTPS_PROXY": "$PROXY",
		"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "$CP", "AWS_ENDPOINT_URL_STS": "$STS", "AWS_ENDPOINT_URL_IAM": "$IAM", "AWS_ENDPOINT_URL_SSO": "$SSO",
	}
	maps.Copy(variables, more)
	var env []string
	for name, value := range variables {
		if value != "" {
			env = append(env, name+"="+w.text.Replace(value))
		}
	}
	return env
}

func (w *world) write(t *testing.T, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(w.dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(w.text.Replace(content)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

// arrange makes the row's world.
func (r row) arrange(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.write(t, r.files)
	if r.answer != nil {
		w.sim.SetResponder(func(simulator.Call) *simulator.Response { return r.answer })
	}
	return w
}

// block is the provider block in the row's world.
func (r row) block(w *world) json.RawMessage {
	if r.config == "" {
		return json.RawMessage("{}")
	}
	return json.RawMessage(w.text.Replace(r.config))
}

func (r row) run(t *testing.T) {
	t.Parallel()
	w := r.arrange(t)
	r.checkDiagnostics(t, runRow(t, w.environment(r.env), request{Config: r.block(w), Regions: []string{r.region}}))
	r.checkServices(t, w)
}

func (r row) checkDiagnostics(t *testing.T, came result) {
	t.Helper()
	warnings := 0
	for _, d := range came.Diagnostics {
		if d.Warning {
			warnings++
		}
		if r.not != "" && strings.Contains(d.String(), r.not) {
			t.Errorf("%q is in a diagnostic:\n%v", r.not, d)
		}
		if d.Warning && (r.warning == "" || !strings.Contains(d.String(), r.warning)) {
			t.Errorf("unexpected warning:\n%v", d)
		}
	}
	if r.warning != "" && warnings != 1 {
		t.Errorf("%d warnings, want one: %q", warnings, r.warning)
	}
	errors := came.errors()
	if r.stage == "" {
		if len(errors) > 0 {
			t.Fatalf("at %s: %v", came.Stage, errors)
		}
		return
	}
	if len(errors) != 1 || came.Stage != r.stage {
		t.Fatalf("%d errors at %s, want one at %s: %v", len(errors), came.Stage, r.stage, errors)
	}
	if errors[0].Attribute != r.attribute {
		t.Errorf("error at %q, want %q", errors[0].Attribute, r.attribute)
	}
	for _, want := range r.errors {
		if !strings.Contains(errors[0].String(), want) {
			t.Errorf("the error does not say %q:\n%v", want, errors[0])
		}
	}
}

func (r row) checkServices(t *testing.T, w *world) {
	t.Helper()
	r.checkCalls(t, w.sim.Calls())

	var asked []string
	for _, service := range []string{"sts", "iam", "sso", "container"} {
		for _, call := range w.Calls(service) {
			asked = append(asked, strings.Join(strings.Fields(strings.Join([]string{service, call.Action, call.Role, call.AccessKeyID, call.Region}, " ")), " "))
		}
	}
	if !slices.Equal(asked, r.asked) {
		t.Errorf("asked\n  %s\nwant\n  %s", strings.Join(asked, "\n  "), strings.Join(r.asked, "\n  "))
	}
	if calls := w.Calls("sts"); len(r.parameters) > 0 && len(calls) > 0 {
		for name, want := range r.parameters {
			if got := calls[len(calls)-1].Parameters[name]; got != want {
				t.Errorf("STS was sent %s %q, want %q", name, got, want)
			}
		}
	}
	if got := len(w.Calls("metadata")) > 0; got != r.metadata {
		t.Errorf("metadata service asked: %v, want %v", got, r.metadata)
	}
	if got := w.proxy.Hosts(); !slices.Equal(got, r.hosts) {
		t.Errorf("through the proxy %q, want %q", got, r.hosts)
	}
	if r.proxyUser != "" && !slices.Contains(w.proxy.Users(), r.proxyUser) {
		t.Errorf("the proxy was shown %q, want %q", w.proxy.Users(), r.proxyUser)
	}
}

func (r row) checkCalls(t *testing.T, calls []simulator.Call) {
	t.Helper()
	want := max(r.calls, 1)
	if r.accessKey == "" {
		want = 0
	}
	if len(calls) != want {
		t.Errorf("%d calls of Customer Profiles, want %d", len(calls), want)
	}
	or := func(value, otherwise string) string {
		if value == "" {
			return otherwise
		}
		return value
	}
	for _, call := range calls {
		host, _, _ := strings.Cut(call.Host, ":")
		for what, values := range map[string][2]string{
			"access key": {call.AccessKeyID, r.accessKey},
			"Region":     {call.Region, or(r.wantRegion, acctest.Region)},
			"service":    {call.ServiceName, "profile"},
			"host":       {host, or(r.host, "127.0.0.1")},
		} {
			if values[0] != values[1] {
				t.Errorf("%s %q, want %q", what, values[0], values[1])
			}
		}
		if !strings.Contains(call.UserAgent, r.agent) {
			t.Errorf("User-Agent %q, want %q in it", call.UserAgent, r.agent)
		}
		if attempts := call.Header.Get("Amz-Sdk-Request"); !strings.HasSuffix(attempts, "max="+or(r.attempts, "25")) {
			t.Errorf("Amz-Sdk-Request %q, want %q attempts", attempts, or(r.attempts, "25"))
		}
	}
}
