// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"go.uber.org/goleak"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

const (
	domainName = "acme"
	workflowID = "0123456789abcdef0123456789abcdef"
)

func TestMain(m *testing.M) { acctest.Main(suite{m}) }

// suite runs the tests in an environment in which the SDK trusts the
// certificate of httptest's servers, and fails where a goroutine outlives them.
type suite struct{ *testing.M }

// Run runs the tests.
func (s suite) Run() int {
	bundle, err := testCertificate()
	if err == nil {
		defer func() { _ = os.Remove(bundle) }()
		err = os.Setenv("AWS_CA_BUNDLE", bundle)
	}
	code := 1
	if err == nil {
		code = s.M.Run()
		// The connections of the soak's own process are the other's to close.
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

// testCertificate writes the certificate of httptest's servers to a file.
func testCertificate() (string, error) {
	srv := httptest.NewTLSServer(nil)
	defer srv.Close()
	file, err := os.CreateTemp("", "customerprofiles-faults-*.pem")
	if err != nil {
		return "", err
	}
	err = pem.Encode(file, &pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw})
	return file.Name(), errors.Join(err, file.Close())
}

// provider is the provider as Terraform's protocol sees it, configured.
type provider struct {
	server tfprotov6.ProviderServer
	target target
	config tftypes.Object // of the data source
	waits  atomic.Int64   // before retries
}

// settings are what the tests vary of a provider.
type settings struct {
	target     *target // what is read, where it is not a workflow
	endpoint   string
	maxRetries int64
	clients    []conns.Option
}

// newProvider serves and configures the provider.
func newProvider(t testing.TB, s settings) *provider {
	t.Helper()
	p := &provider{target: workflow}
	if s.target != nil {
		p.target = *s.target
	}
	shortened := conns.WithBackoff(func(chosen time.Duration) time.Duration {
		p.waits.Add(1)
		return chosen / 1000
	})
	p.server = server.New("test", append([]conns.Option{shortened}, s.clients...)...)
	ctx := context.Background()
	schemas, err := p.server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	p.config = objectType(t, schemas.DataSourceSchemas[p.target.typeName])
	block := objectType(t, schemas.Provider)
	list, _ := block.AttributeTypes["endpoints"].(tftypes.List)
	endpoints, ok := list.ElementType.(tftypes.Object)
	if !ok {
		t.Fatalf("endpoints is %s", block.AttributeTypes["endpoints"])
	}
	config := dynamic(t, object(block, map[string]any{
		"region": acctest.Region, "access_key": acctest.AccessKey, "secret_key": acctest.SecretKey, "max_retries": s.maxRetries,
		"endpoints": tftypes.NewValue(list, []tftypes.Value{object(endpoints, map[string]any{"customerprofiles": s.endpoint})}),
	}))
	resp, err := p.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.11.4", Config: config})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
	return p
}

// result is what Terraform gets from a read: a value or a diagnostic.
type result struct {
	target          target
	value           map[string]tftypes.Value
	summary, detail string
	attempts        int
}

// read reads the target within timeout, or the default where it is empty. A
// read that fails must give back what it was given, and nothing of an answer.
func (p *provider) read(t testing.TB, ctx context.Context, timeout string) result {
	t.Helper()
	arguments := map[string]any{}
	for name, value := range p.target.arguments {
		arguments[name] = value
	}
	if timeout != "" {
		timeouts, ok := p.config.AttributeTypes["timeouts"].(tftypes.Object)
		if !ok {
			t.Fatalf("timeouts is %s", p.config.AttributeTypes["timeouts"])
		}
		arguments["timeouts"] = object(timeouts, map[string]any{"read": timeout})
	}
	before := p.waits.Load()
	config := object(p.config, arguments)
	resp, err := p.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: p.target.typeName, Config: dynamic(t, config)})
	if err != nil {
		t.Fatal(err)
	}
	got := result{target: p.target, attempts: int(p.waits.Load()-before) + 1}
	for _, d := range resp.Diagnostics {
		got.summary, got.detail = d.Summary, d.Detail
	}
	state, err := resp.State.Unmarshal(p.config)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case len(resp.Diagnostics) > 1:
		t.Fatalf("%d diagnostics", len(resp.Diagnostics))
	case got.summary == "":
		if err := state.As(&got.value); err != nil {
			t.Fatal(err)
		}
	case !state.Equal(config):
		t.Errorf("a read that failed left %s, and was given %s", state, config)
	}
	return got
}

func objectType(t testing.TB, schema *tfprotov6.Schema) tftypes.Object {
	t.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("the schema's type is %s", schema.ValueType())
	}
	return object
}

// object is an object of which everything is null that is not in values.
func object(typ tftypes.Object, values map[string]any) tftypes.Value {
	all := make(map[string]tftypes.Value, len(typ.AttributeTypes))
	for name, attribute := range typ.AttributeTypes {
		value, ok := values[name].(tftypes.Value)
		if !ok {
			value = tftypes.NewValue(attribute, values[name])
		}
		all[name] = value
	}
	return tftypes.NewValue(typ, all)
}

func dynamic(t testing.TB, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	d, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// expect compares a result with what must happen: an empty summary stands for
// the value that was asked for.
func (r result) expect(t testing.TB, attempts int, summary string, details ...string) {
	t.Helper()
	if r.attempts != attempts {
		t.Errorf("%d attempts, want %d", r.attempts, attempts)
	}
	if r.summary != summary {
		t.Fatalf("summary %q, want %q\n%s", r.summary, summary, r.detail)
	}
	if summary == "" {
		for name, want := range r.target.arguments {
			var got string
			if err := r.value[name].As(&got); err != nil || got != want {
				t.Errorf("%s is %q (%v), want %q", name, got, err, want)
			}
		}
		return
	}
	asked := fmt.Sprintf("%s asked for %sdomain %q in Region %s.", r.target.operation, r.target.subject, domainName, acctest.Region)
	for _, want := range append(details, asked) {
		if !strings.Contains(r.detail, want) {
			t.Errorf("the detail has no %q:\n%s", want, r.detail)
		}
	}
	if strings.Contains(r.detail, acctest.SecretKey) {
		t.Error("the detail shows the secret key")
	}
}
