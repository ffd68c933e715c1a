// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"sync"
	"time"
)

// faultRule is a fault of the control API. It selects calls, and describes the
// [Response] that they get.
//
// Times and Status are integers, but encoding/json cannot read 1e3, which the
// schema accepts, into an int.
type faultRule struct {
	Operation  string  `json:"operation,omitempty"`
	DomainName string  `json:"domain_name,omitempty"`
	WorkflowID string  `json:"workflow_id,omitempty"`
	Times      float64 `json:"times,omitempty"` // 0 means until the fault is removed
	Status     float64 `json:"status,omitempty"`
	Code       string  `json:"code,omitempty"`
	Message    string  `json:"message,omitempty"`
	Delay      string  `json:"delay,omitempty"`
	Connection string  `json:"connection,omitempty"`
}

// faultState is a fault with the number of calls that it still applies to.
type faultState struct {
	faultRule
	Left *int `json:"left,omitempty"` // nil if Times is 0
}

// faultList is the list of faults in the order in which they apply.
type faultList struct {
	mu   sync.Mutex
	list []*faultState
}

func (l *faultList) replace(rules []faultRule) {
	list := make([]*faultState, len(rules))
	for i, rule := range rules {
		list[i] = &faultState{faultRule: rule}
		if rule.Times > 0 {
			left := int(rule.Times)
			list[i].Left = &left
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = list
}

// snapshot returns a copy of the list.
func (l *faultList) snapshot() []faultState {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := make([]faultState, len(l.list))
	for i, fault := range l.list {
		list[i] = *fault
		if fault.Left != nil {
			left := *fault.Left
			list[i].Left = &left
		}
	}
	return list
}

// next returns the response of the first fault that matches the call, or nil.
func (l *faultList) next(call Call) *Response {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, fault := range l.list {
		if !fault.matches(call) || fault.Left != nil && *fault.Left == 0 {
			continue
		}
		if fault.Left != nil {
			*fault.Left--
		}
		return fault.response()
	}
	return nil
}

func (r faultRule) matches(call Call) bool {
	return (r.Operation == "" || r.Operation == call.Operation) &&
		(r.DomainName == "" || r.DomainName == call.DomainName) &&
		(r.WorkflowID == "" || r.WorkflowID == call.WorkflowID)
}

// response returns the response of the fault. Without a status, it modifies the
// default response.
func (r faultRule) response() *Response {
	response := &Response{}
	if r.Status != 0 {
		response = ErrorResponse(int(r.Status), r.Code, r.Message)
	}
	if r.Delay != "" {
		response.Delay, _ = time.ParseDuration(r.Delay) // check has parsed it.
	}
	for fault, name := range faultNames {
		if r.Connection == name {
			response.Fault = fault
		}
	}
	response.BodyBytes = 1 // Content-Length is that of the complete body.
	return response
}

// check returns what the schema of faults cannot express.
func (r faultRule) check() *problem {
	if r.Delay != "" {
		if _, err := time.ParseDuration(r.Delay); err != nil {
			return invalidDuration("/delay", r.Delay)
		}
	}
	switch sendsHeader := r.Connection == "" || r.Connection == CutBody.String(); {
	case r.Status == 0 && r.Delay == "" && r.Connection == "":
		return &problem{"", shorten(mustMarshal(r)), "status and code, delay, or connection"}
	case r.Status != 0 && !sendsHeader:
		return &problem{"/connection", `"` + r.Connection + `"`, "no status and code, because no response is sent"}
	}
	return nil
}

// readFaults reads and validates the body of a request that replaces the faults.
func readFaults(text []byte) ([]faultRule, error) {
	if err := validateJSON(text, faultsSchema); err != nil {
		return nil, err
	}
	var rules []faultRule
	if err := json.Unmarshal(text, &rules); err != nil {
		return nil, err
	}
	for i, rule := range rules {
		if p := rule.check(); p != nil {
			return nil, within(p, i)
		}
	}
	return rules, nil
}
