// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// maxHeader leaves space for a long session token.
const maxHeader = 64 << 10

// Server serves HTTP on a TCP port. Use [Listen] to start one.
type Server struct {
	// URL is the base URL, such as http://127.0.0.1:40123.
	URL string

	http        *http.Server
	cancel      context.CancelFunc // cancels the contexts of all requests
	running     sync.WaitGroup     // connections, and the goroutine that accepts them
	connections atomic.Int64
}

// Listen serves handler, such as a [Service], on addr, such as "127.0.0.1:0",
// until the server is closed.
func Listen(addr string, handler http.Handler) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	server := &Server{URL: "http://" + dialAddress(listener.Addr()), cancel: cancel}
	server.http = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		MaxHeaderBytes:    maxHeader,
		// Longer than SDK clients keep idle connections (90 seconds), so that a
		// client never sends a request on a connection that is being closed.
		// There is no write timeout because the service simulates slow responses.
		IdleTimeout: 3 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnState: func(conn net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				server.connections.Add(1)
				server.running.Add(1)
				if ctx.Err() != nil { // http.Server.Close may not have seen the connection.
					_ = conn.Close()
				}
			case http.StateClosed, http.StateHijacked: // A connection gets one of them, once.
				server.running.Done()
			}
		},
	}
	server.running.Go(func() { _ = server.http.Serve(listener) }) // Always returns ErrServerClosed.
	return server, nil
}

// dialAddress replaces an unspecified address, such as 0.0.0.0, by the loopback
// address.
func dialAddress(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: tcp.Port}).String()
	}
	return addr.String()
}

// Connections returns the number of connections that were opened so far.
func (s *Server) Connections() int { return int(s.connections.Load()) }

// Close closes the listener and all connections, cancels requests in progress,
// and waits for them to end. It can be called more than once.
func (s *Server) Close() error {
	s.cancel()
	err := s.http.Close()
	s.running.Wait()
	return err
}
