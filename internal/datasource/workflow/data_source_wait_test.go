// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestAccWorkflow_wait(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	putWorkflow(t, sim, "", `"Status":"IN_PROGRESS"`, `"Status":"FAILED"`)
	config := workflow.Config(sim, `wait_for = { interval = "1000ms", statuses = ["FAILED", "COMPLETE"] }`)
	workflow.TestValues(t, config, map[string]knownvalue.Check{
		"domain_name": knownvalue.StringExact("acme"),
		"workflow_id": knownvalue.StringExact(workflowID),
		"region":      knownvalue.StringExact(acctest.Region),
		"status":      knownvalue.StringExact("FAILED"),
		"wait_for": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"interval": knownvalue.StringExact("1000ms"),
			"statuses": knownvalue.SetExact([]knownvalue.Check{
				knownvalue.StringExact("COMPLETE"), knownvalue.StringExact("FAILED"),
			}),
		}),
	})
}

func TestAccWorkflow_waitEndsWithStatus(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	putWorkflow(t, sim, "", `"Status":"FAILED","ErrorDescription":"no connection",
		"Metrics":{"AppflowIntegration":{"RecordsProcessed":1000,"StepsCompleted":1,"TotalSteps":9}}`)
	if err := sim.Put(simulator.Domain{DomainName: "acme", Steps: map[string][]json.RawMessage{workflowID: {
		[]byte(`{"AppflowIntegration":{"FlowName":"one","Status":"COMPLETE"}}`),
		[]byte(`{"AppflowIntegration":{"FlowName":"two","Status":"FAILED","ExecutionMessage":"bad key"}}`),
	}}}); err != nil {
		t.Fatal(err)
	}
	acctest.TestError(t, workflow.Config(sim, `wait_for = {}`),
		"Error: Workflow ended with status FAILED",
		`GetWorkflow for workflow "`+workflowID+`" in domain "acme" (us-east-1)`,
		"status FAILED, 1 of 9 steps completed, 1000 records processed",
		"Error description: no connection",
		`- flow "two": bad key`,
		"To accept this status, add it to wait_for.statuses.")
}

func TestAccWorkflow_waitTimeout(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	putWorkflow(t, sim, "", `"Status":"IN_PROGRESS"`)
	acctest.TestError(t, workflow.Config(sim, `wait_for = {}`, `timeouts { read = "2s" }`),
		"Error: Timed out waiting for workflow",
		`GetWorkflow for workflow "`+workflowID+`" in domain "acme" (us-east-1) was polled for`,
		"status IN_PROGRESS",
		"The read is limited to 2s.")
}
