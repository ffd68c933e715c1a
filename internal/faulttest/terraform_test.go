// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// configuration reads the workflow that the tests break.
func configuration(sim acctest.Simulator, arguments ...string) string {
	return acctest.RequiredProviders + sim.ProviderBlock("max_retries = 3") + fmt.Sprintf(`
data "customerprofiles_workflow" "test" {
  domain_name = %q
  workflow_id = %q
  %s
}

output "status" {
  value = data.customerprofiles_workflow.test.status
}
`, domainName, workflowID, strings.Join(arguments, "\n  "))
}

// Rows of the matrix through Terraform and the built provider, with the waits
// that users have: what passes changes nothing, and what fails neither.
func TestAccTerraform(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	rows := map[string]fault{}
	for _, row := range matrix() {
		rows[row.name] = row
	}
	for _, name := range []string{
		"status 429 with JSON twice", "status 500 with HTML twice", "status 503 with nothing twice", "closed in the body twice",
		"reset before the answer twice", "a body that was cut twice", "InvalidSignatureException for a skewed clock heals", "10 MB of something else",
		"ResourceNotFoundException in the header", "AccessDeniedException in the header", "ExpiredTokenException", "403 with HTML",
		"another workflow's ID", "status 307", "a code that nobody knows",
	} {
		row, found := rows[name]
		if !found {
			t.Errorf("the matrix has no row %q", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			sim.SetResponder(always(ok(full)))
			cli := acctest.NewCLI(t, map[string]string{"main.tf": configuration(sim)})
			cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
			before := state(t, cli)

			sim.ResetCalls()
			sim.SetResponder(func(attempt simulator.Call) *simulator.Response {
				if answer := row.script(attempt); answer != nil {
					return answer
				}
				return ok(full)
			})
			output, err := cli.Run("apply", "-input=false", "-auto-approve", "-no-color")
			if (err == nil) != (row.summary == passes) || !strings.Contains(output, row.summary) {
				t.Errorf("%v, want %q\n%s", err, row.summary, output)
			}
			for _, want := range row.detail {
				if !strings.Contains(unwrapped(output), unwrapped(want)) {
					t.Errorf("the output has no %q\n%s", want, output)
				}
			}
			if calls := len(sim.Calls()); calls != row.attempts {
				t.Errorf("%d calls, want %d", calls, row.attempts)
			}
			if after := state(t, cli); !bytes.Equal(before, after) {
				t.Errorf("the state was\n%s\nand is\n%s", before, after)
			}
		})
	}
}

// unwrapped is a text without the line breaks and frames in which Terraform
// puts diagnostics.
func unwrapped(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \n│╷╵", r) }), " ")
}

func state(t *testing.T, cli *acctest.CLI) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(cli.Dir, "terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// allowance is a service that allows so many calls a second, as AWS does: by a
// bucket that holds as many and fills at that rate.
type allowance struct {
	perSecond float64

	mu     sync.Mutex
	tokens float64
	last   time.Time
	denied int
}

func (a *allowance) script(call simulator.Call) *simulator.Response {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.last.IsZero() {
		a.tokens = min(a.perSecond, a.tokens+a.perSecond*call.At.Sub(a.last).Seconds())
	}
	a.last = call.At
	if a.tokens < 1 {
		a.denied++
		return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
	}
	a.tokens--
	return nil
}

// A plan of 300 workflows completes under a service that allows 20 calls a
// second: in the adaptive mode the reads share what the client learns of it.
func TestAccAdaptive(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	const workflows = 300
	sim := acctest.StartSimulator(t)
	for i := range workflows {
		if err := sim.PutWorkflow("", domainName, json.RawMessage(fmt.Sprintf(`{"WorkflowId":"%032x"}`, i))); err != nil {
			t.Fatal(err)
		}
	}
	limit := &allowance{perSecond: 20, tokens: 20}
	sim.SetResponder(limit.script)
	cli := acctest.NewCLI(t, map[string]string{"main.tf": acctest.RequiredProviders + sim.ProviderBlock() + fmt.Sprintf(`
data "customerprofiles_workflow" "all" {
  count       = %d
  domain_name = %q
  workflow_id = format("%%032x", count.index)
}
`, workflows, domainName)}, "AWS_RETRY_MODE=adaptive")

	begin := time.Now()
	cli.MustRun(t, "plan", "-input=false", "-no-color")
	elapsed := time.Since(begin)
	limit.mu.Lock()
	defer limit.mu.Unlock()
	t.Logf("%d workflows in %s, %d calls refused", workflows, elapsed.Round(time.Second), limit.denied)
	// The standard mode is refused some 130 times on the way, the adaptive one
	// some 12 times.
	if limit.denied == 0 || limit.denied > workflows/5 {
		t.Errorf("%d calls were refused: either nothing had to be adapted to, or nothing was", limit.denied)
	}
}
