// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// play has the workflow go through the statuses, one per call.
func play(t *testing.T, sim acctest.Simulator, statuses ...string) {
	t.Helper()
	answers := make([]string, len(statuses))
	for i, status := range statuses {
		answers[i] = fmt.Sprintf(`{"WorkflowId":%q,"Status":%q,"ErrorDescription":"flow \u001b[31mstopped",
			"Metrics":{"AppflowIntegration":{"RecordsProcessed":%d,"StepsCompleted":%d,"TotalSteps":9}}}`, workflowID, status, 1000*(i+1), i+1)
	}
	if err := sim.PutWorkflow("", domainName, json.RawMessage("["+strings.Join(answers, ",")+"]")); err != nil {
		t.Fatal(err)
	}
}

const everySecond = `wait_for = { interval = "1s" }`

// polls counts the calls that had an answer to the wait.
func polls(sim acctest.Simulator) int {
	n := 0
	for _, call := range sim.Calls() {
		if call.Operation == "GetWorkflow" && call.Status == 200 {
			n++
		}
	}
	return n
}

func TestAccWorkflow_wait(t *testing.T) {
	t.Parallel()
	throttledTwice := func(call simulator.Call) *simulator.Response {
		if call.Count == 2 || call.Count == 3 {
			return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
		}
		return nil
	}
	for name, test := range map[string]struct {
		statuses  []string
		script    func(simulator.Call) *simulator.Response
		arguments string
		polls     int
		waitFor   knownvalue.Check
	}{
		"COMPLETE where nothing is set": {
			[]string{"COMPLETE"}, nil, `wait_for = {}`, 1,
			knownvalue.ObjectExact(map[string]knownvalue.Check{"statuses": knownvalue.Null(), "interval": knownvalue.Null()}),
		},
		"several statuses": {
			[]string{"NOT_STARTED", "IN_PROGRESS", "COMPLETE"}, nil, everySecond, 3,
			knownvalue.ObjectExact(map[string]knownvalue.Check{"statuses": knownvalue.Null(), "interval": knownvalue.StringExact("1s")}),
		},
		"another status": {
			[]string{"PAUSED", "FAILED"}, nil, `wait_for = { interval = "1000ms", statuses = ["FAILED", "COMPLETE"] }`, 2,
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"statuses": knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("COMPLETE"), knownvalue.StringExact("FAILED")}),
				"interval": knownvalue.StringExact("1000ms"),
			}),
		},
		"throttled in between": {
			[]string{"IN_PROGRESS", "COMPLETE"}, throttledTwice, everySecond, 2,
			knownvalue.ObjectExact(map[string]knownvalue.Check{"statuses": knownvalue.Null(), "interval": knownvalue.StringExact("1s")}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			play(t, sim, test.statuses...)
			sim.SetResponder(test.script)
			last := len(test.statuses)
			is := func(name string, check knownvalue.Check) statecheck.StateCheck {
				return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), check)
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: config(sim, test.arguments),
					ConfigStateChecks: []statecheck.StateCheck{
						is("status", knownvalue.StringExact(test.statuses[last-1])),
						is("error_description", knownvalue.StringExact("flow \x1b[31mstopped")),
						is("metrics", appflow(map[string]knownvalue.Check{
							"records_processed": knownvalue.Int64Exact(int64(1000 * last)), "steps_completed": knownvalue.Int64Exact(int64(last)),
							"total_steps": knownvalue.Int64Exact(9),
						})),
						is("wait_for", test.waitFor),
					},
				}},
			})
			// The plan waits; what Terraform reads thereafter is there at once.
			if got := polls(sim); got < test.polls {
				t.Errorf("%d polls, want %d at least", got, test.polls)
			}
		})
	}
}

func TestAccWorkflow_waitFails(t *testing.T) {
	t.Parallel()
	asked := fmt.Sprintf("GetWorkflow asked for workflow %q of domain %q in Region %s, to wait for COMPLETE.", workflowID, domainName, acctest.Region)
	const description = `Error description: flow \x1b[31mstopped`
	denied := func(operation string, after int) func(simulator.Call) *simulator.Response {
		return func(call simulator.Call) *simulator.Response {
			if call.Operation == operation && call.Count > after {
				return simulator.ErrorResponse(403, "AccessDeniedException", "No")
			}
			return nil
		}
	}
	for name, test := range map[string]struct {
		statuses  []string
		script    func(simulator.Call) *simulator.Response
		arguments string
		polls     int // 0: as many as there is time for
		want      []string
	}{
		"FAILED, with its steps": {
			[]string{"IN_PROGRESS", "FAILED"}, nil, everySecond, 2,
			[]string{
				"Error: Workflow ended with status FAILED", asked, "The run has ended: status FAILED, 2 of 9 steps done, 2000 records processed.", description,
				"Steps that failed:", `- flow "two": bad \a key`, `- flow "four": no`,
			},
		},
		"FAILED, its steps not to be read": {
			[]string{"FAILED"}, denied("GetWorkflowSteps", 0), everySecond, 1,
			[]string{"Error: Workflow ended with status FAILED", asked, "status FAILED, 1 of 9 steps done", description, "It will not go on."},
		},
		"CANCELLED": {[]string{"CANCELLED"}, nil, everySecond, 1, []string{"Error: Workflow ended with status CANCELLED", asked}},
		"timeout": {
			[]string{"IN_PROGRESS"}, nil, everySecond + "\ntimeouts {\n read = \"1500ms\"\n}", 0,
			[]string{"Error: Timed out waiting for a workflow", asked, "Waited", "Last answer,", "status IN_PROGRESS, 1 of 9 steps done, 1000 records processed."},
		},
		"timeout in retries": {
			[]string{"IN_PROGRESS"}, func(call simulator.Call) *simulator.Response {
				if call.Count == 1 {
					return nil
				}
				return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
			}, everySecond + "\ntimeouts {\n read = \"5s\"\n}", 1,
			[]string{
				"Error: Timed out waiting for a workflow", asked, "Waited 5s.", "status IN_PROGRESS", "The next poll was under way. No answer: stopped after",
				"of 25. The last error was: ThrottlingException: Rate exceeded (HTTP status 429", "timeouts { read",
			},
		},
		"access taken away": {
			[]string{"IN_PROGRESS"}, denied("GetWorkflow", 1), everySecond, 1,
			[]string{"Error: Access denied by Customer Profiles", "GetWorkflow asked for workflow"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			play(t, sim, test.statuses...)
			if err := sim.PutWorkflowSteps("", domainName, workflowID, []json.RawMessage{
				json.RawMessage(`{"AppflowIntegration":{"FlowName":"one","Status":"COMPLETE","ExecutionMessage":"fine"}}`),
				json.RawMessage(`{"AppflowIntegration":{"FlowName":"two","Status":"FAILED","ExecutionMessage":"bad \u0007 key"}}`),
				json.RawMessage(`{}`),
				json.RawMessage(`{"AppflowIntegration":{"FlowName":"four","Status":"FAILED","ExecutionMessage":"no"}}`),
			}); err != nil {
				t.Fatal(err)
			}
			sim.SetResponder(test.script)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    []resource.TestStep{{Config: config(sim, test.arguments), PlanOnly: true, ExpectError: acctest.Words(test.want...)}},
			})
			if got := polls(sim); test.polls != 0 && got != test.polls {
				t.Errorf("%d polls, want %d", got, test.polls)
			}
		})
	}
}

// Each poll is a line that TF_LOG=INFO shows.
func TestAccWorkflow_waitLogs(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	play(t, sim, "NOT_STARTED", "IN_PROGRESS", "COMPLETE")
	cli := acctest.NewCLI(t, map[string]string{"main.tf": acctest.RequiredProviders + config(sim, everySecond)})
	cli.Env = append(cli.Env, "TF_LOG=INFO")
	output := cli.MustRun(t, "plan", "-input=false", "-no-color")
	var lines []string
	for line := range strings.Lines(output) {
		if strings.Contains(line, "Polled a workflow") {
			lines = append(lines, line)
		}
	}
	if len(lines) != 3 {
		t.Fatalf("%d lines, want 3:\n%s", len(lines), output)
	}
	for _, want := range []string{"[INFO]", "status=IN_PROGRESS", "steps_completed=2", "total_steps=9", "records_processed=2000", "waited=", "workflow_id=" + workflowID} {
		if !strings.Contains(lines[1], want) {
			t.Errorf("no %s in %s", want, lines[1])
		}
	}
}

func TestAccWorkflow_waitBadArguments(t *testing.T) {
	t.Parallel()
	dataSource.TestRefused(t, map[string]string{
		`wait_for = { statuses = [] }`:                 "Attribute wait_for.statuses set must contain at least 1 elements, got: 0",
		`wait_for = { statuses = ["DONE"] }`:           `value must be one of: ["NOT_STARTED" "IN_PROGRESS" "COMPLETE" "FAILED" "SPLIT" "RETRY" "CANCELLED"], got: "DONE"`,
		`wait_for = { statuses = ["COMPLETE", null] }`: "null",
		`wait_for = { interval = "999ms" }`:            `wait_for.interval must be at least 1s, got "999ms"`,
		`wait_for = { interval = "often" }`:            "Invalid Time Duration String Value",
	})
}
