// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

var dataSource = acctest.DataSource{
	Type:      "customerprofiles_integrations",
	Arguments: `domain_name = "hooli"`,
	Operation: "ListIntegrations",
}

// item checks an item whose attributes are null but for those in want.
func item(want map[string]knownvalue.Check) knownvalue.Check {
	all := map[string]knownvalue.Check{}
	for _, name := range []string{
		"domain_name", "uri", "object_type_name", "created_at", "last_updated_at", "tags", "object_type_names",
		"workflow_id", "is_unstructured", "role_arn", "event_trigger_names", "scope",
	} {
		all[name] = knownvalue.Null()
	}
	maps.Copy(all, want)
	return knownvalue.ObjectExact(all)
}

func TestAccIntegrations_values(t *testing.T) {
	t.Parallel()
	text := knownvalue.StringExact
	for name, test := range map[string]struct {
		item string // as the API sends it
		want map[string]knownvalue.Check
	}{
		"every member": {
			`{"DomainName":"d","Uri":"u","ObjectTypeName":"o","CreatedAt":1709280930.123,"LastUpdatedAt":1709281200,"Tags":{"a":"${1}"},
			"ObjectTypeNames":{"SegmentIdentify":"S"},"WorkflowId":"w","IsUnstructured":true,"RoleArn":"r","EventTriggerNames":["y","x"],"Scope":"PROFILE"}`,
			map[string]knownvalue.Check{
				"domain_name": text("d"), "uri": text("u"),
				"object_type_name": text("o"), "created_at": text("2024-03-01T08:15:30.123Z"), "last_updated_at": text("2024-03-01T08:20:00Z"),
				"tags":              knownvalue.MapExact(map[string]knownvalue.Check{"a": text("${1}")}),
				"object_type_names": knownvalue.MapExact(map[string]knownvalue.Check{"SegmentIdentify": text("S")}),
				"workflow_id":       text("w"), "is_unstructured": knownvalue.Bool(true), "role_arn": text("r"),
				"event_trigger_names": knownvalue.ListExact([]knownvalue.Check{text("y"), text("x")}), "scope": text("PROFILE"),
			},
		},
		"nothing": {`{"Tags":null}`, nil},
		"empty maps, an empty list and false": {
			`{"Tags":{},"EventTriggerNames":[],"IsUnstructured":false,"Scope":"ACCOUNT"}`,
			map[string]knownvalue.Check{
				"tags": knownvalue.MapExact(map[string]knownvalue.Check{}), "event_trigger_names": knownvalue.ListExact([]knownvalue.Check{}),
				"is_unstructured": knownvalue.Bool(false), "scope": text("ACCOUNT"),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			sim.SetResponder(func(simulator.Call) *simulator.Response {
				return &simulator.Response{Status: 200, Body: []byte(`{"Items":[` + test.item + `]}`)}
			})
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: dataSource.Config(sim),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New("items"), knownvalue.ListExact([]knownvalue.Check{item(test.want)})),
						statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New("region"), text(acctest.Region)),
						statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New("include_hidden"), knownvalue.Null()),
					},
				}},
			})
		})
	}
}

func TestAccIntegrations_filters(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		arguments string
		query     string
		want      []string
	}{
		"none":              {``, "max-results=100", []string{"a", "c"}},
		"hidden, too":       {`include_hidden = true`, "include-hidden=true&max-results=100", []string{"a", "b", "c"}},
		"hidden not":        {`include_hidden = false`, "include-hidden=false&max-results=100", []string{"a", "c"}},
		"in another Region": {`region = "eu-west-1"`, "max-results=100", []string{"a", "c", "d"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			put := func(err error) {
				if err != nil {
					t.Fatal(err)
				}
			}
			put(sim.PutIntegration("", "hooli", json.RawMessage(`{"Uri":"a"}`)))
			put(sim.PutHiddenIntegration("", "hooli", json.RawMessage(`{"Uri":"b"}`)))
			put(sim.PutIntegration("", "hooli", json.RawMessage(`{"Uri":"c"}`)))
			put(sim.PutIntegration("eu-west-1", "hooli", json.RawMessage(`{"Uri":"d"}`)))
			items := make([]knownvalue.Check, len(test.want))
			for i, uri := range test.want {
				items[i] = item(map[string]knownvalue.Check{"uri": knownvalue.StringExact(uri)})
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config:            dataSource.Config(sim, test.arguments),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New("items"), knownvalue.ListExact(items))},
				}},
			})
			for _, call := range sim.Calls() {
				if call.RawQuery != test.query {
					t.Errorf("asked with %q, want %q", call.RawQuery, test.query)
				}
			}
		})
	}
}

func TestAccIntegrations_pages(t *testing.T) {
	t.Parallel()
	one := func(n int) string { return fmt.Sprintf(`{"Uri":"u%d"}`, n) }
	acctest.List{
		DataSource: dataSource,
		Item:       one,
		Check: func(n int) knownvalue.Check {
			return item(map[string]knownvalue.Check{"uri": knownvalue.StringExact(fmt.Sprintf("u%d", n))})
		},
		Put: func(t *testing.T, sim acctest.Simulator, items int) {
			t.Helper()
			for n := range items {
				if err := sim.PutIntegration("", "hooli", json.RawMessage(one(n))); err != nil {
					t.Fatal(err)
				}
			}
		},
	}.TestPages(t)
}

func TestAccIntegrations_failures(t *testing.T) {
	t.Parallel()
	acme := dataSource
	acme.Arguments = `domain_name = "acme"`
	acme.TestFailures(t)
}

func TestAccIntegrations_badArguments(t *testing.T) {
	t.Parallel()
	dataSource.TestRefused(t, map[string]string{
		`domain_name = "ac me"`:         "Attribute domain_name must hold letters, digits, hyphens and underscores only",
		`domain_name = null`:            "Must set a configuration value for the domain_name attribute",
		`include_hidden = "perhaps"`:    "a bool is required",
		`region = "evil.example/"`:      "Attribute region must be the name of an AWS Region",
		"timeouts {\n read = \"0s\"\n}": "timeouts.read must be longer than 0s",
	})
}
