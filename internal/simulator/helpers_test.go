// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
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
)

var temporaryCredential = simulator.Credential{
	AccessKeyID: "ASIATEMPORARY", SecretAccessKey: "temporary", SessionToken: "token",
}

func newService(t *testing.T) *simulator.Service {
	t.Helper()
	service, err := simulator.New(simulator.DefaultData())
	if err != nil {
		t.Fatal(err)
	}
	return service
}

func newServer(t *testing.T) (*simulator.Service, *simulator.Server) {
	t.Helper()
	service := newService(t)
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

// newClient returns an SDK client with the default credential in us-east-1.
func newClient(
	t *testing.T, server *simulator.Server, optFns ...func(*customerprofiles.Options),
) *customerprofiles.Client {
	t.Helper()
	return customerprofiles.New(customerprofiles.Options{
		Region:       "us-east-1",
		BaseEndpoint: &server.URL,
		Credentials:  credentials(accessKeyID, secretAccessKey, ""),
		HTTPClient:   &http.Client{Transport: &http.Transport{}},
		Retryer:      aws.NopRetryer{},
	}, optFns...)
}

func credentials(accessKeyID, secret, sessionToken string) aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: accessKeyID, SecretAccessKey: secret, SessionToken: sessionToken}, nil
	})
}

func getWorkflow(
	t *testing.T, client *customerprofiles.Client, domain, id string,
) (*customerprofiles.GetWorkflowOutput, error) {
	t.Helper()
	return client.GetWorkflow(t.Context(), &customerprofiles.GetWorkflowInput{DomainName: &domain, WorkflowId: &id})
}

// apiError is an expected error. The message needs to be a part of the error's.
type apiError struct {
	status        int
	code, message string
}

func badRequest(message string) apiError {
	return apiError{status: 400, code: "BadRequestException", message: message}
}

func notFound(message string) apiError {
	return apiError{status: 404, code: "ResourceNotFoundException", message: message}
}

func forbidden(code, message string) apiError {
	return apiError{status: 403, code: code, message: message}
}

func (want apiError) check(t *testing.T, status int, code, message string) {
	t.Helper()
	if status != want.status || code != want.code || !strings.Contains(message, want.message) {
		t.Errorf("got %d %s %q, want %d %s %q", status, code, message, want.status, want.code, want.message)
	}
}

// checkSDKError checks an error that an SDK client returned.
func checkSDKError(t *testing.T, err error, want apiError) {
	t.Helper()
	var apiErr smithy.APIError
	var responseErr *awshttp.ResponseError
	if !errors.As(err, &apiErr) || !errors.As(err, &responseErr) || responseErr.ServiceRequestID() == "" {
		t.Fatalf("got error %v, want an API error with a request ID", err)
	}
	want.check(t, responseErr.HTTPStatusCode(), apiErr.ErrorCode(), apiErr.ErrorMessage())
}

// checkErrorResponse checks the exact format of an error.
func checkErrorResponse(t *testing.T, w *httptest.ResponseRecorder, want apiError) {
	t.Helper()
	var members map[string]string
	if err := json.Unmarshal(w.Body.Bytes(), &members); err != nil || len(members) != 1 {
		t.Errorf("body %q must have a Message and nothing else (%v)", w.Body, err)
	}
	want.check(t, w.Code, w.Header().Get("X-Amzn-ErrorType"), members["Message"])
}

func newRequest(t *testing.T, method, path, body string) *http.Request {
	t.Helper()
	return httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
}

// signature has the parameters of a request's signature.
type signature struct {
	service, payloadHash string
	time                 time.Time
}

func validSignature(body string) signature {
	return signature{service: "profile", payloadHash: sha256Hex(body), time: time.Now()}
}

func sha256Hex(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

func (s signature) sign(t *testing.T, r *http.Request) {
	t.Helper()
	credentials := aws.Credentials{AccessKeyID: accessKeyID, SecretAccessKey: secretAccessKey}
	err := v4.NewSigner().SignHTTP(t.Context(), credentials, r, s.payloadHash, s.service, "us-east-1", s.time)
	if err != nil {
		t.Fatal(err)
	}
}

func signedRequest(t *testing.T, method, path, body string) *http.Request {
	t.Helper()
	r := newRequest(t, method, path, body)
	validSignature(body).sign(t, r)
	return r
}

// serve passes a request to the service without a network.
func serve(service *simulator.Service, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	service.ServeHTTP(w, r)
	return w
}
