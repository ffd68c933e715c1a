// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	smithytime "github.com/aws/smithy-go/time"
)

// Service is Customer Profiles in memory. It is an [http.Handler], and [Listen]
// serves it. It is safe for concurrent use.
type Service struct {
	mu        sync.RWMutex
	state     state
	initial   state // what a reset returns to
	responder func(Call) *Response
	callLog   func(Call)
	latency   time.Duration

	faults faultList
	calls  callLog
	quota  quota
}

// New returns a service that serves a copy of data. It returns an error if data
// is invalid.
func New(data Data) (*Service, error) {
	s := &Service{calls: callLog{counts: map[callKind]int{}}}
	if err := s.load(data); err != nil {
		return nil, err
	}
	return s, nil
}

// SetResponder makes the service call f for every request, before it
// authenticates the request, and send the response that f returns. If f returns
// nil, the service sends its default response. A nil f removes the responder.
//
// f must be safe for concurrent use. It may call methods of the service.
func (s *Service) SetResponder(f func(Call) *Response) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.responder = f
}

// SetCallLog makes the service call f for every call, before it sends the
// response. f must be safe for concurrent use.
func (s *Service) SetCallLog(f func(Call)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.callLog = f
}

// SetLatency makes the service wait before it sends each response, in addition
// to the delays of responders and faults.
func (s *Service) SetLatency(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency = d
}

// ServeHTTP handles a request. It panics with [http.ErrAbortHandler] to close
// the connection without a complete response.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, controlPrefix) {
		s.serveControl(w, r)
		return
	}
	req := readRequest(w, r)
	call, kept := s.calls.record(req)
	response := s.respond(req, call)
	// net/http cancels the context when a body doesn't arrive in time.
	if req.bodyError == nil && s.wait(r.Context(), response.Delay) != nil {
		panic(http.ErrAbortHandler)
	}
	s.finish(kept, response)
	response.send(r.Context(), w)
}

// respond returns the response of the responder, or of a fault, or the default
// one. A response without a status modifies the default one.
func (s *Service) respond(req *request, call Call) *Response {
	s.mu.RLock()
	responder := s.responder
	s.mu.RUnlock()

	var response *Response
	if responder != nil {
		call.Count = s.calls.count(call)
		response = responder(call)
	}
	if response == nil {
		response = s.faults.next(call)
	}
	if response == nil || response.Status == 0 {
		response = response.withDefaults(s.handle(req))
	}
	return response
}

// wait sleeps for the latency and the delay of a response. It returns an error
// if the client disconnects or the server is closed.
func (s *Service) wait(ctx context.Context, delay time.Duration) error {
	s.mu.RLock()
	latency := s.latency
	s.mu.RUnlock()
	if latency+delay == 0 {
		return nil // Even if the client has closed its side of the connection.
	}
	return smithytime.SleepWithContext(ctx, latency+delay)
}

// finish completes the record of a call. It does so before the response is sent,
// so that a client that has the response finds the call in the log.
func (s *Service) finish(kept *Call, response *Response) {
	call := s.calls.finish(kept, response)
	s.mu.RLock()
	log := s.callLog
	s.mu.RUnlock()
	if log != nil {
		log(call)
	}
}

// handle returns the default response.
func (s *Service) handle(req *request) *Response {
	switch {
	case req.bodyError != nil:
		return req.bodyError
	case req.operation == nil:
		// AWS services with the protocol restJson1 check this before they
		// authenticate the request.
		return ErrorResponse(http.StatusNotFound, "UnknownOperationException",
			"The requested operation is not known to this service.")
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if code, message := s.authenticate(req); code == incompleteSignature {
		return ErrorResponse(http.StatusBadRequest, code, message)
	} else if code != "" {
		return ErrorResponse(http.StatusForbidden, code, message)
	}
	if refused := s.quota.check(req); refused != nil {
		return refused
	}
	req.elapsed = time.Since(s.state.startedAt) // receivedAt can be before a reset.
	req.validateDomainName()
	return req.operation.handle(s, req)
}
