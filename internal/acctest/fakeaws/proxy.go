// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package fakeaws

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"sync"
	"testing"
)

// Proxy is an HTTP proxy that routes every host to a service on loopback.
type Proxy struct {
	// URL is the proxy's URL.
	URL string

	forward http.Handler
	tls     string // The address of a server that handles requests in tunnels.

	mu    sync.Mutex
	hosts []string
}

// StartProxy starts a proxy that sends the requests for a host to the service
// whose URL route returns. In tunnels, the proxy terminates TLS with a
// certificate that no client trusts.
func StartProxy(t testing.TB, route func(host string) string) *Proxy {
	t.Helper()
	p := &Proxy{forward: &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		host := url.URL{Host: r.In.Host}
		target, err := url.Parse(route(host.Hostname()))
		if err != nil {
			t.Error(err)
			return
		}
		r.Out.URL.Scheme, r.Out.URL.Host = target.Scheme, target.Host
		r.Out.Host = r.In.Host // The signature covers the Host header.
	}}}
	origin := httptest.NewTLSServer(p.forward)
	t.Cleanup(origin.Close)
	p.tls = origin.Listener.Addr().String()
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// Hosts returns the requested hosts with their schemes, sorted and without
// duplicates, such as "https://profile.eu-west-1.amazonaws.com".
func (p *Proxy) Hosts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	hosts := slices.Clone(p.hosts)
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// ServeHTTP handles a CONNECT request or a request with an absolute URL.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Hostname() == "" {
		http.Error(w, "this is a proxy", http.StatusBadRequest)
		return
	}
	p.record(r)
	if r.Method == http.MethodConnect {
		p.tunnel(w)
		return
	}
	p.forward.ServeHTTP(w, r)
}

func (p *Proxy) record(r *http.Request) {
	scheme := "http://"
	if r.Method == http.MethodConnect {
		scheme = "https://"
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hosts = append(p.hosts, scheme+r.URL.Hostname())
}

// tunnel connects the client to the TLS server.
func (p *Proxy) tunnel(w http.ResponseWriter) {
	server, err := net.Dial("tcp", p.tls)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer func() { _ = server.Close() }()
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer func() { _ = client.Close() }()
	if _, err := io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	go func() {
		_, _ = io.Copy(server, buffered)
		_ = server.Close()
	}()
	_, _ = io.Copy(client, server)
}
