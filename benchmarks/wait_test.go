// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// waits compares waits for each of several workflows with one wait for their
// list. A workflow takes ten seconds from the first poll on.
func (s *suite) waits(t *testing.T) {
	workflows, duration := scale(50), 10*time.Second
	waitFor := `wait_for = { interval = "1s" }`
	for _, wait := range []struct{ name, config string }{
		{name: "one by one", config: fmt.Sprintf(`
data "customerprofiles_workflow" "all" {
  count       = %d
  domain_name = "acme"
  workflow_id = format("%%032x", count.index)
  %s
}
`, workflows, waitFor)},
		{name: "by their list", config: fmt.Sprintf(`
data "customerprofiles_workflows" "all" {
  domain_name = "acme"
  %s
}
`, waitFor)},
	} {
		runs := &simulatedRuns{started: map[string]time.Time{}, workflows: workflows}
		s.service.SetResponder(runs.respond)
		plan := s.planner(t, provider, wait.config, parallelism, 0) // The first plan finishes the runs.
		runs.duration = duration
		wall := plan().wall
		s.service.SetResponder(nil)
		s.add(t, noLimit, fmt.Sprintf("terraform plan, wait for %d workflows of 10 s, %s, -parallelism=%d, wall time",
			workflows, wait.name, parallelism), fmt.Sprintf("%s, %d requests", seconds.format(wall), runs.requests), "", true)
	}
}

// simulatedRuns responds with the statuses of workflows. Each run takes the same
// time, and begins when it is polled for the first time.
type simulatedRuns struct {
	workflows int
	duration  time.Duration

	mu       sync.Mutex
	started  map[string]time.Time // by workflow ID, which is empty for a list
	requests int
}

func (r *simulatedRuns) respond(call simulator.Call) *simulator.Response {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.duration == 0 {
		return &simulator.Response{Body: r.body(call, "COMPLETE")}
	}
	r.requests++
	if r.started[call.WorkflowID].IsZero() {
		r.started[call.WorkflowID] = time.Now()
	}
	status := "IN_PROGRESS"
	if time.Since(r.started[call.WorkflowID]) >= r.duration {
		status = "COMPLETE"
	}
	return &simulator.Response{Body: r.body(call, status)}
}

// body returns one workflow or the list of all of them.
func (r *simulatedRuns) body(call simulator.Call, status string) []byte {
	if call.WorkflowID != "" {
		return fmt.Appendf(nil, `{"WorkflowId": %q, "Status": %q}`, call.WorkflowID, status)
	}
	var items []string
	for i := range r.workflows {
		items = append(items, fmt.Sprintf(`{"WorkflowId": %q, "Status": %q}`, workflowID(i), status))
	}
	return fmt.Appendf(nil, `{"Items": [%s]}`, strings.Join(items, ","))
}
