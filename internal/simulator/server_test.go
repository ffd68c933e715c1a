// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestConnections(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	first := &http.Client{Transport: &http.Transport{}}
	second := &http.Client{Transport: &http.Transport{}}
	for _, client := range []*http.Client{first, first, second, first} {
		if _, err := get(t, client, server); err != nil {
			t.Fatal(err)
		}
	}
	if n := server.Connections(); n != 2 {
		t.Errorf("%d connections were opened, want 2", n)
	}
	service.SetResponder(always(&simulator.Response{Fault: simulator.ResetBeforeHeaders}))
	if _, err := get(t, second, server); err == nil {
		t.Error("the connection was not reset")
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
}

// send opens a connection and sends text.
func send(t *testing.T, server *simulator.Server, text string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// While a part of the body is unread, net/http does not notice that the
// connection is closed, so Close has to end the request.
func TestCloseEndsHangingRequest(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	received := make(chan struct{})
	service.SetResponder(func(simulator.Call) *simulator.Response {
		close(received)
		return &simulator.Response{Fault: simulator.Hang}
	})
	send(t, server, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n"+strings.Repeat("x", 1<<20+1))
	<-received
	for range 2 {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestCloseWaitsForHandlers(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	received, release := make(chan struct{}), make(chan struct{})
	var ended atomic.Bool
	service.SetResponder(func(simulator.Call) *simulator.Response {
		close(received)
		<-release
		ended.Store(true)
		return nil
	})
	conn := send(t, server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	<-received
	go func() {
		_, _ = conn.Read(make([]byte, 1)) // Blocks until Close closes the connection.
		close(release)
	}()
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if !ended.Load() {
		t.Error("Close did not wait for the handler")
	}
}

func TestListen(t *testing.T) {
	t.Parallel()
	server, err := simulator.Listen(":0", newService(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	if !strings.HasPrefix(server.URL, "http://127.0.0.1:") {
		t.Errorf("got URL %s", server.URL)
	}
}
