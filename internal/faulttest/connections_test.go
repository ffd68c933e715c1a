// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// dialer opens connections as the SDK does, but for the first bad ones.
type dialer struct {
	bad   int64
	fault func(ctx context.Context, address string) (net.Conn, error)
	dials atomic.Int64
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if d.dials.Add(1) <= d.bad {
		return d.fault(ctx, address)
	}
	return (&net.Dialer{}).DialContext(ctx, network, address)
}

// refuse dials a port that nobody listens on any more.
func refuse(t *testing.T) func(context.Context, string) (net.Conn, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return func(ctx context.Context, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", address)
	}
}

// unresolved is what net's dialer returns for a name that no server knows, or
// for a server that cannot say now.
func unresolved(notFound bool) func(context.Context, string) (net.Conn, error) {
	return func(_ context.Context, address string) (net.Conn, error) {
		host, _, _ := net.SplitHostPort(address)
		message := "server misbehaving"
		if notFound {
			message = "no such host"
		}
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: message, Name: host, IsNotFound: notFound, IsTemporary: !notFound}}
	}
}

// These connections are never made. aws-sdk-go-base gives up at the ninth
// attempt on two of them, whatever max_retries says.
func TestDialing(t *testing.T) {
	t.Parallel()
	const always = 1 << 30
	for name, row := range map[string]struct {
		bad      int64
		fault    func(context.Context, string) (net.Conn, error)
		endpoint string // where it is AWS's own
		attempts int
		summary  string
		detail   []string
	}{
		"refused once":                  {bad: 1, fault: refuse(t), attempts: 2},
		"refused eight times":           {bad: 8, fault: refuse(t), attempts: 9},
		"refused to the end":            {bad: always, fault: refuse(t), attempts: 9, summary: noAnswer, detail: []string{"connection refused, after 9 attempts in ", "No proxy is in use."}},
		"a name that is not found once": {bad: 1, fault: unresolved(true), attempts: 2},
		"a name that is never found":    {bad: always, fault: unresolved(true), attempts: 9, summary: noAnswer, detail: []string{"no such host, after 9 attempts in "}},
		"a name server that fails once": {bad: 1, fault: unresolved(false), attempts: 2},
		"a name server that fails":      {bad: always, fault: unresolved(false), attempts: 12, summary: noAnswer, detail: []string{"server misbehaving, after 12 attempts in "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			d := &dialer{bad: row.bad, fault: row.fault}
			p := newProvider(t, settings{endpoint: sim.URL, maxRetries: 12, clients: []conns.Option{conns.WithDialer(d.dial)}})
			p.read(t, context.Background(), "").expect(t, row.attempts, row.summary, row.detail...)
			if dials := d.dials.Load(); dials != int64(row.attempts) {
				t.Errorf("%d connections were tried, want %d", dials, row.attempts)
			}
		})
	}
}

// A Region without the service has no such name, which the diagnostic says.
func TestRegionWithoutTheService(t *testing.T) {
	t.Parallel()
	d := &dialer{bad: 1 << 30, fault: unresolved(true)}
	p := newProvider(t, settings{maxRetries: 2, clients: []conns.Option{conns.WithDialer(d.dial)}})
	p.read(t, context.Background(), "").expect(t, 2, noAnswer,
		"Check that this machine reaches profile.us-east-1.amazonaws.com.", "Customer Profiles is probably not offered in us-east-1")
}

// breaking is a listener that takes the first bad connections and closes them
// in the middle of the TLS handshake.
type breaking struct {
	net.Listener
	bad      int64
	accepted atomic.Int64
}

// Accept returns the first connection that is not to be broken.
func (b *breaking) Accept() (net.Conn, error) {
	for {
		conn, err := b.Listener.Accept()
		if err != nil || b.accepted.Add(1) > b.bad {
			return conn, err
		}
		_, _ = conn.Read(make([]byte, 16))
		_ = conn.Close()
	}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		bad      int64
		host     string // of the endpoint, where it is not the certificate's
		attempts int
		summary  string
		detail   []string
	}{
		"a handshake that breaks twice":    {bad: 2, attempts: 3},
		"a handshake that always breaks":   {bad: 1 << 30, attempts: maxRetries, summary: noAnswer, detail: []string{", after 4 attempts in "}},
		"a certificate for something else": {host: "localhost", attempts: 1, summary: noAnswer, detail: []string{"failed to verify certificate", "reaches localhost:"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			srv := httptest.NewUnstartedServer(sim.Service)
			srv.Config.ErrorLog = discard
			listener := &breaking{Listener: srv.Listener, bad: row.bad}
			srv.Listener = listener
			srv.StartTLS()
			t.Cleanup(srv.Close)
			endpoint, err := url.Parse(srv.URL)
			if err != nil {
				t.Fatal(err)
			}
			if row.host != "" {
				endpoint.Host = net.JoinHostPort(row.host, endpoint.Port())
			}
			// The name need not resolve on this machine.
			dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, "tcp", srv.Listener.Addr().String())
			}
			p := newProvider(t, settings{endpoint: endpoint.String(), maxRetries: maxRetries, clients: []conns.Option{conns.WithDialer(dial)}})
			p.read(t, context.Background(), "").expect(t, row.attempts, row.summary, row.detail...)
			if accepted := listener.accepted.Load(); accepted != int64(row.attempts) {
				t.Errorf("%d connections, want %d", accepted, row.attempts)
			}
		})
	}
}

// HTTP where HTTPS was asked for is an endpoint that is wrong.
func TestNoTLS(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	p := newProvider(t, settings{endpoint: "https" + sim.URL[len("http"):], maxRetries: maxRetries})
	p.read(t, context.Background(), "").expect(t, 1, noAnswer, "server gave HTTP response to HTTPS client")
}

// A service that speaks something else than HTTP.
func TestNoHTTP(t *testing.T) {
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
	p := newProvider(t, settings{endpoint: srv.URL, maxRetries: maxRetries})
	p.read(t, context.Background(), "").expect(t, maxRetries, noAnswer, "malformed HTTP", ", after 4 attempts in ")
}
