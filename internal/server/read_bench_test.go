// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/staticserver"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

const dataSource = "customerprofiles_workflow"

// encode returns a configuration in the format in which Terraform sends it.
// Attributes that aren't in the JSON are null.
func encode(t testing.TB, schema *tfprotov6.Schema, json string) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := tfprotov6.DynamicValue{JSON: []byte(json)}.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := tfprotov6.NewDynamicValue(schema.ValueType(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

func checkDiagnostics(t testing.TB, diagnostics []*tfprotov6.Diagnostic, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diagnostics {
		t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
}

// newReader returns a function that reads a workflow.
func newReader(t testing.TB) (read func()) {
	t.Helper()
	url, stop, err := staticserver.Listen(staticserver.Workflow)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	s := server.New("test")
	schemas, err := s.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	configured, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: encode(t, schemas.Provider, fmt.Sprintf(`{"region": "us-east-1", "access_key": "AKIAIOSFODNN7EXAMPLE",
			"secret_key": "secret", "endpoints": [{"customerprofiles": %q}]}`, url)),
	})
	checkDiagnostics(t, configured.Diagnostics, err)
	config := encode(t, schemas.DataSourceSchemas[dataSource],
		fmt.Sprintf(`{"domain_name": "acme", "workflow_id": %q}`, staticserver.WorkflowID))
	return func() {
		resp, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: dataSource, Config: config})
		checkDiagnostics(t, resp.Diagnostics, err)
	}
}

func BenchmarkRead(b *testing.B) {
	read := newReader(b)
	b.ReportAllocs()
	for b.Loop() {
		read()
	}
}

// maxAllocations is how often a read may allocate memory. Conversions by the
// framework are most of it.
const maxAllocations = 5200

func TestReadAllocations(t *testing.T) { //nolint:paralleltest // The allocations of other tests would be counted.
	if got := testing.AllocsPerRun(200, newReader(t)); got > maxAllocations {
		t.Errorf("a read allocates %.0f times, want at most %d", got, maxAllocations)
	}
}
