// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package fakeaws

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Proxy is a proxy that is spoken through as any other, and takes nobody
// further than loopback: whatever host is asked for, a stand-in answers.
type Proxy struct {
	// URL is where it is.
	URL string

	route func(host string) http.Handler
	cert  tls.Certificate

	mu    sync.Mutex
	hosts []string
	users []string
}

// StartProxy starts a proxy that has route answer for each host, by its name
// without a port. For HTTPS it shows a certificate that nobody trusts.
func StartProxy(t testing.TB, route func(host string) http.Handler) *Proxy {
	t.Helper()
	certified := httptest.NewTLSServer(http.NotFoundHandler())
	certified.Close()
	p := &Proxy{route: route, cert: certified.TLS.Certificates[0]}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// Hosts are the hosts that were asked for so far, each once, with the scheme,
// as in "https://profile.eu-west-1.amazonaws.com".
func (p *Proxy) Hosts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	hosts := slices.Clone(p.hosts)
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// Users are the user names and passwords that were shown, as "name:password".
func (p *Proxy) Users() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.users)
}

// ServeHTTP answers one request of the proxy's user: CONNECT, or a URL with a
// host.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Hostname()
	if host == "" {
		http.Error(w, "this is a proxy", http.StatusBadRequest)
		return
	}
	p.note(r)
	if r.Method == http.MethodConnect {
		p.tunnel(w, host)
		return
	}
	p.route(host).ServeHTTP(w, r)
}

func (p *Proxy) note(r *http.Request) {
	scheme := "http://"
	if r.Method == http.MethodConnect {
		scheme = "https://"
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hosts = append(p.hosts, scheme+r.URL.Hostname())
	if _, encoded, ok := strings.Cut(r.Header.Get("Proxy-Authorization"), "Basic "); ok {
		if user, err := base64.StdEncoding.DecodeString(encoded); err == nil {
			p.users = append(p.users, string(user))
		}
	}
}

// tunnel hands the connection to a server that answers in the host's place.
func (p *Proxy) tunnel(w http.ResponseWriter, host string) {
	connection, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if _, err := connection.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n")); err != nil {
		_ = connection.Close()
		return
	}
	secured := tls.Server(&bufferedConn{Conn: connection, reader: buffered.Reader}, &tls.Config{
		Certificates: []tls.Certificate{p.cert}, MinVersion: tls.VersionTLS12,
	})
	listener := &oneConnection{Conn: secured, closed: make(chan struct{})}
	_ = (&http.Server{Handler: p.route(host)}).Serve(listener) //nolint:gosec // It ends with its one connection.
}

// Forward is a handler that passes requests on to a service.
func Forward(t testing.TB, service string) http.Handler {
	t.Helper()
	to, err := url.Parse(service)
	if err != nil {
		t.Fatal(err)
	}
	return &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = to.Scheme, to.Host // The Host header stays: it is signed.
		r.Out.Host = r.In.Host
	}}
}

// bufferedConn is a connection of which some was read ahead.
type bufferedConn struct {
	net.Conn
	reader *bufio.Reader
}

// Read reads first what was read ahead.
func (c *bufferedConn) Read(b []byte) (int, error) { return c.reader.Read(b) }

// oneConnection is a listener that accepts one connection, and ends with it.
type oneConnection struct {
	net.Conn
	accepted bool
	once     sync.Once
	closed   chan struct{}
}

// Accept returns the connection, and then waits for its end.
func (l *oneConnection) Accept() (net.Conn, error) {
	if l.accepted {
		<-l.closed
		return nil, net.ErrClosed
	}
	l.accepted = true
	return &closeNotifier{Conn: l.Conn, closed: func() { l.once.Do(func() { close(l.closed) }) }}, nil
}

// Close ends the wait.
func (l *oneConnection) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr is the connection's.
func (l *oneConnection) Addr() net.Addr { return l.LocalAddr() }

type closeNotifier struct {
	net.Conn
	closed func()
}

// Close closes the connection and says so.
func (c *closeNotifier) Close() error {
	c.closed()
	return c.Conn.Close()
}
