// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// If the provider block has unknown values, configuring the provider succeeds.
// Reading a data source fails, or is deferred if the client allows it.
func TestUnknownConfig(t *testing.T) {
	t.Parallel()
	srv := server.New("test")
	schema, err := srv.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	object := schema.Provider.ValueType().(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, attributeType := range object.AttributeTypes {
		values[name] = tftypes.NewValue(attributeType, tftypes.UnknownValue)
	}
	source := &tfprotov6.DynamicValue{JSON: []byte(`{"domain_name": "acme", "workflow_id": "` + workflowID + `"}`)}
	config, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		t.Fatal(err)
	}
	validated, err := srv.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: &config})
	if err != nil || len(validated.Diagnostics) > 0 {
		t.Fatalf("validate: error %v, diagnostics %v", err, validated.Diagnostics)
	}
	for _, deferralAllowed := range []bool{false, true} {
		configured, err := srv.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
			Config:             &config,
			ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: deferralAllowed},
		})
		if err != nil || len(configured.Diagnostics) > 0 {
			t.Fatalf("configure: error %v, diagnostics %v", err, configured.Diagnostics)
		}
		read, err := srv.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
			TypeName:           "customerprofiles_workflow",
			Config:             source,
			ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{DeferralAllowed: deferralAllowed},
		})
		if err != nil {
			t.Fatal(err)
		}
		if deferred := read.Deferred != nil; deferred != deferralAllowed || deferred == (len(read.Diagnostics) > 0) {
			t.Errorf("deferral allowed: %v: deferred %v, diagnostics %v", deferralAllowed, read.Deferred, read.Diagnostics)
		}
		if !deferralAllowed && !strings.Contains(read.Diagnostics[0].Detail, "access_key, allowed_account_ids, assume_role") {
			t.Errorf("the error does not name the arguments: %v", read.Diagnostics[0])
		}
	}
}
