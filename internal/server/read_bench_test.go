// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server_test

import (
	"context"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/staticserver"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// object builds a value of the type from the members that are given: those
// that are not are null.
func object(t testing.TB, typ tftypes.Type, members map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	values := map[string]tftypes.Value{}
	for name, attribute := range typ.(tftypes.Object).AttributeTypes {
		values[name] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(values, members)
	dynamic, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, values))
	if err != nil {
		t.Fatal(err)
	}
	return &dynamic
}

// configured returns a server that reads from the endpoint, and the request
// that reads a workflow.
func configured(t testing.TB, endpoint string) (tfprotov6.ProviderServer, *tfprotov6.ReadDataSourceRequest) {
	t.Helper()
	ctx := context.Background()
	s := server.New("test")
	schemas, err := s.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	provider := schemas.Provider.ValueType().(tftypes.Object)
	endpoints, isList := provider.AttributeTypes["endpoints"].(tftypes.List)
	if !isList {
		t.Fatalf("endpoints is %T", provider.AttributeTypes["endpoints"])
	}
	urls := map[string]tftypes.Value{}
	for name := range endpoints.ElementType.(tftypes.Object).AttributeTypes {
		urls[name] = text("")
	}
	urls["customerprofiles"] = text(endpoint)
	resp, err := s.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4",
		Config: object(t, provider, map[string]tftypes.Value{
			"region": text("us-east-1"), "access_key": text("AKIAIOSFODNN7EXAMPLE"), "secret_key": text("secret"),
			"endpoints": tftypes.NewValue(endpoints, []tftypes.Value{tftypes.NewValue(endpoints.ElementType, urls)}),
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
	const typeName = "customerprofiles_workflow"
	return s, &tfprotov6.ReadDataSourceRequest{
		TypeName: typeName,
		Config: object(t, schemas.DataSourceSchemas[typeName].ValueType(), map[string]tftypes.Value{
			"domain_name": text("acme"), "workflow_id": text(staticserver.WorkflowID),
		}),
	}
}

func read(t testing.TB, s tfprotov6.ProviderServer, req *tfprotov6.ReadDataSourceRequest) {
	t.Helper()
	resp, err := s.ReadDataSource(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
}

func BenchmarkRead(b *testing.B) {
	url, stop, err := staticserver.Listen(staticserver.Workflow)
	if err != nil {
		b.Fatal(err)
	}
	defer stop()
	s, req := configured(b, url)
	b.ReportAllocs()
	for b.Loop() {
		read(b, s, req)
	}
}

func BenchmarkValidate(b *testing.B) {
	s, req := configured(b, "http://127.0.0.1:1")
	validate := &tfprotov6.ValidateDataResourceConfigRequest{TypeName: req.TypeName, Config: req.Config}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.ValidateDataResourceConfig(context.Background(), validate); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSchema(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := server.New("test").GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
			b.Fatal(err)
		}
	}
}

// maxAllocations is what a read may allocate, of which the framework and the
// // SDK need about 2,200. It is a count, and the same on every machine but for
// what the race detector adds: some twenty.
const maxAllocations = 2500

// Not parallel: what other tests allocate would be counted.
func TestReadAllocations(t *testing.T) { //nolint:paralleltest // As said.
	url, stop, err := staticserver.Listen(staticserver.Workflow)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	s, req := configured(t, url)
	if got := testing.AllocsPerRun(200, func() { read(t, s, req) }); got > maxAllocations {
		t.Errorf("a read allocates %.0f times, at most %d are allowed", got, maxAllocations)
	}
}
