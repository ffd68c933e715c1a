// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/aws/smithy-go"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const (
	accessKeyID     = "AKIAIOSFODNN7EXAMPLE"
	secretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	completeID      = "0123456789abcdef0123456789abcdef"
	globexID        = "fedcba9876543210fedcba9876543210"
	completePath    = "/domains/acme/workflows/" + completeID
	emptyHash       = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

var requestIDPattern = `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`

// serve is a service with the default data, and a server of its own.
func serve(t *testing.T) (*simulator.Service, *simulator.Server) {
	t.Helper()
	service, err := simulator.New(simulator.DefaultData())
	if err != nil {
		t.Fatal(err)
	}
	server, err := simulator.Listen("127.0.0.1:0", service)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return service, server
}

// httpClient shares no connections with another.
func httpClient(t *testing.T) *http.Client {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// caller is who a client of the SDK is.
type caller struct{ key, secret, token, region string }

func (c caller) credentials() aws.Credentials {
	return aws.Credentials{AccessKeyID: c.key, SecretAccessKey: c.secret, SessionToken: c.token}
}

var alice = caller{key: accessKeyID, secret: secretAccessKey, region: "us-east-1"}

// sdk is the SDK's real client. It is made by hand, and so reads nothing of the
// process's environment.
func sdk(t *testing.T, url string, c caller) *customerprofiles.Client {
	t.Helper()
	return customerprofiles.New(customerprofiles.Options{
		Region:       c.region,
		BaseEndpoint: &url,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return c.credentials(), nil
		}),
		HTTPClient: httpClient(t),
		Retryer:    aws.NopRetryer{},
	})
}

func getWorkflow(t *testing.T, url string, c caller, domain, id string) (*customerprofiles.GetWorkflowOutput, error) {
	t.Helper()
	return getWorkflowWith(t, sdk(t, url, c), domain, id)
}

func getWorkflowWith(t *testing.T, client *customerprofiles.Client, domain, id string) (*customerprofiles.GetWorkflowOutput, error) {
	t.Helper()
	return client.GetWorkflow(t.Context(), &customerprofiles.GetWorkflowInput{DomainName: &domain, WorkflowId: &id})
}

// checkError compares what the SDK made of an error.
func checkError(t *testing.T, err error, status int, code, message string) {
	t.Helper()
	var api smithy.APIError
	var response *awshttp.ResponseError
	if !errors.As(err, &api) || !errors.As(err, &response) {
		t.Fatalf("got error %v, want an API error", err)
	}
	if response.HTTPStatusCode() != status || api.ErrorCode() != code || !strings.Contains(api.ErrorMessage(), message) {
		t.Errorf("got %d %s %q, want %d %s %q", response.HTTPStatusCode(), api.ErrorCode(), api.ErrorMessage(), status, code, message)
	}
	if response.ServiceRequestID() == "" {
		t.Error("there is no request ID")
	}
}

// signing is how a raw request is signed.
type signing struct {
	secret, service, region, hash string
	at                            time.Time
}

func newSigning() signing {
	return signing{secret: secretAccessKey, service: "profile", region: "us-east-1", hash: emptyHash, at: time.Now()}
}

func (s signing) sign(t *testing.T, r *http.Request) {
	t.Helper()
	credentials := aws.Credentials{AccessKeyID: accessKeyID, SecretAccessKey: s.secret}
	if err := v4.NewSigner().SignHTTP(t.Context(), credentials, r, s.hash, s.service, s.region, s.at); err != nil {
		t.Fatal(err)
	}
}

func newRequest(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// signedRequest is a GET that the service will take.
func signedRequest(t *testing.T, url string) *http.Request {
	t.Helper()
	r := newRequest(t, http.MethodGet, url, "")
	newSigning().sign(t, r)
	return r
}

// do sends a raw request and reads the whole answer.
func do(t *testing.T, r *http.Request) (*http.Response, string) {
	t.Helper()
	response, err := httpClient(t).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// checkRefusal compares an answer with an error in AWS's form, to the letter.
func checkRefusal(t *testing.T, response *http.Response, body string, status int, code, message string) {
	t.Helper()
	var members map[string]string
	if err := json.Unmarshal([]byte(body), &members); err != nil || len(members) != 1 {
		t.Errorf("body %q is not one with a Message only (%v)", body, err)
	}
	if got := response.Header.Get("X-Amzn-ErrorType"); response.StatusCode != status || got != code {
		t.Errorf("got %d %s %q, want %d %s", response.StatusCode, got, body, status, code)
	}
	if !strings.Contains(members["Message"], message) {
		t.Errorf("got message %q, want one with %q", members["Message"], message)
	}
	if got := response.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("got Content-Type %q", got)
	}
}
