// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// FuzzAnswer has the service answer with any status, any error code in the
// header and any body. A read must end, in a value of the workflow that was
// asked for or in a diagnostic that a terminal can show.
func FuzzAnswer(f *testing.F) {
	for _, row := range matrix() {
		if a := row.script(simulator.Call{Count: 1, Header: http.Header{}}); a != nil && a.Status != 0 && len(a.Body) < 1<<16 {
			f.Add(uint16(a.Status), a.Header.Get("X-Amzn-Errortype"), a.Body) //nolint:gosec // A status has three digits.
		}
	}
	sim := acctest.StartSimulator(f)
	sim.KeepCalls(0)
	var current atomic.Pointer[simulator.Response]
	sim.SetResponder(func(simulator.Call) *simulator.Response { return current.Load() })
	p := newProvider(f, settings{endpoint: sim.URL, maxRetries: 2, clients: []conns.Option{conns.WithAttemptTimeout(5 * time.Second)}})
	summaries := []string{notFound, accessDenied, badCredentials, throttled, refused, serverError, unreadable, noAnswer}

	f.Fuzz(func(t *testing.T, status uint16, code string, body []byte) {
		a := answer(200+int(status)%400, string(body), "X-Amzn-Errortype: "+code)
		current.Store(a)
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		got := p.read(t, ctx, "")
		switch {
		case got.summary == passes && a.Status < 300:
			got.expect(t, got.attempts, passes)
		case got.summary == passes:
			t.Errorf("a value from an answer with status %d", a.Status)
		case !slices.Contains(summaries, got.summary):
			t.Errorf("%s: %s", got.summary, got.detail)
		}
		if at := strings.IndexFunc(got.detail, func(r rune) bool { return r != '\n' && !strconv.IsPrint(r) }); at >= 0 {
			t.Errorf("the detail has something that does not print: %q", got.detail[at:])
		}
	})
}
