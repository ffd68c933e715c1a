// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// maxBody is far more than any request of this API needs; what is longer is
// refused and not kept in memory.
const maxBody = 1 << 20

// Service is Customer Profiles in memory. It is an [http.Handler] (serve it with
// [Listen], which also counts connections) and safe for concurrent use.
type Service struct {
	mu          sync.RWMutex
	credentials map[string]*signer // by access key ID
	domains     map[domainKey]*domain
	script      func(Call) *Response
	observer    func(Call)

	calls callLog
}

// New makes a service that serves data, or says what is wrong with data. It
// takes its own copy.
func New(data Data) (*Service, error) {
	if err := data.validate(); err != nil {
		return nil, err
	}
	s := &Service{
		credentials: map[string]*signer{},
		domains:     map[domainKey]*domain{},
	}
	s.KeepCalls(defaultKeptCalls)
	for _, credential := range data.Credentials {
		s.AddCredential(credential)
	}
	for _, domain := range data.Domains {
		if err := s.addDomain(domain); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// AddCredential lets c call, in place of any credential with the same access
// key ID.
func (s *Service) AddCredential(c Credential) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.credentials[c.AccessKeyID] = newSigner(c)
}

// SetResponder has every request put to f before it is authenticated. What f returns
// is the answer; nil is the ordinary one. With [Call.Count] "the second call
// for this workflow gets …" is one comparison. f is called by many goroutines
// at once, and may use the service. A nil f ends the script.
func (s *Service) SetResponder(f func(Call) *Response) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = f
}

// SetObserver has f told of every request as it is answered, with its status, as a
// log would want it. f is called by many goroutines at once.
func (s *Service) SetObserver(f func(Call)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observer = f
}

// ServeHTTP answers one request. Like [http.ErrAbortHandler]'s documentation
// says, it panics with that error where the connection must end without a whole
// answer; an [http.Server] expects that.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req, refused := readRequest(w, r)

	s.mu.RLock()
	script, observer := s.script, s.observer
	s.mu.RUnlock()

	call := s.calls.start(req, script != nil, observer != nil)
	answer := refused
	if script != nil {
		if scripted := script(*call); scripted != nil {
			answer = s.complete(scripted, req, refused)
		}
	}
	if answer == nil {
		answer = s.answer(req)
	}
	answer.send(w, r, func(status int) {
		s.calls.answered(call, status)
		if observer != nil {
			observed := *call
			observed.Status = status
			observer(observed)
		}
	})
}

// complete is a scripted answer with what it leaves to the ordinary one.
func (s *Service) complete(scripted *Response, req *request, refused *Response) *Response {
	if scripted.Status != 0 {
		return scripted
	}
	ordinary := refused
	if ordinary == nil {
		ordinary = s.answer(req)
	}
	return scripted.over(ordinary)
}

// answer is the ordinary answer. AWS asks these questions in this order: which
// operation, who calls, is the input valid, does it exist.
func (s *Service) answer(req *request) *Response {
	if req.operation == nil {
		return unknownOperation()
	}
	if refused := s.authenticate(req); refused != nil {
		return refused
	}
	return req.operation.answer(s, req)
}

// request is an HTTP request and what was understood of it.
type request struct {
	*http.Request
	body      []byte
	operation *operation        // nil: none has this method and path
	params    map[string]string // of the path, unescaped
	auth      authorization     // what was understood of it
	authFault string            // why the rest was not
	arrived   time.Time
}

func readRequest(w http.ResponseWriter, r *http.Request) (*request, *Response) {
	req := &request{Request: r, arrived: time.Now()}
	req.operation, req.params = route(r)
	req.auth, req.authFault = parseAuthorization(r.Header.Get("Authorization"))
	if r.Body == nil || r.Body == http.NoBody {
		return req, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return req, ErrorResponse(http.StatusRequestEntityTooLarge, "RequestEntityTooLargeException", "Request entity too large")
	case err != nil:
		panic(http.ErrAbortHandler) // The client went away while it was sending.
	}
	req.body = body
	return req, nil
}

// readBody reads the members of a JSON body, which may be empty where all of
// them are optional, or says what is wrong with it.
func (req *request) readBody(into any) *Response {
	if len(req.body) == 0 {
		return nil
	}
	if err := json.Unmarshal(req.body, into); err != nil {
		return ErrorResponse(http.StatusBadRequest, "SerializationException", "The request body cannot be read: "+err.Error())
	}
	return nil
}
