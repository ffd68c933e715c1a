// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const uri = "arn:aws:appflow:us-east-1:123456789012:flow/é?&\u2028"

var dataSource = acctest.DataSource{
	Type:      "customerprofiles_integration",
	Arguments: "domain_name = \"acme\"\nuri = \"" + uri + `"`,
	Operation: "GetIntegration",
	Subject:   `integration "` + strings.ReplaceAll(uri, "\u2028", `\u2028`) + `"`,
}

func TestAccIntegration_values(t *testing.T) {
	t.Parallel()
	text := knownvalue.StringExact
	for name, test := range map[string]struct {
		members string // beside Uri, as the API sends them
		want    map[string]knownvalue.Check
	}{
		"every member": {
			`"DomainName":"acme","ObjectTypeName":"o","CreatedAt":1709280930.123,"LastUpdatedAt":1709281200,"Tags":{"b":"2","a":"${1}","":""},
			"ObjectTypeNames":{"SegmentIdentify":"S"},"WorkflowId":"w","IsUnstructured":true,"RoleArn":"r","EventTriggerNames":["y","x","y"],"Scope":"DOMAIN"`,
			map[string]knownvalue.Check{
				"object_type_name": text("o"), "created_at": text("2024-03-01T08:15:30.123Z"), "last_updated_at": text("2024-03-01T08:20:00Z"),
				"tags":              knownvalue.MapExact(map[string]knownvalue.Check{"a": text("${1}"), "b": text("2"), "": text("")}),
				"object_type_names": knownvalue.MapExact(map[string]knownvalue.Check{"SegmentIdentify": text("S")}),
				"workflow_id":       text("w"), "is_unstructured": knownvalue.Bool(true), "role_arn": text("r"),
				"event_trigger_names": knownvalue.ListExact([]knownvalue.Check{text("y"), text("x"), text("y")}), "scope": text("DOMAIN"),
			},
		},
		"almost nothing": {`"Tags":null,"IsUnstructured":null`, nil},
		"empty maps, an empty list, false and a value that is not known": {
			`"Tags":{},"ObjectTypeNames":{},"EventTriggerNames":[],"IsUnstructured":false,"Scope":"ACCOUNT","WorkflowId":"","New":{}`,
			map[string]knownvalue.Check{
				"tags": knownvalue.MapExact(map[string]knownvalue.Check{}), "object_type_names": knownvalue.MapExact(map[string]knownvalue.Check{}),
				"event_trigger_names": knownvalue.ListExact([]knownvalue.Check{}), "is_unstructured": knownvalue.Bool(false),
				"scope": text("ACCOUNT"), "workflow_id": text(""),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			name, err := json.Marshal(uri)
			if err != nil {
				t.Fatal(err)
			}
			if err := sim.PutIntegration("", "acme", json.RawMessage(`{"Uri":`+string(name)+`,`+test.members+`}`)); err != nil {
				t.Fatal(err)
			}
			want := map[string]knownvalue.Check{"domain_name": text("acme"), "uri": text(uri), "region": text(acctest.Region)}
			maps.Copy(want, test.want)
			var checks []statecheck.StateCheck
			for _, name := range []string{
				"domain_name", "uri", "region", "timeouts", "object_type_name", "created_at", "last_updated_at", "tags", "object_type_names",
				"workflow_id", "is_unstructured", "role_arn", "event_trigger_names", "scope",
			} {
				check := want[name]
				if check == nil {
					check = knownvalue.Null()
				}
				checks = append(checks, statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New(name), check))
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    []resource.TestStep{{Config: dataSource.Config(sim), ConfigStateChecks: checks}},
			})
		})
	}
}

func TestAccIntegration_region(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	for region, workflowID := range map[string]string{"": "everywhere", "eu-west-1": "ireland"} {
		if err := sim.PutIntegration(region, "acme", json.RawMessage(`{"Uri":"u","WorkflowId":"`+workflowID+`"}`)); err != nil {
			t.Fatal(err)
		}
	}
	one := dataSource
	one.Arguments = "domain_name = \"acme\"\nuri = \"u\""
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: one.Config(sim, `region = "eu-west-1"`),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(one.Address(), tfjsonpath.New("workflow_id"), knownvalue.StringExact("ireland")),
				statecheck.ExpectKnownValue(one.Address(), tfjsonpath.New("region"), knownvalue.StringExact("eu-west-1")),
			},
		}},
	})
}

func TestAccIntegration_failures(t *testing.T) {
	t.Parallel()
	dataSource.TestFailures(t)
}

// An answer about something else is no answer.
func TestAccIntegration_another(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		`{"DomainName":"acme"}`:            "it names no integration",
		`{"Uri":"v"}`:                      `it is about integration "v"`,
		`{"Uri":"u","DomainName":"other"}`: `it is about domain "other"`,
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			sim.SetResponder(func(simulator.Call) *simulator.Response {
				return &simulator.Response{Status: 200, Body: []byte(answer)}
			})
			one := dataSource
			one.Arguments = "domain_name = \"acme\"\nuri = \"u\""
			one.TestError(t, one.Config(sim), "Error: Unreadable answer from Customer Profiles", want, acctest.AnsweredFor)
		})
	}
}

func TestAccIntegration_badArguments(t *testing.T) {
	t.Parallel()
	dataSource.TestRefused(t, map[string]string{
		`domain_name = "ac me"`: "Attribute domain_name must hold letters, digits, hyphens and underscores only",
		`uri = ""`:              "Attribute uri UTF-8 character count must be between 1 and 255",
		`uri = "` + strings.Repeat("é", 256) + `"`: "Attribute uri UTF-8 character count must be between 1 and 255",
		`uri = null`:                     "Must set a configuration value for the uri attribute",
		`region = ""`:                    "Attribute region UTF-8 character count must be between 1 and 63",
		`workflow_id = "x"`:              "Invalid Configuration for Read-Only Attribute",
		"timeouts {\n read = \"-1s\"\n}": "timeouts.read must be longer than 0s",
	})
}
