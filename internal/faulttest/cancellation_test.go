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
		name     string
		response *simulator.Response
	}{
		{name: "before the response", response: withFault(simulator.Hang)},
		{name: "within the body", response: dripping(time.Hour)},
		{name: "before a retry", response: response(503, "")},
		{name: "before a retry after throttling", response: errorResponse(429, "ThrottlingException", "Rate exceeded")},
	} {
		t.Run("request canceled "+tc.name, func(t *testing.T) {
			t.Parallel()
			checkCancellation(t, tc.response, func(_ *testProvider, cancel func()) { cancel() })
		})
		t.Run("provider stopped "+tc.name, func(t *testing.T) {
			t.Parallel()
			checkCancellation(t, tc.response, func(p *testProvider, _ func()) {
				if _, err := p.server.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// checkCancellation starts a read, and stops it after the first request.
func checkCancellation(t *testing.T, r *simulator.Response, stop func(p *testProvider, cancel func())) {
	t.Helper()
	requested := make(chan struct{}, 1)
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		requested <- struct{}{}
		return r
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
	stop(p, cancel)
	select {
	case got := <-results:
		got.check(t, canceled, "Terraform canceled the read")
	case <-time.After(time.Second):
		t.Error("the read didn't end within a second")
		cancel()
		<-results
	}
}
