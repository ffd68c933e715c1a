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

func TestAccWorkflow_waitOutage(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	putWorkflow(t, sim, "", `"Status":"IN_PROGRESS"`, `"Status":"COMPLETE"`)
	sim.SetResponder(func(call simulator.Call) *simulator.Response {
		switch call.Count {
		case 1, 4:
			return simulator.ErrorResponse(503, "ServiceUnavailable", "try again")
		case 2:
			return &simulator.Response{Fault: simulator.CloseBeforeHeaders}
		}
		return nil
	})
	workflow.TestValues(t, withoutRetries(workflow.Config(sim, `wait_for = { interval = "1s" }`)),
		map[string]knownvalue.Check{
			"domain_name": knownvalue.StringExact("acme"),
			"workflow_id": knownvalue.StringExact(workflowID),
			"region":      knownvalue.StringExact(acctest.Region),
			"status":      knownvalue.StringExact("COMPLETE"),
			"wait_for":    knownvalue.NotNull(),
		})
}

func TestAccWorkflow_waitTimeoutInOutage(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		return simulator.ErrorResponse(503, "ServiceUnavailable", "try again")
	})
	acctest.TestError(t, withoutRetries(workflow.Config(sim, `wait_for = {}`, `timeouts { read = "2s" }`)),
		"Error: Timed out waiting for workflow",
		"to wait for COMPLETE. There was no response yet.",
		"The last complete poll failed: GetWorkflow for workflow",
		"returned ServiceUnavailable: try again (HTTP 503",
		"The read is limited to 2s.")
}
