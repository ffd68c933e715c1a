// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"bufio"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// pipeListener accepts one connection, which is in memory, so that time is
// virtual.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
}

func (l pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l pipeListener) Close() error   { close(l.done); return nil }
func (l pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// exchange sends a request over a connection in memory, and returns the connection
// and the response.
func exchange(t *testing.T, service *simulator.Service, request string) (net.Conn, *http.Response) {
	t.Helper()
	listener := pipeListener{conns: make(chan net.Conn, 1), done: make(chan struct{})}
	server := &http.Server{Handler: service, ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	client, conn := net.Pipe()
	listener.conns <- conn
	if _, err := client.Write([]byte(request)); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(client), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return client, response
}

func TestBodyTimeout(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{"API": "/domains/acme/workflows", "control API": "/_simulator/faults"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newService(t)
				service.SetLatency(time.Second)
				start := time.Now()
				client, response := exchange(t, service, "POST "+path+" HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
				if elapsed := time.Since(start); response.StatusCode != http.StatusRequestTimeout || elapsed != 30*time.Second {
					t.Errorf("got %s after %s, want 408 after 30s", response.Status, elapsed)
				}
				if _, err := client.Read(make([]byte, 1000)); err == nil {
					_, err = client.Read(make([]byte, 1))
					if err == nil {
						t.Error("the connection was not closed")
					}
				}
			})
		})
	}
}

// The timeout of the body must not end a request that waits for its response.
// The request has no body, because net/http itself removes the deadline at the
// end of a body.
func TestNoTimeoutAfterBody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newService(t)
		service.SetLatency(time.Hour)
		_, response := exchange(t, service, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
		if response.StatusCode != http.StatusNotFound {
			t.Errorf("got %s", response.Status)
		}
	})
}

func TestHeaderTooLarge(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	for size, want := range map[int]int{
		20 << 10:  http.StatusForbidden,
		900 << 10: http.StatusRequestHeaderFieldsTooLarge,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+completePath, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Other", strings.Repeat("x", size))
		response, err := (&http.Client{Transport: &http.Transport{}}).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%d bytes: got %s, want %d", size, response.Status, want)
		}
	}
	if calls := service.Calls(); len(calls) != 1 {
		t.Errorf("got %d calls, want 1", len(calls))
	}
}
