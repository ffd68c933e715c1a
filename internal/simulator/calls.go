// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"net/http"
	"sync"
	"time"
)

// maxCalls is the number of calls that a service remembers.
const maxCalls = 1000

// Call is a request that the service received. Its Header and Body are shared
// and must not be modified.
type Call struct {
	// Count counts the calls with the same Operation, DomainName, and WorkflowID
	// that responders received, starting at 1. It is 0 in the log, because a
	// client could fill the memory with the counts of different names.
	Count int
	// Operation is the name of the API operation. It is empty if no operation
	// has this method and path.
	Operation string
	// DomainName and WorkflowID are parameters in the path, if the operation
	// has them.
	DomainName, WorkflowID string
	// Region and AccessKeyID are from the credential scope. They are not verified.
	Region, AccessKeyID string
	// Method, Host, Path (escaped), RawQuery, Header, and Body are the request's.
	Method, Host, Path, RawQuery string
	Header                       http.Header
	Body                         []byte
	// At is when the headers of the request arrived.
	At time.Time
	// Status is the HTTP status of the response. It is 0 until the response is
	// sent, and if the connection fails without one.
	Status int
	// ErrorCode is the code of an error, such as ThrottlingException.
	ErrorCode string
	// Fault is the failure of the connection that the service simulated.
	Fault Fault
}

// Calls returns the latest 1,000 calls in the order of their arrival.
func (s *Service) Calls() []Call {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	calls := make([]Call, len(s.calls.kept))
	for i, call := range s.calls.kept {
		calls[i] = *call
	}
	return calls
}

// ResetCalls forgets all calls. Count starts at 1 again.
func (s *Service) ResetCalls() {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	s.calls.kept = nil
	clear(s.calls.counts)
}

// callLog keeps the latest calls, and counts those that responders receive.
type callLog struct {
	mu     sync.Mutex
	kept   []*Call
	counts map[callKind]int
}

type callKind struct{ operation, domainName, workflowID string }

// record keeps a call. finish completes it.
func (l *callLog) record(req *request) (Call, *Call) {
	call := &Call{
		DomainName:  req.params["DomainName"],
		WorkflowID:  req.params["WorkflowId"],
		Region:      req.auth.region,
		AccessKeyID: req.auth.accessKeyID,
		Method:      req.Method,
		Host:        req.Host,
		Path:        req.URL.EscapedPath(),
		RawQuery:    req.URL.RawQuery,
		Header:      req.Header.Clone(),
		Body:        req.body,
		At:          req.receivedAt,
	}
	if req.operation != nil {
		call.Operation = req.operation.name
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept = append(l.kept[max(len(l.kept)+1-maxCalls, 0):], call)
	return *call, call
}

// count returns the Count of a call.
func (l *callLog) count(call Call) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	kind := callKind{call.Operation, call.DomainName, call.WorkflowID}
	l.counts[kind]++
	return l.counts[kind]
}

// finish adds the response to a recorded call, and returns it.
func (l *callLog) finish(call *Call, response *Response) Call {
	l.mu.Lock()
	defer l.mu.Unlock()
	call.Fault = response.Fault
	if response.Fault.sendsHeader() {
		call.Status = response.Status
		call.ErrorCode = response.Header.Get("X-Amzn-Errortype")
	}
	return *call
}
