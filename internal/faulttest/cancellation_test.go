// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// A canceled read ends within a second, whatever it waits for.
func TestCancellation(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name         string
		response     *simulator.Response
		stopProvider bool // instead of canceling the request
	}{
		{name: "request canceled before the response", response: withFault(simulator.Hang)},
		{name: "request canceled within the body", response: stalled()},
		{name: "request canceled before a retry", response: response(503, "")},
		{name: "provider stopped before the response", response: withFault(simulator.Hang), stopProvider: true},
		{name: "provider stopped within the body", response: stalled(), stopProvider: true},
		{name: "provider stopped before a retry", response: response(503, ""), stopProvider: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			requested := make(chan struct{}, 1)
			sim := acctest.StartSimulator(t)
			sim.SetResponder(func(simulator.Call) *simulator.Response {
				requested <- struct{}{}
				return tc.response
			})
			hourBackoff := conns.WithBackoff(func(time.Duration) time.Duration { return time.Hour })
			p := newProvider(t, settings{endpoint: sim.URL, options: []conns.Option{hourBackoff}})
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()

			results := make(chan result, 1)
			go func() {
				defer close(results)
				results <- p.read(ctx, t)
			}()
			<-requested
			if tc.stopProvider {
				_, _ = p.server.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{})
			} else {
				cancel()
			}
			select {
			case got := <-results:
				got.check(t, canceled, "Terraform canceled the read")
			case <-time.After(time.Second):
				t.Error("the read didn't end within a second")
				cancel()
				<-results
			}
		})
	}
}
