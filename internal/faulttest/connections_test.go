// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// dialFunc opens a connection.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

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
		name             string
		fail             dialFunc
		faulty, attempts int64
		summary, detail  string
	}{
		{name: "connection refused eight times", fail: refuse, faulty: 8, attempts: 9},
		{
			name: "connection refused", fail: refuse, faulty: 100,
			attempts: 9, summary: noResponse, detail: "connection refused, after 9 attempts in ",
		},
		{name: "host not found once", fail: notFound, faulty: 1, attempts: 2},
		{
			name: "host not found", fail: notFound, faulty: 100,
			attempts: 9, summary: noResponse, detail: "no such host, after 9 attempts in ",
		},
		{name: "lookup failed once", fail: lookupFailed, faulty: 1, attempts: 2},
		{
			name: "lookup failed", fail: lookupFailed, faulty: 100,
			attempts: 12, summary: noResponse, detail: "server misbehaving, after 12 attempts in ",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var dials atomic.Int64
			dial := conns.WithDialer(func(ctx context.Context, network, address string) (net.Conn, error) {
				if dials.Add(1) <= tc.faulty {
					return tc.fail(ctx, network, address)
				}
				return (&net.Dialer{}).DialContext(ctx, network, address)
			})
			p := newProvider(t, settings{
				endpoint: acctest.StartSimulator(t).URL, arguments: map[string]any{"max_retries": 12},
				options: []conns.Option{dial},
			})
			p.read(t.Context(), t).check(t, tc.summary, tc.detail)
			if got := dials.Load(); got != tc.attempts {
				t.Errorf("%d attempts, want %d", got, tc.attempts)
			}
		})
	}
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
		name, host       string
		faulty, attempts int64
		summary, detail  string
	}{
		{name: "handshake aborted twice", host: "127.0.0.1", faulty: 2, attempts: 3},
		{
			name: "handshake aborted", host: "127.0.0.1", faulty: 100,
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
			srv.Config.ErrorLog = log.New(io.Discard, "", 0) // It would log the aborted handshakes.
			listener := &faultyListener{Listener: srv.Listener, faulty: tc.faulty}
			srv.Listener = listener
			srv.StartTLS()
			t.Cleanup(srv.Close)
			bundle := filepath.Join(t.TempDir(), "ca.pem")
			certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw})
			if err := os.WriteFile(bundle, certificate, 0o600); err != nil {
				t.Fatal(err)
			}

			p := newProvider(t, settings{
				endpoint: "https://" + tc.host, arguments: map[string]any{"custom_ca_bundle": bundle},
				options: []conns.Option{conns.WithDialer(dialAddress(listener.Addr().String()))},
			})
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

// A response that is truncated at any byte is retried, except for an empty body
// of the announced length: nothing tells that it is truncated.
func TestTruncation(t *testing.T) {
	t.Parallel()
	closed := func(n int) *simulator.Response { return cutAfter(n, success(validBody)) }
	shorter := func(n int) *simulator.Response { return success(validBody[:n]) }
	for _, tc := range []struct {
		name     string
		from     int
		response func(n int) *simulator.Response
	}{
		{name: "connection closed", from: 0, response: closed},
		{name: "shorter body", from: 1, response: shorter},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			p := newProvider(t, settings{endpoint: sim.URL})
			for n := tc.from; n < len(validBody); n++ {
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
