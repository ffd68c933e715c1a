// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// FuzzResponse varies the status code, the error code in the header, and the
// body. Every read must end with the requested workflow, or with a diagnostic that
// a terminal can print.
func FuzzResponse(f *testing.F) {
	for _, tc := range getWorkflowCases() {
		r := tc.responder(simulator.Call{Count: 1, Header: http.Header{}})
		if r.Status != 0 && len(r.Body) < 1<<16 {
			f.Add(uint16(r.Status), r.Header.Get("X-Amzn-Errortype"), r.Body) //nolint:gosec // It has three digits.
		}
	}
	sim := acctest.StartSimulator(f)
	var current atomic.Pointer[simulator.Response]
	sim.SetResponder(func(simulator.Call) *simulator.Response { return current.Load() })
	p := newProvider(f, settings{
		endpoint: sim.URL, arguments: map[string]any{"max_retries": 2},
		options: []conns.Option{conns.WithAttemptTimeout(5 * time.Second)},
	})

	f.Fuzz(func(t *testing.T, status uint16, code string, body []byte) {
		r := response(200+int(status)%400, string(body), "X-Amzn-Errortype: "+code)
		current.Store(r)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		got := p.read(ctx, t)
		if got.summary == timedOut || got.summary == canceled || got.summary == noError && r.Status >= 300 {
			t.Errorf("summary %q for status %d:\n%s", got.summary, r.Status, got.detail)
		}
		got.check(t, got.summary)
		unprintable := func(r rune) bool { return r != '\n' && !strconv.IsPrint(r) }
		if at := strings.IndexFunc(got.detail, unprintable); at >= 0 {
			t.Errorf("unprintable character in the detail: %q", got.detail[at:])
		}
	})
}
