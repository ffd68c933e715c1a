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

// workflowConfig returns a configuration that reads one workflow.
func workflowConfig(sim acctest.Simulator, timeout string) string {
	if timeout != "" {
		timeout = fmt.Sprintf("timeouts {\n    read = %q\n  }", timeout)
	}
	return acctest.RequiredProviders + sim.ProviderBlock(fmt.Sprintf("max_retries = %d", maxAttempts)) + fmt.Sprintf(`
data "customerprofiles_workflow" "test" {
  domain_name = %q
  workflow_id = %q
  %s
}

output "status" {
  value = data.customerprofiles_workflow.test.status
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
			state := func() []byte {
				content, err := os.ReadFile(filepath.Join(cli.Dir, "terraform.tfstate"))
				if err != nil {
					t.Fatal(err)
				}
				return content
			}
			sim.SetResponder(respond(success(validBody)))
			cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
			before := state()

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
			if after := state(); !bytes.Equal(before, after) {
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

// tokenBucket allows a number of requests a second, as AWS does.
type tokenBucket struct {
	perSecond float64

	mu        sync.Mutex
	tokens    float64
	filled    time.Time
	throttled int
}

func (b *tokenBucket) respond(call simulator.Call) *simulator.Response {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.filled.IsZero() {
		b.tokens = min(b.perSecond, b.tokens+b.perSecond*call.At.Sub(b.filled).Seconds())
	}
	b.filled = call.At
	if b.tokens < 1 {
		b.throttled++
		return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
	}
	b.tokens--
	return nil
}

// In the retry mode "adaptive", all reads share one request rate. The mode
// "standard" is throttled some 130 times here, and this one some 12 times.
func TestAccAdaptive(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	const workflows = 300
	sim := acctest.StartSimulator(t)
	for i := range workflows {
		workflow := json.RawMessage(fmt.Sprintf(`{"WorkflowId":"%032x"}`, i))
		if err := sim.PutWorkflow("", domainName, workflow); err != nil {
			t.Fatal(err)
		}
	}
	bucket := &tokenBucket{perSecond: 20, tokens: 20}
	sim.SetResponder(bucket.respond)
	config := acctest.RequiredProviders + sim.ProviderBlock(`retry_mode = "adaptive"`) + fmt.Sprintf(`
data "customerprofiles_workflow" "test" {
  count       = %d
  domain_name = %q
  workflow_id = format("%%032x", count.index)
}
`, workflows, domainName)
	acctest.NewCLI(t, map[string]string{"main.tf": config}).MustRun(t, "plan", "-input=false", "-no-color")
	if bucket.throttled == 0 || bucket.throttled > workflows/5 {
		t.Errorf("%d requests were throttled, want 1 to %d", bucket.throttled, workflows/5)
	}
}
