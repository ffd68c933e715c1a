// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"io"
	"log"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// discard is where servers complain about clients that misbehave on purpose.
var discard = log.New(io.Discard, "", 0)

// What Terraform stops is over within a second, in whichever moment. That no
// goroutine is left is checked when all tests of this package have ended.
func TestStopping(t *testing.T) {
	t.Parallel()
	stalled := ok(full)
	stalled.Fault, stalled.DripInterval = simulator.Drip, time.Hour
	for name, answer := range map[string]*simulator.Response{
		"before the answer":         broken(simulator.Hang),
		"in the body":               stalled,
		"in a wait before a retry":  answer(503, ""),
		"in a wait while throttled": codeAnswer(429, "ThrottlingException", "Rate exceeded"),
	} {
		for how, stop := range map[string]func(p *provider, cancel func()){
			"the request": func(_ *provider, cancel func()) { cancel() },
			"the provider": func(p *provider, _ func()) {
				_, _ = p.server.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{})
			},
		} {
			t.Run("stops "+how+" "+name, func(t *testing.T) {
				t.Parallel()
				sim := acctest.StartSimulator(t)
				called := make(chan struct{}, 1)
				sim.SetResponder(func(simulator.Call) *simulator.Response {
					called <- struct{}{}
					return answer
				})
				hour := conns.WithBackoff(func(time.Duration) time.Duration { return time.Hour })
				p := newProvider(t, settings{endpoint: sim.URL, maxRetries: maxRetries, clients: []conns.Option{hour}})
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()

				ended := make(chan result, 1)
				go func() {
					defer close(ended)
					ended <- p.read(t, ctx, "")
				}()
				<-called
				stop(p, cancel)
				select {
				case got := <-ended:
					if got.summary != cancelled {
						t.Errorf("%s: %s", got.summary, got.detail)
					}
				case <-time.After(time.Second):
					t.Error("the read went on for a second")
					cancel()
					<-ended
				}
			})
		}
	}
}
