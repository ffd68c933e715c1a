// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is a [Service] that listens on a TCP port. [Listen] makes one.
type Server struct {
	// URL is where it is, such as http://127.0.0.1:40123.
	URL string

	http    *http.Server
	handler http.Handler
	cancel  context.CancelFunc

	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup // handlers, and the goroutine that accepts
	opened  int
	open    int
}

// Listen serves s on addr, such as "127.0.0.1:0", until the server is closed.
func Listen(addr string, s *Service) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	server := &Server{URL: "http://" + reachable(listener.Addr()), handler: s, cancel: cancel}
	server.http = &http.Server{
		Handler:           http.HandlerFunc(server.serve),
		ReadHeaderTimeout: 10 * time.Second,
		// Longer than the SDK's clients keep an idle connection (90 seconds), so
		// that none is closed under a request that is about to use it. There is no
		// limit on writing: slow answers are among what is simulated.
		IdleTimeout: 3 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnContext: server.connect,
		ConnState:   server.connState,
	}
	server.running.Go(func() { _ = server.http.Serve(listener) }) // Its error says that it was closed.
	return server, nil
}

// reachable is an address that can be dialled: a listener on every address is
// reached on the loopback one.
func reachable(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: tcp.Port}).String()
	}
	return addr.String()
}

// Connections is how many connections were opened so far.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

// OpenConnections is how many connections are open now.
func (s *Server) OpenConnections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

// Close closes the listener and every connection, those with a request that
// hangs, too, and returns when all requests have ended. It may be called twice.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()

	s.cancel()
	err := s.http.Close()
	s.running.Wait()
	return err
}

// serve is the service's handler, counted, so that Close can wait for it. A
// request that was read as the server closed comes too late.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if !s.start() {
		panic(http.ErrAbortHandler)
	}
	defer s.running.Done()
	s.handler.ServeHTTP(w, r)
}

func (s *Server) start() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.running.Add(1)
	return true
}

func (s *Server) connect(ctx context.Context, _ net.Conn) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened++
	s.open++
	return withConnectionNumber(ctx, s.opened)
}

// connState is told of a connection's end once: as closed, or as taken over by a
// handler, which then closes it.
func (s *Server) connState(_ net.Conn, state http.ConnState) {
	if state != http.StateClosed && state != http.StateHijacked {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
}
