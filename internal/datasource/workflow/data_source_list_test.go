// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

var workflows = acctest.DataSource{
	Type:      "customerprofiles_workflows",
	Arguments: []string{`domain_name = "acme"`},
}

func TestAccWorkflows_values(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		return &simulator.Response{Status: http.StatusOK, Body: []byte(`{"Items":[{"WorkflowType":"APPFLOW_INTEGRATION",` +
			`"WorkflowId":"w","Status":"FAILED","StatusDescription":"no","CreatedAt":1709280930.123,"LastUpdatedAt":-0.5}]}`)}
	})
	workflows.TestValues(t, workflows.Config(sim, `region = "eu-west-1"`), map[string]knownvalue.Check{
		"domain_name": knownvalue.StringExact("acme"),
		"region":      knownvalue.StringExact("eu-west-1"),
		"items": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
			"workflow_type":      knownvalue.StringExact("APPFLOW_INTEGRATION"),
			"workflow_id":        knownvalue.StringExact("w"),
			"status":             knownvalue.StringExact("FAILED"),
			"status_description": knownvalue.StringExact("no"),
			"created_at":         knownvalue.StringExact("2024-03-01T08:15:30.123Z"),
			"last_updated_at":    knownvalue.StringExact("1969-12-31T23:59:59.5Z"),
		})}),
	})
}

func TestAccWorkflows_filters(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	workflows.TestValues(t, workflows.Config(sim,
		`workflow_type = "APPFLOW_INTEGRATION"`,
		`status = "SPLIT"`,
		`query_start_date = "2023-11-14T23:16:40.125+01:00"`,
		`query_end_date = "1678-01-01T00:00:00Z"`,
	), map[string]knownvalue.Check{
		"domain_name":      knownvalue.StringExact("acme"),
		"region":           knownvalue.StringExact(acctest.Region),
		"workflow_type":    knownvalue.StringExact("APPFLOW_INTEGRATION"),
		"status":           knownvalue.StringExact("SPLIT"),
		"query_start_date": knownvalue.StringExact("2023-11-14T23:16:40.125+01:00"),
		"query_end_date":   knownvalue.StringExact("1678-01-01T00:00:00Z"),
		"items":            knownvalue.ListSizeExact(0),
	})
	for _, call := range sim.Calls() {
		var got struct {
			WorkflowType, Status         string
			QueryStartDate, QueryEndDate float64
		}
		if err := json.Unmarshal(call.Body, &got); err != nil {
			t.Fatal(err)
		}
		if got.WorkflowType != "APPFLOW_INTEGRATION" || got.Status != "SPLIT" ||
			got.QueryStartDate != 1700000200.125 || got.QueryEndDate != -9214560000 {
			t.Errorf("request body %s", call.Body)
		}
	}
}

func TestAccWorkflows_pages(t *testing.T) {
	t.Parallel()
	hooli.TestPages(t, func(items int) simulator.Domain {
		domain := simulator.Domain{DomainName: "hooli"}
		for i := range items {
			domain.Workflows = append(domain.Workflows, fmt.Appendf(nil, `{"WorkflowId":"%032x"}`, i))
		}
		return domain
	})
}

func TestAccWorkflows_notFound(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	acctest.TestError(t, workflows.Config(sim, `domain_name = "nowhere"`),
		"Error: Domain not found",
		`ListWorkflows for the workflows in domain "nowhere" (us-east-1) returned ResourceNotFoundException`,
		"Check the domain name and the Region")
	if calls := len(sim.Calls()); calls != 1 {
		t.Errorf("%d requests, want 1", calls)
	}
}

func TestAccWorkflows_invalidArguments(t *testing.T) {
	t.Parallel()
	const dateRange = "must be between 1678-01-01T00:00:00Z and 2262-04-11T23:47:16Z"
	workflows.TestInvalidArguments(t, []acctest.InvalidArgument{
		{
			Name:     "domain name with a space",
			Argument: `domain_name = "ac me"`,
			Error:    "Attribute domain_name must contain only letters, digits, hyphens, and underscores",
		},
		{
			Name:     "invalid workflow type",
			Argument: `workflow_type = "BATCH"`,
			Error:    `Attribute workflow_type value must be one of: ["APPFLOW_INTEGRATION"], got: "BATCH"`,
		},
		{
			Name:     "status in lower case",
			Argument: `status = "complete"`,
			Error:    "Attribute status value must be one of",
		},
		{
			Name:     "wait with a status filter",
			Argument: "wait_for = {}\n  status = \"COMPLETE\"",
			Error:    `Attribute "status" cannot be specified when "wait_for" is specified`,
		},
		{
			Name:     "no statuses to wait for",
			Argument: `wait_for = { statuses = [] }`,
			Error:    "Attribute wait_for.statuses set must contain at least 1 elements, got: 0",
		},
		{
			Name:     "interval too short",
			Argument: `wait_for = { interval = "999ms" }`,
			Error:    `wait_for.interval must be at least 1s, got "999ms".`,
		},
		{
			Name:     "malformed date",
			Argument: `query_start_date = "yesterday"`,
			Error:    "A string value was provided that is not valid RFC3339 string format.",
		},
		{
			Name:     "start date out of range",
			Argument: `query_start_date = "1677-12-31T23:59:59Z"`,
			Error:    "query_start_date " + dateRange,
		},
		{
			Name:     "end date out of range",
			Argument: `query_end_date = "2263-01-01T00:00:00Z"`,
			Error:    "query_end_date " + dateRange,
		},
	})
}
