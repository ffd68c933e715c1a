// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const workflowID = "0123456789abcdef0123456789abcdef"

var dataSource = acctest.DataSource{
	Type:      "customerprofiles_workflow_steps",
	Arguments: "domain_name = \"acme\"\nworkflow_id = \"" + workflowID + `"`,
	Operation: "GetWorkflowSteps",
	Subject:   `the steps of workflow "` + workflowID + `"`,
}

// step checks an item whose attributes are null but for those in want.
func step(want map[string]knownvalue.Check) knownvalue.Check {
	all := map[string]knownvalue.Check{"records_processed": knownvalue.Int64Exact(0)}
	for _, name := range []string{
		"flow_name", "status", "execution_message", "batch_records_start_time", "batch_records_end_time", "created_at", "last_updated_at",
	} {
		all[name] = knownvalue.Null()
	}
	maps.Copy(all, want)
	return knownvalue.ObjectExact(map[string]knownvalue.Check{"appflow_integration": knownvalue.ObjectExact(all)})
}

func TestAccWorkflowSteps_values(t *testing.T) {
	t.Parallel()
	text := knownvalue.StringExact
	maxInt64, _ := new(big.Float).SetPrec(512).SetString("9223372036854775807")
	for name, test := range map[string]struct {
		answer       string
		workflowType knownvalue.Check
		items        []knownvalue.Check
	}{
		"every member": {
			answer: `{"WorkflowId":"` + workflowID + `","WorkflowType":"APPFLOW_INTEGRATION","Items":[{"AppflowIntegration":{
				"FlowName":"f","Status":"FAILED","ExecutionMessage":"no ${x}\u0007","RecordsProcessed":9223372036854775807,
				"BatchRecordsStartTime":"2024-01-01","BatchRecordsEndTime":"2024-02-01","CreatedAt":1709280930.123,"LastUpdatedAt":1709281200}}]}`,
			workflowType: text("APPFLOW_INTEGRATION"),
			items: []knownvalue.Check{step(map[string]knownvalue.Check{
				"flow_name": text("f"), "status": text("FAILED"), "execution_message": text("no ${x}\a"), "records_processed": knownvalue.NumberExact(maxInt64),
				"batch_records_start_time": text("2024-01-01"), "batch_records_end_time": text("2024-02-01"),
				"created_at": text("2024-03-01T08:15:30.123Z"), "last_updated_at": text("2024-03-01T08:20:00Z"),
			})},
		},
		"almost nothing": {
			answer:       `{"Items":[{},{"AppflowIntegration":null},{"AppflowIntegration":{}},{"New":1}]}`,
			workflowType: knownvalue.Null(),
			items: []knownvalue.Check{
				knownvalue.ObjectExact(map[string]knownvalue.Check{"appflow_integration": knownvalue.Null()}),
				knownvalue.ObjectExact(map[string]knownvalue.Check{"appflow_integration": knownvalue.Null()}),
				step(nil),
				knownvalue.ObjectExact(map[string]knownvalue.Check{"appflow_integration": knownvalue.Null()}),
			},
		},
		"values that are not known": {
			answer:       `{"WorkflowType":"BATCH","Items":[{"AppflowIntegration":{"Status":"PAUSED","FlowName":""}}]}`,
			workflowType: text("BATCH"),
			items:        []knownvalue.Check{step(map[string]knownvalue.Check{"status": text("PAUSED"), "flow_name": text("")})},
		},
		"no steps": {`{"WorkflowId":"` + workflowID + `","WorkflowType":"APPFLOW_INTEGRATION","Items":[]}`, text("APPFLOW_INTEGRATION"), []knownvalue.Check{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			sim.SetResponder(func(simulator.Call) *simulator.Response {
				return &simulator.Response{Status: 200, Body: []byte(test.answer)}
			})
			is := func(name string, check knownvalue.Check) statecheck.StateCheck {
				return statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New(name), check)
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: dataSource.Config(sim),
					ConfigStateChecks: []statecheck.StateCheck{
						is("workflow_id", text(workflowID)), is("workflow_type", test.workflowType), is("items", knownvalue.ListExact(test.items)),
						is("region", text(acctest.Region)), is("timeouts", knownvalue.Null()),
					},
				}},
			})
		})
	}
}

func TestAccWorkflowSteps_region(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	if err := sim.PutWorkflow("eu-west-1", "acme", json.RawMessage(`{"WorkflowId":"`+workflowID+`"}`)); err != nil {
		t.Fatal(err)
	}
	if err := sim.PutWorkflowSteps("eu-west-1", "acme", workflowID, []json.RawMessage{json.RawMessage(`{}`)}); err != nil {
		t.Fatal(err)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: dataSource.Config(sim, `region = "eu-west-1"`),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New("items"), knownvalue.ListSizeExact(1)),
				statecheck.ExpectKnownValue(dataSource.Address(), tfjsonpath.New("region"), knownvalue.StringExact("eu-west-1")),
			},
		}},
	})
}

func TestAccWorkflowSteps_pages(t *testing.T) {
	t.Parallel()
	item := func(n int) string { return fmt.Sprintf(`{"AppflowIntegration":{"FlowName":"flow-%d"}}`, n) }
	acctest.List{
		DataSource: dataSource,
		Item:       item,
		Check: func(n int) knownvalue.Check {
			return step(map[string]knownvalue.Check{"flow_name": knownvalue.StringExact(fmt.Sprintf("flow-%d", n))})
		},
		Put: func(t *testing.T, sim acctest.Simulator, items int) {
			t.Helper()
			steps := make([]json.RawMessage, items)
			for n := range steps {
				steps[n] = json.RawMessage(item(n))
			}
			if err := sim.PutWorkflowSteps("", "acme", workflowID, steps); err != nil {
				t.Fatal(err)
			}
		},
	}.TestPages(t)
}

func TestAccWorkflowSteps_failures(t *testing.T) {
	t.Parallel()
	dataSource.TestFailures(t)
}

func TestAccWorkflowSteps_anotherWorkflow(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		return &simulator.Response{Status: 200, Body: []byte(`{"WorkflowId":"ffffffffffffffffffffffffffffffff"}`)}
	})
	dataSource.TestError(t, dataSource.Config(sim), "Error: Unreadable answer from Customer Profiles", `it is about workflow "ffffffffffffffffffffffffffffffff"`, acctest.AnsweredFor)
}

func TestAccWorkflowSteps_badArguments(t *testing.T) {
	t.Parallel()
	dataSource.TestRefused(t, map[string]string{
		`domain_name = "ac me"`:        "Attribute domain_name must hold letters, digits, hyphens and underscores only",
		`workflow_id = "0123"`:         "Attribute workflow_id must be 32 lowercase hexadecimal digits",
		`workflow_id = null`:           "Must set a configuration value for the workflow_id attribute",
		`region = "evil.example/"`:     "Attribute region must be the name of an AWS Region",
		`workflow_type = "X"`:          "Invalid Configuration for Read-Only Attribute",
		"timeouts {\n read = \"x\"\n}": `"x" must be a string containing a sequence of decimal numbers`,
	})
}
