// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"net/http"
	"sync"
	"time"
)

// Call is a request that the service received. Its Header and Body are shared
// and must not be modified.
type Call struct {
	// Number counts all calls, starting at 1.
	Number int
	// Count counts the calls with the same Operation, DomainName, and
	// WorkflowID, starting at 1.
	Count int
	// Operation is the name of the API operation. It is empty if no operation
	// has this method and path.
	Operation string
	// DomainName and WorkflowID are parameters in the path, if the operation
	// has them.
	DomainName, WorkflowID string
	// Region, ServiceName, and AccessKeyID are from the credential scope,
	// SessionToken from its header. They are not verified.
	Region, ServiceName, AccessKeyID, SessionToken string
	// UserAgent, Host, Method, Path (escaped, as sent), RawQuery, Header, and
	// Body are the request's.
	UserAgent, Host, Method, Path, RawQuery string
	Header                                  http.Header
	Body                                    []byte
	// Status is the HTTP status of the response, or 0 if there is none (yet).
	Status int
	// At is when the request arrived.
	At time.Time
	// Connection is the number of the TCP connection, starting at 1. It is 0 if
	// the service isn't served by a [Server].
	Connection int
}

// KeepCalls makes the service remember the latest n calls for [Service.Calls],
// instead of 10,000.
func (s *Service) KeepCalls(n int) {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	s.calls.keep = max(n, 0)
	s.calls.trim()
}

// Calls returns the latest calls in the order of their arrival. It is limited
// by [Service.KeepCalls].
func (s *Service) Calls() []Call {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	calls := make([]Call, len(s.calls.kept))
	for i, call := range s.calls.kept {
		calls[i] = *call
	}
	return calls
}

// ResetCalls forgets all calls. Number and Count start at 1 again.
func (s *Service) ResetCalls() {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	s.calls.total, s.calls.kept = 0, nil
	clear(s.calls.counts)
}

// callLog counts calls and keeps the latest ones.
type callLog struct {
	mu     sync.Mutex
	keep   int
	kept   []*Call
	total  int
	counts map[callKind]int
}

type callKind struct{ operation, domainName, workflowID string }

// record counts and keeps a call.
func (l *callLog) record(req *request) *Call {
	call := newCall(req)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total++
	call.Number = l.total
	kind := callKind{call.Operation, call.DomainName, call.WorkflowID}
	l.counts[kind]++
	call.Count = l.counts[kind]
	l.kept = append(l.kept, call)
	l.trim()
	return call
}

// trim drops the oldest calls in excess of keep.
func (l *callLog) trim() {
	excess := max(len(l.kept)-l.keep, 0)
	clear(l.kept[:excess]) // Lets the garbage collector free them.
	l.kept = l.kept[excess:]
}

func (l *callLog) setStatus(call *Call, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	call.Status = status
}

func newCall(req *request) *Call {
	call := &Call{
		DomainName:   req.params["DomainName"],
		WorkflowID:   req.params["WorkflowId"],
		Region:       req.auth.region,
		ServiceName:  req.auth.service,
		AccessKeyID:  req.auth.accessKeyID,
		SessionToken: req.Header.Get("X-Amz-Security-Token"),
		UserAgent:    req.UserAgent(),
		Host:         req.Host,
		Method:       req.Method,
		Path:         req.URL.EscapedPath(),
		RawQuery:     req.URL.RawQuery,
		Header:       req.Header.Clone(),
		Body:         req.body,
		At:           req.receivedAt,
	}
	call.Connection, _ = req.Context().Value(connectionKey{}).(int)
	if req.operation != nil {
		call.Operation = req.operation.name
	}
	return call
}
