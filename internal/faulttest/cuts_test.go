// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// An answer that is cut, at whichever byte, passes at the second attempt: all
// but one of which nothing arrived and nothing was announced, which is an
// answer that is empty.
func TestCuts(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"full": full, "minimal": minimal} {
		for how, cut := range map[string]func(n int) *simulator.Response{
			"the connection is closed": func(n int) *simulator.Response {
				a := ok(body)
				a.Fault, a.BodyBytes = simulator.CutBody, n
				return a
			},
			"the body is shorter":               func(n int) *simulator.Response { return ok(body[:n]) },
			"the body is shorter, of no length": func(n int) *simulator.Response { return ok(body[:n], "Content-Length") },
		} {
			t.Run(name+", and "+how, func(t *testing.T) {
				t.Parallel()
				sim := acctest.StartSimulator(t)
				p := newProvider(t, settings{endpoint: sim.URL, maxRetries: maxRetries})
				for n := range len(body) {
					sim.ResetCalls()
					sim.SetResponder(first(1, cut(n)))
					got := p.read(t, context.Background(), "")
					if n == 0 && how != "the connection is closed" {
						got.expect(t, 1, unreadable, "its body is empty")
					} else {
						got.expect(t, 2, passes)
					}
					if t.Failed() {
						t.Fatalf("cut at byte %d", n)
					}
				}
				sim.ResetCalls()
				sim.SetResponder(first(1, ok(body)))
				p.read(t, context.Background(), "").expect(t, 1, passes)
			})
		}
	}
}
