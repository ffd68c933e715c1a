// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	controlPrefix = "/_simulator/"

	// maxControlBody is enough for the data of 20,000 workflows.
	maxControlBody = 16 << 20
)

// controlRequest is a request to the control API.
type controlRequest struct {
	params map[string]string // unescaped, from the path
	region string            // empty for every Region
	body   []byte
}

// controlOperation is an operation of the control API. Its handler returns the
// body of the response, or nil for {"status":"ok"}. An error has the status 400,
// unless it is a controlError.
type controlOperation struct {
	pattern string
	handle  func(*Service, controlRequest) (any, error)
}

var controlOperations = []controlOperation{
	{"GET /_simulator/health", func(*Service, controlRequest) (any, error) { return nil, nil }},
	{"POST /_simulator/reset", func(s *Service, _ controlRequest) (any, error) { s.Reset(); return nil, nil }},
	{"GET /_simulator/calls", func(s *Service, _ controlRequest) (any, error) { return s.loggedCalls(), nil }},
	{"DELETE /_simulator/calls", func(s *Service, _ controlRequest) (any, error) { s.ResetCalls(); return nil, nil }},
	{"GET /_simulator/faults", func(s *Service, _ controlRequest) (any, error) { return s.faults.snapshot(), nil }},
	{"PUT /_simulator/faults", (*Service).handlePutFaults},
	{"DELETE /_simulator/faults", func(s *Service, _ controlRequest) (any, error) {
		s.faults.replace(nil)
		return nil, nil
	}},
	{"PUT /_simulator/data", (*Service).handlePutData},
	{"PUT /_simulator/domains/{domain}/workflows/{id}", (*Service).handlePutWorkflow},
	{"DELETE /_simulator/domains/{domain}/workflows/{id}", (*Service).handleDeleteWorkflow},
}

// controlError is an error with its own HTTP status.
type controlError struct {
	status  int
	message string
}

func (e *controlError) Error() string { return e.message }

// serveControl handles a request to the control API, which is not a call of the
// service.
func (s *Service) serveControl(w http.ResponseWriter, r *http.Request) {
	body, bodyError := readBody(w, r, maxControlBody)
	if bodyError != nil {
		bodyError.send(r.Context(), w)
		return
	}
	output, err := s.control(r, body)
	status := http.StatusOK
	switch controlErr := (*controlError)(nil); {
	case errors.As(err, &controlErr):
		status = controlErr.status
	case err != nil:
		status = http.StatusBadRequest
	}
	switch {
	case err != nil:
		output = map[string]string{"message": err.Error()}
	case output == nil:
		output = map[string]string{"status": "ok"}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(output) // The client may have closed the connection.
}

func (s *Service) control(r *http.Request, body []byte) (any, error) {
	query := r.URL.Query()
	for name := range query {
		if name != "region" { // Without it, a workflow changes in every Region.
			return nil, fmt.Errorf("query parameter %q is unknown", name)
		}
	}
	target := r.Method + " " + r.URL.EscapedPath()
	for _, operation := range controlOperations {
		if params, ok := matchPattern(operation.pattern, target); ok {
			return operation.handle(s, controlRequest{params, query.Get("region"), body})
		}
	}
	return nil, &controlError{http.StatusNotFound, "there is no control operation " + target}
}

func (s *Service) handlePutFaults(req controlRequest) (any, error) {
	rules, err := readFaults(req.body)
	if err != nil {
		return nil, err
	}
	s.faults.replace(rules)
	return nil, nil
}

func (s *Service) handlePutData(req controlRequest) (any, error) {
	data, err := ReadData(bytes.NewReader(req.body))
	if err != nil {
		return nil, err
	}
	return nil, s.load(data)
}

func (s *Service) handlePutWorkflow(req controlRequest) (any, error) {
	if err := validateJSON(req.body, workflowSchema); err != nil {
		return nil, err
	}
	if err := validateRegion(req.region); err != nil {
		return nil, err
	}
	w, err := parseWorkflow(req.body)
	if err != nil {
		return nil, err
	}
	if id := req.params["id"]; w.id != id {
		return nil, &problem{"/WorkflowId", strconv.Quote(w.id), "the ID in the path, " + strconv.Quote(id)}
	}
	data := Domain{DomainName: req.params["domain"], Region: req.region, Workflows: []json.RawMessage{req.body}}
	return nil, s.putWorkflow(data)
}

func (s *Service) handleDeleteWorkflow(req controlRequest) (any, error) {
	domain, id := domainKey{req.region, req.params["domain"]}, req.params["id"]
	if !s.removeWorkflow(domain, id) {
		return nil, &controlError{http.StatusNotFound, fmt.Sprintf("%s has no workflow %q", domain, id)}
	}
	return nil, nil
}

// loggedCall is a call in the control API.
type loggedCall struct {
	At          time.Time `json:"at"`
	Operation   string    `json:"operation"`
	DomainName  string    `json:"domain_name"`
	WorkflowID  string    `json:"workflow_id"`
	Region      string    `json:"region"`
	AccessKeyID string    `json:"access_key_id"`
	Method      string    `json:"method"`
	Path        string    `json:"path"`
	Query       string    `json:"query"`
	Body        string    `json:"body"`
	Status      int       `json:"status"`
	ErrorCode   string    `json:"error_code"`
	Connection  string    `json:"connection"`
}

func (s *Service) loggedCalls() []loggedCall {
	calls := s.Calls()
	logged := make([]loggedCall, len(calls))
	for i, c := range calls {
		logged[i] = loggedCall{
			At: c.At.UTC(), Operation: c.Operation, DomainName: c.DomainName, WorkflowID: c.WorkflowID,
			Region: c.Region, AccessKeyID: c.AccessKeyID, Method: c.Method, Path: c.Path, Query: c.RawQuery,
			Body: string(c.Body), Status: c.Status, ErrorCode: c.ErrorCode, Connection: c.Fault.String(),
		}
	}
	return logged
}
