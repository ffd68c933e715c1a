// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package floor

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func BenchmarkRead(b *testing.B) {
	const typeName = "customerprofiles_workflow"
	server := providerserver.NewProtocol6(New())()
	schemas, err := server.GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		b.Fatal(err)
	}
	// Terraform sends MessagePack, not JSON.
	json := tfprotov6.DynamicValue{
		JSON: []byte(`{"domain_name": "acme", "workflow_id": "0123456789abcdef0123456789abcdef"}`),
	}
	typ := schemas.DataSourceSchemas[typeName].ValueType()
	value, err := json.Unmarshal(typ)
	if err != nil {
		b.Fatal(err)
	}
	config, err := tfprotov6.NewDynamicValue(typ, value)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		resp, err := server.ReadDataSource(b.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: &config})
		if err != nil {
			b.Fatal(err)
		}
		if len(resp.Diagnostics) > 0 {
			b.Fatal(resp.Diagnostics[0])
		}
	}
}
