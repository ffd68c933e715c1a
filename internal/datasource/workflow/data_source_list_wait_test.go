// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// putWorkflows stores workflows in domain hooli. The nth one has the nth status, and
// its ID is n in hexadecimal.
func putWorkflows(t *testing.T, sim acctest.Simulator, statuses ...string) {
	t.Helper()
	domain := simulator.Domain{DomainName: "hooli"}
	for i, status := range statuses {
		domain.Workflows = append(domain.Workflows,
			fmt.Appendf(nil, `{"WorkflowId":"%032x","Status":%q,"ErrorDescription":"reason %d"}`, i, status, i))
	}
	if err := sim.Put(domain); err != nil {
		t.Fatal(err)
	}
}

// repeat returns n times the status.
func repeat(status string, n int) []string {
	return strings.Fields(strings.Repeat(status+" ", n))
}

var hooli = acctest.DataSource{Type: workflows.Type, Arguments: []string{`domain_name = "hooli"`}}

func TestAccWorkflows_wait(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	putWorkflows(t, sim, append(repeat("COMPLETE", 100), repeat("IN_PROGRESS", 150)...)...)
	var polls atomic.Int64
	sim.SetResponder(func(call simulator.Call) *simulator.Response {
		if strings.Contains(call.RawQuery, "next-token=") {
			return nil
		}
		switch polls.Add(1) {
		case 2: // All are complete, and another one has appeared.
			putWorkflows(t, sim, append(repeat("COMPLETE", 250), "NOT_STARTED")...)
		case 3:
			return simulator.ErrorResponse(503, "ServiceUnavailable", "try again")
		case 4:
			putWorkflows(t, sim, repeat("COMPLETE", 251)...)
		}
		return nil
	})
	config := withoutRetries(hooli.Config(sim, `wait_for = { interval = "1s" }`))
	hooli.TestValues(t, config, map[string]knownvalue.Check{
		"domain_name": knownvalue.StringExact("hooli"),
		"region":      knownvalue.StringExact(acctest.Region),
		"items":       knownvalue.ListSizeExact(251),
		"wait_for": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"interval": knownvalue.StringExact("1s"),
			"statuses": knownvalue.Null(),
		}),
	})
	// Poll 3 failed at its first page, and Terraform read the finished list after poll 4.
	finished := int(polls.Load()) - 3
	if requests, want := len(sim.Calls()), 3+3+1+3*finished; requests != want || finished < 1 {
		t.Errorf("%d requests in %d polls, want %d", requests, polls.Load(), want)
	}
}

// withoutRetries returns a configuration whose requests aren't retried.
func withoutRetries(config string) string {
	return strings.Replace(config, "endpoints {", "max_retries = 1\n  endpoints {", 1)
}

func TestAccWorkflows_waitEmptyList(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	putWorkflows(t, sim, "FAILED")
	config := hooli.Config(sim, `wait_for = {}`, `query_start_date = "2024-06-01T00:00:00Z"`)
	hooli.TestValues(t, config, map[string]knownvalue.Check{
		"domain_name":      knownvalue.StringExact("hooli"),
		"region":           knownvalue.StringExact(acctest.Region),
		"query_start_date": knownvalue.StringExact("2024-06-01T00:00:00Z"),
		"items":            knownvalue.ListSizeExact(0),
		"wait_for":         knownvalue.NotNull(),
	})
}

func TestAccWorkflows_waitEndsWithStatus(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	statuses := append(repeat("IN_PROGRESS", 100), repeat("COMPLETE", 143)...)
	putWorkflows(t, sim, append(statuses, repeat("FAILED", 7)...)...)
	acctest.TestError(t, hooli.Config(sim, `wait_for = {}`),
		"Error: Workflows ended with an unexpected status",
		`ListWorkflows for the workflows in domain "hooli" (us-east-1) was polled for 0s to wait for COMPLETE.`,
		"7 of 250 workflows ended with another status:",
		fmt.Sprintf(`- workflow "%032x": FAILED: reason 243`, 243),
		fmt.Sprintf(`- workflow "%032x": FAILED: reason 247 - and 2 more`, 247),
		"set query_start_date to a time before they start. To accept these statuses, add them to wait_for.statuses.")
}

func TestAccWorkflows_waitTimeout(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	statuses := append(repeat("IN_PROGRESS", 40), repeat("COMPLETE", 200)...)
	putWorkflows(t, sim, append(statuses, repeat("SPLIT", 10)...)...)
	acctest.TestError(t, hooli.Config(sim, `wait_for = { statuses = ["COMPLETE"] }`, `timeouts { read = "2s" }`),
		"Error: Timed out waiting for workflows",
		"had workflows with these statuses: 200 COMPLETE, 40 IN_PROGRESS, 10 SPLIT.",
		"The read is limited to 2s.")
}
