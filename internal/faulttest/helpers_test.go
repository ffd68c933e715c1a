// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"cmp"
	"context"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"go.uber.org/goleak"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// maxAttempts is the provider's max_retries, unless a test says otherwise.
const maxAttempts = 4

// The summaries of the diagnostics. A read that has none must succeed.
const (
	noError             = ""
	workflowNotFound    = "Workflow not found"
	domainNotFound      = "Domain not found"
	accessDenied        = "Access denied by Customer Profiles"
	credentialsRejected = "AWS credentials rejected"
	throttled           = "Throttled by Customer Profiles"
	requestRejected     = "Request rejected by Customer Profiles"
	serverError         = "Customer Profiles server error"
	malformedResponse   = "Malformed response from Customer Profiles"
	noResponse          = "No response from Customer Profiles"
	timedOut            = "Read timed out"
	canceled            = "Read canceled"
)

// discardLog is for servers whose clients misbehave on purpose.
var discardLog = log.New(io.Discard, "", 0)

func TestMain(m *testing.M) { acctest.Main(suite{m}) }

// suite is a [testing.M] that also checks for leaked goroutines.
type suite struct{ *testing.M }

// Run runs the tests with the certificate of [httptest.NewTLSServer] as the CA
// bundle of the SDK.
func (s suite) Run() int {
	bundle, err := writeTestCertificate()
	if err == nil {
		defer func() { _ = os.Remove(bundle) }()
		err = os.Setenv("AWS_CA_BUNDLE", bundle)
	}
	code := 1
	if err == nil {
		code = s.M.Run()
		// The connections of the soak test's child process stay open: its server is
		// in the parent.
		if os.Getenv(soakEndpoint) == "" {
			err = goleak.Find()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	return code
}

func writeTestCertificate() (string, error) {
	srv := httptest.NewTLSServer(nil)
	defer srv.Close()
	file, err := os.CreateTemp("", "customerprofiles-faulttest-*.pem")
	if err != nil {
		return "", err
	}
	err = pem.Encode(file, &pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw})
	return file.Name(), errors.Join(err, file.Close())
}

// settings are what differs between the providers of the tests.
type settings struct {
	operation   operation // getWorkflow if it is zero
	endpoint    string
	maxAttempts int // maxAttempts if it is 0
	token       string
	timeout     string // timeouts.read, the default if it is empty
	options     []conns.Option
}

// testProvider is a configured provider and a data source to read.
type testProvider struct {
	server    tfprotov6.ProviderServer
	operation operation
	schema    tftypes.Type
	config    *tfprotov6.DynamicValue
}

// newProvider serves and configures a provider whose backoff is a thousandth of
// the usual one.
func newProvider(t testing.TB, s settings) *testProvider {
	t.Helper()
	if s.operation.name == "" {
		s.operation = getWorkflow
	}
	shorten := conns.WithBackoff(func(chosen time.Duration) time.Duration { return chosen / 1000 })
	p := &testProvider{
		operation: s.operation,
		server:    server.New("test", append([]conns.Option{shorten}, s.options...)...),
	}
	schemas, err := p.server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	p.schema = schemas.DataSourceSchemas[p.operation.dataSource].ValueType()
	arguments := map[string]any{}
	for name, value := range p.operation.arguments {
		arguments[name] = value
	}
	if s.timeout != "" {
		arguments["timeouts"] = map[string]any{"read": s.timeout}
	}
	p.config = jsonConfig(t, arguments)

	block := map[string]any{
		"region": acctest.Region, "access_key": acctest.AccessKey, "secret_key": acctest.SecretKey,
		"max_retries": cmp.Or(s.maxAttempts, maxAttempts),
		"endpoints":   []any{map[string]any{"customerprofiles": s.endpoint}},
	}
	if s.token != "" {
		block["token"] = s.token
	}
	resp, err := p.server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4", Config: jsonConfig(t, block),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
	return p
}

// jsonConfig returns a configuration whose other arguments are null.
func jsonConfig(t testing.TB, arguments map[string]any) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := json.Marshal(arguments)
	if err != nil {
		t.Fatal(err)
	}
	return &tfprotov6.DynamicValue{JSON: encoded}
}

// result is a value, or the summary and the detail of a diagnostic.
type result struct {
	operation       operation
	value           map[string]tftypes.Value
	summary, detail string
}

// read reads the data source. A read that fails must return the configuration as
// its state, without anything of a response.
func (p *testProvider) read(ctx context.Context, t testing.TB) result {
	t.Helper()
	resp, err := p.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: p.operation.dataSource, Config: p.config,
	})
	if err != nil {
		t.Fatal(err)
	}
	got := result{operation: p.operation}
	for _, d := range resp.Diagnostics {
		got.summary, got.detail = d.Summary, d.Detail
	}
	state, err := resp.State.Unmarshal(p.schema)
	if err != nil {
		t.Fatal(err)
	}
	config, err := p.config.Unmarshal(p.schema)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case len(resp.Diagnostics) > 1:
		t.Fatalf("%d diagnostics, want at most 1", len(resp.Diagnostics))
	case got.summary == noError:
		if err := state.As(&got.value); err != nil {
			t.Fatal(err)
		}
	case !state.Equal(config):
		t.Errorf("state after a failed read %s, want %s", state, config)
	}
	return got
}

// check compares the result with a summary and parts of the detail. If the
// summary is empty, the result must be the requested object.
func (r result) check(t testing.TB, summary string, detail ...string) {
	t.Helper()
	if r.summary != summary {
		t.Fatalf("summary %q, want %q\n%s", r.summary, summary, r.detail)
	}
	if summary == noError {
		for name, want := range r.operation.arguments {
			var got string
			if err := r.value[name].As(&got); err != nil || got != want {
				t.Errorf("%s %q (%v), want %q", name, got, err, want)
			}
		}
		return
	}
	if !strings.HasPrefix(r.detail, r.operation.request()) {
		t.Errorf("detail doesn't begin with %q:\n%s", r.operation.request(), r.detail)
	}
	for _, want := range detail {
		if !strings.Contains(r.detail, want) {
			t.Errorf("detail doesn't contain %q:\n%s", want, r.detail)
		}
	}
}
