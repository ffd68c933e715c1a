// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestConnectionsAreCounted(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	one, two := httpClient(t), httpClient(t)
	for _, client := range []*http.Client{one, one, two, one} {
		response, err := client.Do(signedRequest(t, server.URL+completePath))
		if err != nil {
			t.Fatal(err)
		}
		if err := response.Write(new(strings.Builder)); err != nil { // Read whole, a connection is used again.
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	var connections []int
	for _, call := range service.Calls() {
		connections = append(connections, call.Connection)
	}
	if len(connections) != 4 || connections[0] != 1 || connections[1] != 1 || connections[2] != 2 || connections[3] != 1 {
		t.Errorf("calls came in on connections %v, want 1, 1, 2, 1", connections)
	}
	if opened, open := server.Connections(), server.OpenConnections(); opened != 2 || open != 2 {
		t.Errorf("got %d connections opened, %d open, want 2 and 2", opened, open)
	}
	two.CloseIdleConnections()
	eventually(t, func() bool { return server.OpenConnections() == 1 })
	service.SetResponder(always(&simulator.Response{Fault: simulator.ResetBeforeHeaders}))
	if _, err := two.Do(signedRequest(t, server.URL+completePath)); err == nil { //nolint:bodyclose // there is none
		t.Error("there is no error")
	}
	eventually(t, func() bool { return server.OpenConnections() == 1 })
	if opened := server.Connections(); opened != 3 {
		t.Errorf("got %d connections opened, want 3", opened)
	}
}

// Close ends what would never end, and waits for it.
func TestCloseEndsEveryRequest(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]*simulator.Response{
		"hang":  {Fault: simulator.Hang},
		"delay": {Delay: time.Hour},
		"drip":  {Fault: simulator.Drip, DripInterval: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service, server := serve(t)
			arrived, ended := make(chan struct{}), make(chan error)
			service.SetResponder(func(simulator.Call) *simulator.Response {
				close(arrived)
				return answer
			})
			r := signedRequest(t, server.URL+completePath)
			client := httpClient(t)
			go func() {
				response, err := client.Do(r)
				if err == nil {
					err = response.Write(new(strings.Builder))
					_ = response.Body.Close()
				}
				ended <- err
			}()
			<-arrived
			for range 2 {
				if err := server.Close(); err != nil {
					t.Error(err)
				}
			}
			if err := <-ended; err == nil {
				t.Error("the client got its answer")
			}
			eventually(t, func() bool { return server.OpenConnections() == 0 })
			if _, err := client.Do(signedRequest(t, server.URL+completePath)); err == nil { //nolint:bodyclose // there is none
				t.Error("the server still answers")
			}
		})
	}
}

// send opens a connection of its own and sends text, which need not be a whole
// request, or only one.
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

const shortRequest = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

// A request whose body never comes is one more that hangs.
func TestCloseEndsHalfARequest(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	send(t, server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
	eventually(t, func() bool { return server.OpenConnections() == 1 })
	if err := server.Close(); err != nil {
		t.Error(err)
	}
}

// Once the next request is coming in behind one that hangs, net/http no longer
// notices that the connection is closed: the server has to end the request.
func TestCloseEndsARequestWithAnotherBehind(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	service.SetResponder(func(call simulator.Call) *simulator.Response {
		if call.Number == 1 {
			return &simulator.Response{Fault: simulator.Hang}
		}
		return nil
	})
	conn := send(t, server, shortRequest)
	eventually(t, func() bool { return len(service.Calls()) == 1 })
	if _, err := conn.Write([]byte(shortRequest)); err != nil {
		t.Fatal(err)
	}
	for range 10 { // By the time others have been answered, it has read of the next one.
		do(t, newRequest(t, http.MethodGet, server.URL, ""))
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
}

func TestCloseWaitsForHandlers(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	arrived, release := make(chan struct{}), make(chan struct{})
	var ended atomic.Bool
	service.SetResponder(func(simulator.Call) *simulator.Response {
		close(arrived)
		<-release
		ended.Store(true)
		return nil
	})
	send(t, server, shortRequest)
	<-arrived
	go func() {
		for { // Close has begun once nobody listens any more.
			conn, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
			if err != nil {
				close(release)
				return
			}
			_ = conn.Close()
		}
	}()
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if !ended.Load() {
		t.Error("Close did not wait for a request to end")
	}
}

func TestListenOnEveryAddress(t *testing.T) {
	t.Parallel()
	service, err := simulator.New(simulator.DefaultData())
	if err != nil {
		t.Fatal(err)
	}
	server, err := simulator.Listen(":0", service)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	if !strings.HasPrefix(server.URL, "http://127.0.0.1:") {
		t.Errorf("got URL %s", server.URL)
	}
	if _, err := getWorkflow(t, server.URL, alice, "acme", completeID); err != nil {
		t.Error(err)
	}
	if _, err := simulator.Listen(strings.TrimPrefix(server.URL, "http://"), service); err == nil {
		t.Error("two servers have the same address")
	}
}

// Without a Server of ours the service works, too; connections have no numbers.
func TestServiceIsAHandler(t *testing.T) {
	t.Parallel()
	service, _ := serve(t)
	server := httptest.NewServer(service)
	defer server.Close()
	if _, err := getWorkflow(t, server.URL, alice, "acme", completeID); err != nil {
		t.Error(err)
	}
	if calls := service.Calls(); len(calls) != 1 || calls[0].Connection != 0 {
		t.Errorf("got calls %+v", calls)
	}
}
