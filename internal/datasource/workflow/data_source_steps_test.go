// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

var steps = acctest.DataSource{
	Type:      "customerprofiles_workflow_steps",
	Arguments: workflow.Arguments,
}

func TestAccWorkflowSteps_values(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(call simulator.Call) *simulator.Response {
		body := `{"WorkflowType":"APPFLOW_INTEGRATION","Items":[{}],"NextToken":"t"}`
		if strings.Contains(call.RawQuery, "next-token=t") { // Only the first page has the type.
			body = `{"WorkflowId":"` + workflowID + `","Items":[{"AppflowIntegration":{"FlowName":"f","Status":"FAILED",` +
				`"ExecutionMessage":"no","RecordsProcessed":7,"BatchRecordsStartTime":"s","BatchRecordsEndTime":"e",` +
				`"CreatedAt":1709280930.123,"LastUpdatedAt":1709281200}}]}`
		}
		return &simulator.Response{Status: http.StatusOK, Body: []byte(body)}
	})
	steps.TestValues(t, steps.Config(sim, `region = "eu-west-1"`), map[string]knownvalue.Check{
		"domain_name":   knownvalue.StringExact("acme"),
		"workflow_id":   knownvalue.StringExact(workflowID),
		"region":        knownvalue.StringExact("eu-west-1"),
		"workflow_type": knownvalue.StringExact("APPFLOW_INTEGRATION"),
		"items": knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectExact(map[string]knownvalue.Check{"appflow_integration": knownvalue.Null()}),
			appflow(map[string]knownvalue.Check{
				"flow_name":                knownvalue.StringExact("f"),
				"status":                   knownvalue.StringExact("FAILED"),
				"execution_message":        knownvalue.StringExact("no"),
				"records_processed":        knownvalue.Int64Exact(7),
				"batch_records_start_time": knownvalue.StringExact("s"),
				"batch_records_end_time":   knownvalue.StringExact("e"),
				"created_at":               knownvalue.StringExact("2024-03-01T08:15:30.123Z"),
				"last_updated_at":          knownvalue.StringExact("2024-03-01T08:20:00Z"),
			}),
		}),
	})
}

func TestAccWorkflowSteps_pages(t *testing.T) {
	t.Parallel()
	steps.TestPages(t, func(items int) simulator.Domain {
		list := slices.Repeat([]json.RawMessage{[]byte(`{}`)}, items)
		return simulator.Domain{DomainName: "acme", Steps: map[string][]json.RawMessage{workflowID: list}}
	})
}

func TestAccWorkflowSteps_notFound(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	acctest.TestError(t, steps.Config(sim, `workflow_id = "ffffffffffffffffffffffffffffffff"`),
		"Error: Workflow not found",
		`GetWorkflowSteps for the steps of workflow "ffffffffffffffffffffffffffffffff" in domain "acme" (us-east-1) returned`,
		"Check the workflow ID, and that the workflow belongs to this domain and Region")
	if calls := len(sim.Calls()); calls != 1 {
		t.Errorf("%d requests, want 1", calls)
	}
}

func TestAccWorkflowSteps_invalidArguments(t *testing.T) {
	t.Parallel()
	steps.TestInvalidArguments(t, []acctest.InvalidArgument{
		{
			Name:     "domain name with a space",
			Argument: `domain_name = "ac me"`,
			Error:    "Attribute domain_name must contain only letters, digits, hyphens, and underscores",
		},
		{
			Name:     "workflow ID too short",
			Argument: `workflow_id = "0123"`,
			Error:    "Attribute workflow_id must be 32 lowercase hexadecimal digits",
		},
	})
}
