// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// everyConnection is the number of faulty connections if none works.
const everyConnection = 1 << 30

// dialFunc opens a connection.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// faultyDialer fails to open the first connections.
type faultyDialer struct {
	faulty int64
	fail   dialFunc
	dials  atomic.Int64
}

func (d *faultyDialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if d.dials.Add(1) <= d.faulty {
		return d.fail(ctx, network, address)
	}
	return (&net.Dialer{}).DialContext(ctx, network, address)
}

// dialAddress opens all connections to one address.
func dialAddress(address string) dialFunc {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
}

// dialClosedPort fails with "connection refused".
func dialClosedPort(t *testing.T) dialFunc {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return dialAddress(listener.Addr().String())
}

// failLookup fails with a DNS error, as [net.Dialer] does.
func failLookup(message string, isNotFound bool) dialFunc {
	return func(_ context.Context, network, address string) (net.Conn, error) {
		host, _, _ := net.SplitHostPort(address)
		return nil, &net.OpError{Op: "dial", Net: network, Err: &net.DNSError{
			Err: message, Name: host, IsNotFound: isNotFound, IsTemporary: !isNotFound,
		}}
	}
}

// The retryer of aws-sdk-go-base gives up after nine attempts for two of these
// errors, even if max_retries is larger.
func TestDial(t *testing.T) {
	t.Parallel()
	refuse := dialClosedPort(t)
	notFound, lookupFailed := failLookup("no such host", true), failLookup("server misbehaving", false)
	for _, tc := range []struct {
		name     string
		fail     dialFunc
		faulty   int64
		attempts int64
		summary  string
		detail   string
	}{
		{name: "connection refused once", fail: refuse, faulty: 1, attempts: 2},
		{name: "connection refused eight times", fail: refuse, faulty: 8, attempts: 9},
		{
			name: "connection refused", fail: refuse, faulty: everyConnection,
			attempts: 9, summary: noResponse, detail: "connection refused, after 9 attempts in ",
		},
		{name: "host not found once", fail: notFound, faulty: 1, attempts: 2},
		{
			name: "host not found", fail: notFound, faulty: everyConnection,
			attempts: 9, summary: noResponse, detail: "no such host, after 9 attempts in ",
		},
		{name: "lookup failed once", fail: lookupFailed, faulty: 1, attempts: 2},
		{
			name: "lookup failed", fail: lookupFailed, faulty: everyConnection,
			attempts: 12, summary: noResponse, detail: "server misbehaving, after 12 attempts in ",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			d := &faultyDialer{faulty: tc.faulty, fail: tc.fail}
			p := newProvider(t, settings{
				endpoint: sim.URL, maxAttempts: 12, options: []conns.Option{conns.WithDialer(d.dial)},
			})
			p.read(t.Context(), t).check(t, tc.summary, tc.detail)
			if got := d.dials.Load(); got != tc.attempts {
				t.Errorf("%d attempts, want %d", got, tc.attempts)
			}
		})
	}
}

func TestRegionWithoutService(t *testing.T) {
	t.Parallel()
	p := newProvider(t, settings{options: []conns.Option{conns.WithDialer(failLookup("no such host", true))}})
	p.read(t.Context(), t).check(t, noResponse, "Check that this machine can reach profile.us-east-1.amazonaws.com.",
		"Customer Profiles is probably not available in us-east-1")
}

// faultyListener closes its first connections during the TLS handshake.
type faultyListener struct {
	net.Listener
	faulty   int64
	accepted atomic.Int64
}

// Accept returns the next connection that isn't closed.
func (l *faultyListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil || l.accepted.Add(1) > l.faulty {
			return conn, err
		}
		_, _ = conn.Read(make([]byte, 16))
		_ = conn.Close()
	}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name     string
		faulty   int64
		host     string
		attempts int64
		summary  string
		detail   string
	}{
		{name: "handshake aborted twice", faulty: 2, host: "127.0.0.1", attempts: 3},
		{
			name: "handshake aborted", faulty: everyConnection, host: "127.0.0.1",
			attempts: maxAttempts, summary: noResponse, detail: ", after 4 attempts in ",
		},
		{
			name: "certificate for another host", host: "localhost",
			attempts: 1, summary: noResponse, detail: "failed to verify certificate",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewUnstartedServer(acctest.StartSimulator(t).Service)
			srv.Config.ErrorLog = discardLog
			listener := &faultyListener{Listener: srv.Listener, faulty: tc.faulty}
			srv.Listener = listener
			srv.StartTLS()
			t.Cleanup(srv.Close)

			// This machine may not be able to resolve the host.
			dial := conns.WithDialer(dialAddress(listener.Addr().String()))
			p := newProvider(t, settings{endpoint: "https://" + tc.host, options: []conns.Option{dial}})
			p.read(t.Context(), t).check(t, tc.summary, tc.detail)
			if got := listener.accepted.Load(); got != tc.attempts {
				t.Errorf("%d attempts, want %d", got, tc.attempts)
			}
		})
	}
}

func TestHTTPInsteadOfHTTPS(t *testing.T) {
	t.Parallel()
	p := newProvider(t, settings{endpoint: strings.Replace(acctest.StartSimulator(t).URL, "http", "https", 1)})
	p.read(t.Context(), t).check(t, noResponse,
		"failed without a response: http: server gave HTTP response to HTTPS client.", "check its URL")
}

func TestAnotherProtocol(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = conn.Write([]byte("220 mail.example.com ESMTP\r\n\r\n"))
		_ = conn.Close()
	}))
	t.Cleanup(srv.Close)
	p := newProvider(t, settings{endpoint: srv.URL})
	p.read(t.Context(), t).check(t, noResponse, "malformed HTTP", ", after 4 attempts in ")
}

// A response that is truncated at any byte is retried, except for an empty body
// of the announced length: nothing tells that it is truncated.
func TestTruncation(t *testing.T) {
	t.Parallel()
	body := validBody
	for _, tc := range []struct {
		name     string
		response func(n int) *simulator.Response
		from     int
	}{
		{name: "connection closed", response: func(n int) *simulator.Response { return cutAfter(n, success(body)) }},
		{name: "shorter body", response: func(n int) *simulator.Response { return success(body[:n]) }, from: 1},
		{
			name: "shorter body of unknown length", from: 1,
			response: func(n int) *simulator.Response { return success(body[:n], "Content-Length") },
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			p := newProvider(t, settings{endpoint: sim.URL})
			for n := tc.from; n < len(body); n++ {
				sim.ResetCalls()
				sim.SetResponder(respondTimes(1, tc.response(n)))
				p.read(t.Context(), t).check(t, noError)
				if got := len(sim.Calls()); got != 2 {
					t.Fatalf("%d attempts for a response truncated at byte %d, want 2", got, n)
				}
			}
		})
	}
}
