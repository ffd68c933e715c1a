// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package fakeaws provides fakes of the services that issue AWS credentials:
// STS, IAM, IAM Identity Center, and the metadata services of EC2 instances and
// containers. It also provides a proxy that routes AWS hosts to these fakes.
//
// The fakes listen on loopback and record their requests. The credentials that
// they issue are predictable, see [IssuedCredentials].
package fakeaws

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// Account is the AWS account of all credentials.
const Account = "123456789012"

// The roles for which the services other than STS issue credentials.
const (
	SSORole       = "sso-role"
	InstanceRole  = "instance-role"
	ContainerRole = "container-role"
)

// Call is a request to one of the services.
type Call struct {
	// Service is "sts", "iam", "sso", "metadata", or "container".
	Service string
	// Action is the operation, or the method and path if the API has no operations.
	Action string
	// Role is the name of the requested role.
	Role string
	// AccessKeyID, Region, and Signature are empty if the request is not signed.
	AccessKeyID, Region, Signature string
	// Parameters are the parameters of the operation.
	Parameters map[string]string
}

// Services is a set of fake services.
type Services struct {
	// STS, IAM, SSO, and Metadata are the URLs of the services. The path
	// /container of Metadata is the metadata service for containers.
	STS, IAM, SSO, Metadata string

	mu        sync.Mutex
	calls     []Call
	responder Responder
}

// Responder returns a handler that replaces the response to a request, or nil for
// the service's own response.
type Responder func(Call) http.HandlerFunc

// Start starts the services, which run until the test ends.
func Start(t testing.TB) *Services {
	t.Helper()
	s := &Services{}
	serve := func(handler http.HandlerFunc) string {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		return server.URL
	}
	s.STS, s.IAM, s.SSO, s.Metadata = serve(s.sts), serve(s.iam), serve(s.sso), serve(s.metadata)
	return s
}

// Calls returns the requests to a service in the order of their arrival.
func (s *Services) Calls(service string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []Call
	for _, call := range s.calls {
		if call.Service == service {
			calls = append(calls, call)
		}
	}
	return calls
}

// SetResponder sets the responder of all services.
func (s *Services) SetResponder(responder Responder) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.responder = responder
}

// record records a request, and reports whether the responder responded to it.
func (s *Services) record(call Call, w http.ResponseWriter, r *http.Request) (responded bool) {
	s.mu.Lock()
	s.calls = append(s.calls, call)
	responder := s.responder
	s.mu.Unlock()
	if responder == nil {
		return false
	}
	handler := responder(call)
	if handler == nil {
		return false
	}
	handler(w, r)
	return true
}

// IssuedCredentials returns the temporary credentials that the services issue
// for a role.
func IssuedCredentials(role string) simulator.Credential {
	return simulator.Credential{
		AccessKeyID:     "ASIA" + strings.ToUpper(strings.ReplaceAll(role, "-", "")),
		SecretAccessKey: "issued-secret/of+" + role,
		SessionToken:    "issued-token/of+" + role + "//==",
	}
}
