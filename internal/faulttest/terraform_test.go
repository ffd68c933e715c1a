// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// workflowConfig returns a configuration that reads one workflow.
func workflowConfig(sim acctest.Simulator, timeout string) string {
	if timeout != "" {
		timeout = fmt.Sprintf("timeouts {\n    read = %q\n  }", timeout)
	}
	provider := sim.ProviderBlock(fmt.Sprintf("max_retries = %d", maxAttempts))
	return acctest.RequiredProviders + provider + fmt.Sprintf(`
data "customerprofiles_workflow" "test" {
  domain_name = %q
  workflow_id = %q
  %s
}
`, domainName, workflowID, timeout)
}

// TestAccFaults shows a user's view of each class of faults: the diagnostic, and
// that the state doesn't change. The backoff is not shortened.
func TestAccFaults(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	for _, tc := range faultClasses(getWorkflow) {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			cli := acctest.NewCLI(t, map[string]string{"main.tf": workflowConfig(sim, tc.timeout)})
			sim.SetResponder(respond(success(validBody)))
			cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
			before := cli.MustRun(t, "state", "pull")

			sim.ResetCalls()
			sim.SetResponder(func(attempt simulator.Call) *simulator.Response {
				if r := tc.responder(attempt); r != nil {
					return r
				}
				return success(validBody)
			})
			output, err := cli.Run("apply", "-input=false", "-auto-approve", "-no-color")
			if (err == nil) != (tc.summary == noError) {
				t.Errorf("error %v, want summary %q\n%s", err, tc.summary, output)
			}
			for _, want := range append(tc.detail, tc.summary) {
				if !strings.Contains(unwrap(output), unwrap(want)) {
					t.Errorf("output doesn't contain %q\n%s", want, output)
				}
			}
			if got := len(sim.Calls()); got != tc.attempts {
				t.Errorf("%d attempts, want %d", got, tc.attempts)
			}
			if after := cli.MustRun(t, "state", "pull"); before != after {
				t.Errorf("state\n%s\nwant\n%s", after, before)
			}
		})
	}
}

// unwrap removes the line breaks and the frame of a diagnostic.
func unwrap(text string) string {
	isFrame := func(r rune) bool { return strings.ContainsRune(" \n│╷╵", r) }
	return strings.Join(strings.FieldsFunc(text, isFrame), " ")
}
