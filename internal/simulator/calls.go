// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// defaultKeptCalls is far more than a test looks at, and a few tens of megabytes
// at worst.
const defaultKeptCalls = 10_000

// Call is a request as it arrived. Its Header and Body are shared: they are to
// be read only.
type Call struct {
	// Number counts all requests, from 1.
	Number int
	// Count counts, from 1, those with the same Operation, DomainName and
	// WorkflowID; 0 where there is no script and no call is kept, since a program
	// that only logs would count kinds for ever.
	Count int
	// Operation is the name of the API operation; empty: there is none with this
	// method and path.
	Operation string
	// DomainName and WorkflowID are from the path, where the operation has them.
	DomainName, WorkflowID string
	// Region, ServiceName and AccessKeyID are from the credential scope,
	// SessionToken from its header. Nothing says that they are right.
	Region, ServiceName, AccessKeyID, SessionToken string
	// UserAgent, Host, Method, Path (escaped, as sent), RawQuery, Header and Body
	// are the request's.
	UserAgent, Host, Method, Path, RawQuery string
	Header                                  http.Header
	Body                                    []byte
	// Status is the HTTP status that it was answered with; 0: not answered (yet).
	Status int
	// At is when it arrived.
	At time.Time
	// Connection is the TCP connection it came in on, counted from 1 by the
	// [Server]; 0 where the service is served by something else.
	Connection int
}

// KeepCalls has the service remember the latest n calls for [Service.Calls], in
// place of 10,000. With 0 it remembers none, and does not spend time on it.
func (s *Service) KeepCalls(n int) {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	s.calls.keep = max(n, 0)
	s.calls.trim()
}

// Calls gives the requests so far, in the order in which they came. Of very many
// only the latest are there, see [Service.KeepCalls].
func (s *Service) Calls() []Call {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	calls := make([]Call, len(s.calls.calls))
	for i, call := range s.calls.calls {
		calls[i] = *call
	}
	return calls
}

// ResetCalls forgets all calls; N and Count begin at 1 again.
func (s *Service) ResetCalls() {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	s.calls.n, s.calls.ofKind, s.calls.calls = 0, nil, nil
}

type callKind struct{ operation, domainName, workflowID string }

// callLog counts calls and keeps the latest.
type callLog struct {
	mu     sync.Mutex
	keep   int
	n      int
	ofKind map[callKind]int
	calls  []*Call
}

// start counts and keeps a call. It is nil where nobody wants to know: it is not
// kept, and is neither scripted nor observed.
func (l *callLog) start(req *request, scripted, observed bool) *Call {
	l.mu.Lock()
	kept := l.keep > 0
	l.mu.Unlock()
	if !kept && !scripted && !observed {
		return nil
	}
	call := newCall(req)

	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
	call.Number = l.n
	if !kept && !scripted {
		return call
	}
	if l.ofKind == nil {
		l.ofKind = map[callKind]int{}
	}
	kind := callKind{call.Operation, call.DomainName, call.WorkflowID}
	l.ofKind[kind]++
	call.Count = l.ofKind[kind]
	l.calls = append(l.calls, call)
	l.trim()
	return call
}

// trim forgets the oldest calls beyond those to be kept.
func (l *callLog) trim() {
	surplus := max(len(l.calls)-l.keep, 0)
	clear(l.calls[:surplus]) // or the array below would hold on to them
	l.calls = l.calls[surplus:]
}

func (l *callLog) answered(call *Call, status int) {
	if call == nil {
		return
	}
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
		At:           req.arrived,
		Connection:   connectionNumber(req.Context()),
	}
	if req.operation != nil {
		call.Operation = req.operation.name
	}
	return call
}

type connectionKey struct{}

func withConnectionNumber(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, connectionKey{}, n)
}

func connectionNumber(ctx context.Context) int {
	n, _ := ctx.Value(connectionKey{}).(int)
	return n
}
