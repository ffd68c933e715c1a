// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package fakeaws

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// Account is the AWS account that everything belongs to.
const Account = "123456789012"

// The names for which credentials are issued, beside those of roles.
const (
	SSORole       = "sso-role"
	InstanceRole  = "instance-role"
	ContainerRole = "container-role"
)

// Call is a request to one of the services.
type Call struct {
	// Service is "sts", "iam", "sso", "metadata" or "container".
	Service string
	// Action is the operation, or method and path where it has no name.
	Action string
	// Role is the name of the role that was asked for.
	Role string
	// AccessKeyID and Region are from the signature, empty where there is none.
	AccessKeyID, Region string
	// Signature is the request's, empty where it has none.
	Signature string
	// Parameters are those of the request, by their name.
	Parameters map[string]string
}

// Services are all the stand-ins of one test.
type Services struct {
	// STS, IAM, SSO and Metadata are the URLs of the services. The container's
	// credentials are at Metadata + "/container".
	STS, IAM, SSO, Metadata string

	mu    sync.Mutex
	calls []Call
}

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

// Calls are the requests to a service so far, in their order.
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

func (s *Services) record(call Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, call)
}

// Issued are the temporary credentials that a role, or one of the names above,
// is given.
func Issued(name string) simulator.Credential {
	plain := strings.ToUpper(strings.NewReplacer("-", "", "/", "").Replace(name))
	return simulator.Credential{
		AccessKeyID:     "ASIA" + plain,
		SecretAccessKey: "issued-secret/of+" + name,
		SessionToken:    "issued-token/of+" + name + "//==",
	}
}

var authorization = regexp.MustCompile(`Credential=([^/]+)/[0-9]+/([^/]+)/.*Signature=([0-9a-f]+)`)

// signer is who signed a request, for which Region, and how.
func signer(r *http.Request) (accessKeyID, region, signature string) {
	if found := authorization.FindStringSubmatch(r.Header.Get("Authorization")); found != nil {
		return found[1], found[2], found[3]
	}
	return "", "", ""
}

// roleName is the last part of a role's ARN.
func roleName(arn string) string {
	return arn[strings.LastIndex(arn, "/")+1:]
}
