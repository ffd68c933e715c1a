// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"crypto/tls"
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

// withFaultyDialer makes the first connections fail. It also returns the number of
// connections.
func withFaultyDialer(faulty int64, fail, dial dialFunc) (conns.Option, *atomic.Int64) {
	var dials atomic.Int64
	return conns.WithDialer(func(ctx context.Context, network, address string) (net.Conn, error) {
		if dials.Add(1) <= faulty {
			return fail(ctx, network, address)
		}
		return dial(ctx, network, address)
	}), &dials
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

// All connection failures are retried alike: aws-sdk-go-base would give up after
// nine attempts for two of these errors.
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
		{name: "connection refused ten times", fail: refuse, faulty: 10, attempts: 11},
		{
			name: "connection refused", fail: refuse, faulty: 100,
			attempts: 12, summary: noResponse, detail: acctest.ConnectionRefused + ", after 12 attempts in ",
		},
		{name: "host not found once", fail: notFound, faulty: 1, attempts: 2},
		{
			name: "host not found", fail: notFound, faulty: 100,
			attempts: 12, summary: noResponse, detail: "no such host, after 12 attempts in ",
		},
		{name: "lookup failed once", fail: lookupFailed, faulty: 1, attempts: 2},
		{
			name: "lookup failed", fail: lookupFailed, faulty: 100,
			attempts: 12, summary: noResponse, detail: "server misbehaving, after 12 attempts in ",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dialer, dials := withFaultyDialer(tc.faulty, tc.fail, (&net.Dialer{}).DialContext)
			p := newProvider(t, settings{
				endpoint: acctest.StartSimulator(t).URL, arguments: map[string]any{"max_retries": 12},
				options: []conns.Option{dialer},
			})
			p.read(t.Context(), t).check(t, tc.summary, tc.detail)
			if got := dials.Load(); got != tc.attempts {
				t.Errorf("%d attempts, want %d", got, tc.attempts)
			}
		})
	}
}

// startTLSServer starts a simulator that serves HTTPS. It also returns the file with
// its certificate.
func startTLSServer(t *testing.T, config *tls.Config) (srv *httptest.Server, bundle string) {
	t.Helper()
	srv = httptest.NewUnstartedServer(acctest.StartSimulator(t).Service)
	srv.Config.ErrorLog = log.New(io.Discard, "", 0) // It would log the failed handshakes.
	srv.TLS = config
	srv.StartTLS()
	t.Cleanup(srv.Close)
	bundle = filepath.Join(t.TempDir(), "ca.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw})
	if err := os.WriteFile(bundle, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	return srv, bundle
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
			srv, bundle := startTLSServer(t, nil)
			dial := dialAddress(srv.Listener.Addr().String())
			abort := func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := dial(ctx, network, address)
				if err == nil {
					err = conn.(*net.TCPConn).CloseRead()
				}
				return conn, err
			}
			dialer, dials := withFaultyDialer(tc.faulty, abort, dial)
			p := newProvider(t, settings{
				endpoint: "https://" + tc.host, arguments: map[string]any{"custom_ca_bundle": bundle},
				options: []conns.Option{dialer},
			})
			p.read(t.Context(), t).check(t, tc.summary, tc.detail)
			if got := dials.Load(); got != tc.attempts {
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

// A response that is truncated at any byte is retried. The exception is a body of
// length 0 on an intact connection: it is malformed, not truncated.
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
