// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

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
	Type:      "customerprofiles_workflows",
	Arguments: `domain_name = "acme"`,
	Operation: "ListWorkflows",
}

// item checks an item whose attributes are null but for those in want.
func item(want map[string]knownvalue.Check) knownvalue.Check {
	all := map[string]knownvalue.Check{}
	for _, name := range []string{"workflow_type", "workflow_id", "status", "status_description", "created_at", "last_updated_at"} {
		all[name] = knownvalue.Null()
	}
	maps.Copy(all, want)
	return knownvalue.ObjectExact(all)
}

func TestAccWorkflows_values(t *testing.T) {
	t.Parallel()
	text := knownvalue.StringExact
	for name, test := range map[string]struct {
		item string // as the API sends it
		want map[string]knownvalue.Check
	}{
		"every member": {
			`{"WorkflowType":"APPFLOW_INTEGRATION","WorkflowId":"w","Status":"FAILED","StatusDescription":"no ${x}\u0007","CreatedAt":1709280930.123,"LastUpdatedAt":-0.5}`,
			map[string]knownvalue.Check{
				"workflow_type": text("APPFLOW_INTEGRATION"), "workflow_id": text("w"), "status": text("FAILED"), "status_description": text("no ${x}\a"),
				"created_at": text("2024-03-01T08:15:30.123Z"), "last_updated_at": text("1969-12-31T23:59:59.5Z"),
			},
		},
		"nothing":                     {`{}`, nil},
		"empty text":                  {`{"WorkflowId":"","StatusDescription":""}`, map[string]knownvalue.Check{"workflow_id": text(""), "status_description": text("")}},
		"values that are not known":   {`{"WorkflowType":"BATCH","Status":"PAUSED","New":[1]}`, map[string]knownvalue.Check{"workflow_type": text("BATCH"), "status": text("PAUSED")}},
		"members that are there null": {`{"WorkflowId":"w","Status":null,"CreatedAt":null}`, map[string]knownvalue.Check{"workflow_id": text("w")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			sim.SetResponder(func(simulator.Call) *simulator.Response {
				return &simulator.Response{Status: 200, Body: []byte(`{"Items":[` + test.item + `]}`)}
			})
			checks := []statecheck.StateCheck{
				statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New("items"), knownvalue.ListExact([]knownvalue.Check{item(test.want)})),
				statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New("region"), text(acctest.Region)),
			}
			for _, argument := range []string{"workflow_type", "status", "query_start_date", "query_end_date", "timeouts"} {
				checks = append(checks, statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New(argument), knownvalue.Null()))
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    []resource.TestStep{{Config: dataSource.Config(sim), ConfigStateChecks: checks}},
			})
		})
	}
}

// put gives the domain hooli four workflows, and another of each Region.
func put(t *testing.T, sim acctest.Simulator) {
	t.Helper()
	for n, members := range []string{
		`"WorkflowType":"APPFLOW_INTEGRATION","Status":"COMPLETE","StartDate":1700000000,"LastUpdatedAt":1700000100.5`,
		`"WorkflowType":"APPFLOW_INTEGRATION","Status":"FAILED","StartDate":1700000200.125,"LastUpdatedAt":1700000300`,
		`"WorkflowType":"APPFLOW_INTEGRATION","Status":"IN_PROGRESS","StartDate":1700000400,"LastUpdatedAt":1700000500`,
		`"WorkflowType":"BATCH","Status":"CANCELLED","LastUpdatedAt":1700000600`,
	} {
		if err := sim.PutWorkflow("", "hooli", json.RawMessage(fmt.Sprintf(`{"WorkflowId":%q,%s}`, acctest.HexID(n), members))); err != nil {
			t.Fatal(err)
		}
	}
	if err := sim.PutWorkflow("eu-west-1", "hooli", json.RawMessage(fmt.Sprintf(`{"WorkflowId":%q}`, acctest.HexID(4)))); err != nil {
		t.Fatal(err)
	}
}

func TestAccWorkflows_filters(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		arguments string
		body      string // of the request
		want      []int
	}{
		"none":                   {``, `{}`, []int{0, 1, 2, 3}},
		"status":                 {`status = "FAILED"`, `{"Status":"FAILED"}`, []int{1}},
		"status of none":         {`status = "SPLIT"`, `{"Status":"SPLIT"}`, []int{}},
		"type":                   {`workflow_type = "APPFLOW_INTEGRATION"`, `{"WorkflowType":"APPFLOW_INTEGRATION"}`, []int{0, 1, 2}},
		"started after":          {`query_start_date = "2023-11-14T22:16:40.124Z"`, `{"QueryStartDate":1700000200.124}`, []int{1, 2}},
		"not started after":      {`query_start_date = "2023-11-14T23:16:40.125+01:00"`, `{"QueryStartDate":1700000200.125}`, []int{2}},
		"ended after":            {`query_end_date = "2023-11-14T22:15:00.500Z"`, `{"QueryEndDate":1700000100.5}`, []int{1, 3}},
		"ended, started earlier": {"query_start_date = \"1678-01-01T00:00:00Z\"\nquery_end_date = \"2023-11-14T22:15:00Z\"", `{"QueryEndDate":1700000100,"QueryStartDate":-9214560000}`, []int{0, 1}},
		"ended, started later":   {"query_start_date = \"2023-11-14T22:16:00Z\"\nquery_end_date = \"2023-11-14T22:15:00Z\"", `{"QueryEndDate":1700000100,"QueryStartDate":1700000160}`, []int{1}},
		"as late as can be":      {`query_start_date = "2262-04-11T23:47:16Z"`, `{"QueryStartDate":9223372036}`, []int{}},
		"all four": {
			"status = \"FAILED\"\nworkflow_type = \"APPFLOW_INTEGRATION\"\nquery_start_date = \"1970-01-01T00:00:00Z\"\nquery_end_date = \"1970-01-01T00:00:01Z\"",
			`{"QueryEndDate":1,"QueryStartDate":0,"Status":"FAILED","WorkflowType":"APPFLOW_INTEGRATION"}`,
			[]int{1},
		},
		"Region": {`region = "eu-west-1"`, `{}`, []int{0, 1, 2, 3, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			put(t, sim)
			items := make([]knownvalue.Check, len(test.want))
			for i, n := range test.want {
				items[i] = knownvalue.ObjectPartial(map[string]knownvalue.Check{"workflow_id": knownvalue.StringExact(acctest.HexID(n))})
			}
			hooli := dataSource
			hooli.Arguments = `domain_name = "hooli"`
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config:            hooli.Config(sim, test.arguments),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(hooli.Address(), tfjsonpath.New("items"), knownvalue.ListExact(items))},
				}},
			})
			for _, call := range sim.Calls() {
				if got := normal(t, call.Body); got != normal(t, []byte(test.body)) {
					t.Errorf("asked with %s, want %s", got, test.body)
				}
			}
		})
	}
}

// normal writes JSON in one way, whatever the way of its numbers.
func normal(t *testing.T, text []byte) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	again, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(again)
}

func TestAccWorkflows_pages(t *testing.T) {
	t.Parallel()
	hooli := dataSource
	hooli.Arguments = `domain_name = "hooli"`
	acctest.List{
		DataSource: hooli,
		Item:       func(n int) string { return fmt.Sprintf(`{"WorkflowId":%q}`, acctest.HexID(n)) },
		Check: func(n int) knownvalue.Check {
			return item(map[string]knownvalue.Check{"workflow_id": knownvalue.StringExact(acctest.HexID(n))})
		},
		Put: func(t *testing.T, sim acctest.Simulator, items int) {
			t.Helper()
			for n := range items {
				if err := sim.PutWorkflow("", "hooli", json.RawMessage(fmt.Sprintf(`{"WorkflowId":%q}`, acctest.HexID(n)))); err != nil {
					t.Fatal(err)
				}
			}
		},
	}.TestPages(t)
}

func TestAccWorkflows_failures(t *testing.T) {
	t.Parallel()
	dataSource.TestFailures(t)
}

func TestAccWorkflows_badArguments(t *testing.T) {
	t.Parallel()
	const dates = "must be between 1678-01-01T00:00:00Z and 2262-04-11T23:47:16Z"
	dataSource.TestRefused(t, map[string]string{
		`domain_name = "ac me"`:                     "Attribute domain_name must hold letters, digits, hyphens and underscores only",
		`domain_name = null`:                        "Must set a configuration value for the domain_name attribute",
		`status = "PAUSED"`:                         `Attribute status value must be one of: ["NOT_STARTED" "IN_PROGRESS" "COMPLETE" "FAILED" "SPLIT" "RETRY" "CANCELLED"], got: "PAUSED"`,
		`status = "complete"`:                       "Attribute status value must be one of",
		`status = ""`:                               "Attribute status value must be one of",
		`workflow_type = "BATCH"`:                   `Attribute workflow_type value must be one of: ["APPFLOW_INTEGRATION"], got: "BATCH"`,
		`query_start_date = "yesterday"`:            "Invalid RFC3339 String Value",
		`query_start_date = "1677-12-31T23:59:59Z"`: "query_start_date " + dates,
		`query_start_date = "2262-04-11T23:47:17Z"`: "query_start_date " + dates,
		`query_end_date = "2263-01-01T00:00:00Z"`:   "query_end_date " + dates,
		`query_end_date = "0001-01-01T00:00:00Z"`:   "query_end_date " + dates,
		`query_end_date = "2024-02-30T00:00:00Z"`:   "Invalid RFC3339 String Value",
		`region = "evil.example/"`:                  "Attribute region must be the name of an AWS Region",
		"timeouts {\n read = \"0s\"\n}":             "timeouts.read must be longer than 0s",
	})
}
