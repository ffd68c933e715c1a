// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// maxBody is far more than a request of this API needs.
const maxBody = 1 << 20

// Service is Customer Profiles in memory. It is an [http.Handler], and [Listen]
// serves it. It is safe for concurrent use.
type Service struct {
	mu        sync.RWMutex
	verifiers map[string]*verifier // by access key ID
	domains   map[domainKey]domain
	responder func(Call) *Response

	calls callLog
	quota quota
}

// New returns a service that serves a copy of data. It returns an error if data
// is invalid.
func New(data Data) (*Service, error) {
	s := &Service{
		verifiers: map[string]*verifier{},
		domains:   map[domainKey]domain{},
		calls:     callLog{counts: map[callKind]int{}},
	}
	for i, credential := range data.Credentials {
		err := credential.validate()
		if err == nil && s.verifiers[credential.AccessKeyID] != nil {
			err = fmt.Errorf("duplicate AccessKeyId %q", credential.AccessKeyID)
		}
		if err != nil {
			return nil, fmt.Errorf("Credentials[%d]: %w", i, err)
		}
		s.AddCredential(credential)
	}
	for i, d := range data.Domains {
		key := domainKey{d.Region, d.DomainName}
		if _, ok := s.domains[key]; ok {
			return nil, fmt.Errorf("Domains[%d]: duplicate %s", i, key)
		}
		if err := s.Put(d); err != nil {
			return nil, fmt.Errorf("Domains[%d]: %w", i, err)
		}
	}
	return s, nil
}

// AddCredential adds a credential, or replaces the one with the same access key
// ID.
func (s *Service) AddCredential(c Credential) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.verifiers[c.AccessKeyID] = &verifier{Credential: c, signer: v4.NewSigner()}
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

// ServeHTTP handles a request. It panics with [http.ErrAbortHandler] to close
// the connection without a complete response.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req := readRequest(w, r)

	s.mu.RLock()
	responder := s.responder
	s.mu.RUnlock()

	call := s.calls.record(req)
	var response *Response
	if responder != nil {
		response = responder(call)
	}
	if response == nil || response.Status == 0 {
		response = response.withDefaults(s.handle(req))
	}
	response.send(r.Context(), w)
}

// handle returns the default response.
func (s *Service) handle(req *request) *Response {
	switch {
	case req.tooLarge:
		return ErrorResponse(http.StatusRequestEntityTooLarge,
			"RequestEntityTooLargeException", "Request entity too large")
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
	req.validateDomainName()
	return req.operation.handle(s, req)
}

// request is a parsed HTTP request.
type request struct {
	*http.Request
	body       []byte
	tooLarge   bool              // if true, body is incomplete
	operation  *operation        // nil if the method and the path match none
	params     map[string]string // unescaped, from the path
	auth       authorization     // incomplete if authError is not empty
	authError  string
	violations []string // of the API's constraints on parameters
	receivedAt time.Time
}

func readRequest(w http.ResponseWriter, r *http.Request) *request {
	req := &request{Request: r, receivedAt: time.Now()}
	req.operation, req.params = route(r)
	req.auth, req.authError = parseAuthorization(r.Header.Get("Authorization"))
	var err error
	req.body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var maxBytesErr *http.MaxBytesError
	req.tooLarge = errors.As(err, &maxBytesErr)
	if err != nil && !req.tooLarge {
		panic(http.ErrAbortHandler) // The client closed the connection.
	}
	return req
}

// decodeBody decodes a JSON body, which may be empty. It returns an error
// response if the body is malformed.
func (req *request) decodeBody(into any) *Response {
	if len(req.body) == 0 {
		return nil
	}
	if err := json.Unmarshal(req.body, into); err != nil {
		return ErrorResponse(http.StatusBadRequest, "SerializationException",
			"The request body cannot be read: "+err.Error())
	}
	return nil
}
