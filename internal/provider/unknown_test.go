// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// unknownBlock is a provider block with values that are not known yet.
func unknownBlock(t *testing.T, schema *tfprotov6.Schema, values map[string]func(tftypes.Type) tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("the provider block is a %s", schema.ValueType())
	}
	all := map[string]tftypes.Value{}
	for name, of := range object.AttributeTypes {
		all[name] = tftypes.NewValue(of, nil)
		if value, ok := values[name]; ok {
			all[name] = value(of)
		}
	}
	value, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, all))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

func unknown(of tftypes.Type) tftypes.Value { return tftypes.NewValue(of, tftypes.UnknownValue) }

// unknownRole is a list of two blocks of which the second has a role that is
// not known.
func unknownRole(of tftypes.Type) tftypes.Value {
	block := of.(tftypes.List).ElementType.(tftypes.Object)
	role := func(arn any) tftypes.Value {
		attributes := map[string]tftypes.Value{}
		for name, attribute := range block.AttributeTypes {
			attributes[name] = tftypes.NewValue(attribute, nil)
		}
		attributes["role_arn"] = tftypes.NewValue(tftypes.String, arn)
		return tftypes.NewValue(block, attributes)
	}
	return tftypes.NewValue(of, []tftypes.Value{role(arnOf + "one"), role(tftypes.UnknownValue)})
}

func unknownElement(of tftypes.Type) tftypes.Value {
	return tftypes.NewValue(of, []tftypes.Value{tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})
}

// Whatever is not known, the provider is configured, and only a data source
// that has to be read fails, or is deferred where Terraform can.
func TestUnknown(t *testing.T) {
	t.Parallel()
	type values = map[string]func(tftypes.Type) tftypes.Value
	for name, test := range map[string]struct {
		values values
		want   string
	}{
		"a Region":        {values{"region": unknown}, "not known until apply: region."},
		"a number":        {values{"max_retries": unknown}, "not known until apply: max_retries."},
		"a flag":          {values{"skip_region_validation": unknown}, "not known until apply: skip_region_validation."},
		"keys":            {values{"secret_key": unknown, "access_key": unknown}, "not known until apply: access_key, secret_key."},
		"a role":          {values{"assume_role": unknownRole}, "not known until apply: assume_role[1].role_arn."},
		"all roles":       {values{"assume_role": unknown}, "not known until apply: assume_role."},
		"a web identity":  {values{"assume_role_with_web_identity": unknown}, "not known until apply: assume_role_with_web_identity."},
		"the endpoints":   {values{"endpoints": unknown}, "not known until apply: endpoints."},
		"one of the user": {values{"user_agent": unknownElement}, "not known until apply: user_agent[0]."},
		"one of a set":    {values{"allowed_account_ids": unknownElement}, "not known until apply: allowed_account_ids."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := unknownBlock(t, providerSchema(t), test.values)
			read := readUnknown(t, config, false)
			if read.Deferred != nil || len(read.Diagnostics) != 1 {
				t.Fatalf("deferred %v, diagnostics %v, want an error", read.Deferred, read.Diagnostics)
			}
			detail := read.Diagnostics[0].Detail
			if !strings.Contains(detail, test.want) || !strings.Contains(detail, "terraform apply -target") {
				t.Errorf("the error does not say %q:\n%s", test.want, detail)
			}

			read = readUnknown(t, config, true)
			if len(read.Diagnostics) > 0 {
				t.Errorf("diagnostics %v where deferral is allowed", read.Diagnostics)
			}
			if read.Deferred == nil || read.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown {
				t.Errorf("deferred %v, want for the provider's configuration", read.Deferred)
			}
		})
	}
}

// readUnknown configures a provider and reads a data source.
func readUnknown(t *testing.T, config *tfprotov6.DynamicValue, deferral bool) *tfprotov6.ReadDataSourceResponse {
	t.Helper()
	provider := server.New("test")
	validated, err := provider.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: config})
	if err != nil || len(validated.Diagnostics) > 0 {
		t.Fatalf("validate: %v %v", err, validated.Diagnostics)
	}
	configured, err := provider.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: config, ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: deferral},
	})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatalf("configure: %v %v", err, configured.Diagnostics)
	}
	read, err := provider.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: "customerprofiles_workflow",
		Config:   &tfprotov6.DynamicValue{JSON: []byte(`{"domain_name": "acme", "workflow_id": "` + workflowID + `"}`)},
		ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{
			DeferralAllowed: deferral,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return read
}

const later = `
resource "terraform_data" "later" {
  input = "us-east-1"
}
`

// Through Terraform: a data source that has to be read now says what is not
// known, one that depends on the same is read at apply, and so is one whose own
// arguments are not known.
func TestAccUnknown(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, acctest.TerraformData)
	acctest.Terraform(t)
	provider := func(region string) string {
		return `
provider "customerprofiles" {
  region = ` + region + `
}
`
	}
	source := func(workflow, more string) string {
		return `
data "customerprofiles_workflow" "test" {
  domain_name = "acme"
  workflow_id = ` + workflow + `
  ` + more + `
}
`
	}
	known := `"` + workflowID + `"`
	for name, test := range map[string]struct {
		main string
		want string // of the plan's error; empty: it plans, and applies
	}{
		"the provider":                {provider("terraform_data.later.output") + source(known, ""), "not known until apply: region."},
		"the provider, read at apply": {provider("terraform_data.later.output") + source(known, "depends_on = [terraform_data.later]"), ""},
		"the data source's workflow":  {provider(`"us-east-1"`) + source(`terraform_data.later.id == "" ? "" : `+known, ""), ""},
		"the data source's Region":    {provider(`"us-east-1"`) + source(known, "region = terraform_data.later.output"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			env := map[string]string{"AWS_REGION": ""}
			maps.Copy(env, envKeys)
			cli := acctest.NewCLI(t, map[string]string{"main.tf": acctest.RequiredProviders + later + test.main}, w.environment(env)...)
			output, err := cli.Run("plan", "-input=false", "-no-color")
			if test.want != "" {
				if err == nil || !strings.Contains(onOneLine(output), test.want) {
					t.Errorf("terraform plan: %v, want %q\n%s", err, test.want, output)
				}
				return
			}
			if err != nil {
				t.Fatalf("terraform plan: %v\n%s", err, output)
			}
			cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
			if state := cli.MustRun(t, "state", "pull"); !strings.Contains(state, workflowID) {
				t.Errorf("the state does not hold the workflow:\n%s", state)
			}
		})
	}
}
