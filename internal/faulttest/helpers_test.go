// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package faulttest_test only has tests: of everything that can go wrong between the
// provider and the service. Each test breaks one thing, and checks that the read
// recovers from a transient fault, and that the diagnostic of a permanent one is
// clear. Most tests use Terraform's protocol within their own process, with
// shortened backoff. Those named TestAcc run Terraform. No goroutine may remain.
package faulttest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
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
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const (
	maxAttempts = 4 // the provider's max_retries, unless a test sets another value

	// The summaries of the diagnostics. A read that has none must succeed.
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

func TestMain(m *testing.M) { acctest.Main(leakDetector{m}) }

// leakDetector runs the tests, and fails if they leak a goroutine.
type leakDetector struct{ *testing.M }

// Run runs the tests.
func (d leakDetector) Run() int {
	code := d.M.Run()
	if err := goleak.Find(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// settings are what differs between the providers of the tests.
type settings struct {
	operation operation // getWorkflow if it is zero
	endpoint  string
	arguments map[string]any // further arguments of the provider block
	timeout   string         // timeouts.read, the default if it is empty
	options   []conns.Option
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
	arguments := maps.Clone(p.operation.arguments)
	if s.timeout != "" {
		arguments["timeouts"] = map[string]any{"read": s.timeout}
	}
	p.config = jsonConfig(t, arguments)

	block := map[string]any{
		"region": acctest.Region, "access_key": acctest.AccessKey, "secret_key": acctest.SecretKey,
		"max_retries": maxAttempts, "endpoints": []any{map[string]any{"customerprofiles": s.endpoint}},
	}
	maps.Copy(block, s.arguments)
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

// read reads the data source. If that fails, the state must be the configuration,
// without any part of a response.
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
	if got.summary != noError && !state.Equal(config) || len(resp.Diagnostics) > 1 {
		t.Errorf("%d diagnostics, state %s, want %s", len(resp.Diagnostics), state, config)
	}
	if err := state.As(&got.value); err != nil {
		t.Fatal(err)
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
	if summary != noError {
		if !strings.HasPrefix(r.detail, r.operation.request()) {
			t.Errorf("detail doesn't begin with %q:\n%s", r.operation.request(), r.detail)
		}
		for _, want := range detail {
			if !strings.Contains(r.detail, want) {
				t.Errorf("detail doesn't contain %q:\n%s", want, r.detail)
			}
		}
		return
	}
	for name, want := range r.operation.arguments {
		var got string
		if err := r.value[name].As(&got); err != nil || got != want {
			t.Errorf("%s %q (%v), want %q", name, got, err, want)
		}
	}
}

const (
	requestID = "11111111-2222-3333-4444-555555555555"
	// htmlPage is the page of a gateway, with a terminal escape sequence.
	htmlPage = "<!DOCTYPE html><html><body>Bad gateway \x1b[31m</body></html>"
)

// responder returns the response to an attempt, or nil for the simulator's own.
type responder func(attempt simulator.Call) *simulator.Response

// respond returns the same response to every attempt.
func respond(r *simulator.Response) responder {
	return func(simulator.Call) *simulator.Response { return r }
}

// respondTimes returns a response to the first n attempts.
func respondTimes(n int, r *simulator.Response) responder {
	return func(attempt simulator.Call) *simulator.Response {
		if attempt.Count <= n {
			return r
		}
		return nil
	}
}

// respondInOrder returns the first response to the first attempt, and so on.
func respondInOrder(responses ...*simulator.Response) responder {
	return func(attempt simulator.Call) *simulator.Response { return responses[attempt.Count-1] }
}

// respondWithClockBehind returns the responses of a service whose clock is an hour
// behind: it rejects requests that aren't signed with its own time.
func respondWithClockBehind(attempt simulator.Call) *simulator.Response {
	now := time.Now().UTC().Add(-time.Hour)
	date := "Date: " + now.Format(http.TimeFormat)
	signed, err := time.Parse("20060102T150405Z", attempt.Header.Get("X-Amz-Date"))
	if err != nil || now.Sub(signed).Abs() > time.Minute {
		return errorResponse(403, "InvalidSignatureException", "Signature not yet current", date)
	}
	return success(validBody, date)
}

// response returns a response with a request ID. A header is "Name: value", or
// "Name" to remove the header.
func response(status int, body string, headers ...string) *simulator.Response {
	r := &simulator.Response{
		Status: status, Body: []byte(body), Header: http.Header{"X-Amzn-Requestid": {requestID}},
	}
	for _, header := range headers {
		name, value, found := strings.Cut(header, ": ")
		r.Header[http.CanonicalHeaderKey(name)] = nil
		if found {
			r.Header.Set(name, value)
		}
	}
	return r
}

func success(body string, headers ...string) *simulator.Response {
	return response(http.StatusOK, body, headers...)
}

// errorResponse returns an error in the form of AWS.
func errorResponse(status int, code, message string, headers ...string) *simulator.Response {
	body := simulator.ErrorResponse(status, code, message).Body
	return response(status, string(body), append(headers, "X-Amzn-Errortype: "+code)...)
}

// withFault returns the simulator's own response on a faulty connection.
func withFault(fault simulator.Fault) *simulator.Response { return &simulator.Response{Fault: fault} }

// cutAfter closes the connection after n bytes of the body of r.
func cutAfter(n int, r *simulator.Response) *simulator.Response {
	r.Fault, r.BodyBytes = simulator.CutBody, n
	return r
}

// stalled returns a response that stalls after the first byte of the body.
func stalled() *simulator.Response {
	r := success(validBody)
	r.Fault, r.BodyBytes = simulator.StallBody, 1
	return r
}

// facts returns what a diagnostic says about a response after its message.
func facts(status int) string {
	return fmt.Sprintf("(HTTP %d, request ID %s)", status, requestID)
}

// startRawServer starts a server that sends the bytes that respond returns, and
// keeps the connection open. It returns its URL.
func startRawServer(t *testing.T, respond func(*http.Request) string) string {
	t.Helper()
	closed := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw := respond(r)
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, raw)
		<-closed
		_ = conn.Close()
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(closed) })
	return server.URL
}
