// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

var workflow = Request{
	Subject: `workflow "w"`, DomainName: "acme", Kind: "workflow", Key: "workflow ID", Timeout: 5 * time.Minute,
}

// responseError returns an error as the SDK does. This machine's clock is ahead of
// the service's by skew.
func responseError(status int, skew time.Duration, err error) error {
	date := time.Now().Add(-skew).UTC().Format(http.TimeFormat)
	response := &http.Response{StatusCode: status, Header: http.Header{"Date": {date}}}
	return &smithy.OperationError{OperationName: "GetWorkflow", Err: &awshttp.ResponseError{
		RequestID: "request-1",
		ResponseError: &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: response}, Err: err,
		},
	}}
}

func codeError(status int, code, message string) error {
	return responseError(status, 0, &smithy.GenericAPIError{Code: code, Message: message})
}

// contexts returns a canceled context and one whose time is up.
func contexts(t *testing.T) (canceled, expired context.Context) {
	t.Helper()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel = context.WithDeadline(t.Context(), time.Unix(0, 0))
	t.Cleanup(cancel)
	return canceled, expired
}

func checkDiagnostic(t *testing.T, ctx context.Context, err error, request Request, summary, detail string) {
	t.Helper()
	got := FromError(ctx, err, request)
	if got.Summary() != summary || !strings.Contains(got.Detail(), detail) {
		t.Errorf("got %s\n\n%s\n\nwant %s\n\n%s", got.Summary(), got.Detail(), summary, detail)
	}
}

func TestFromError(t *testing.T) {
	t.Parallel()
	canceled, expired := contexts(t)
	const (
		prefix            = `GetWorkflow for workflow "w" in domain "acme" (eu-west-1) `
		accessDenied      = "Access denied by Customer Profiles"
		badCredentials    = "AWS credentials rejected"
		throttled         = "Throttled by Customer Profiles"
		rejected          = "Request rejected by Customer Profiles"
		serverError       = "Customer Profiles server error"
		malformedResponse = "Malformed response from Customer Profiles"
		noResponse        = "No response from Customer Profiles"
	)
	malformed := &conns.MalformedResponseError{Problem: "the body is empty"}
	skewed := &smithy.GenericAPIError{Code: "RequestTimeTooSkewed"}
	notFound := func(message string) error { return codeError(404, "ResourceNotFoundException", message) }
	for name, tc := range map[string]struct {
		ctx     context.Context
		err     error
		failed  conns.RequestError // the other facts
		request Request            // workflow if empty
		summary string
		detail  string // part of the detail
	}{
		"workflow not found": {err: notFound("no."), summary: "Workflow not found",
			detail: prefix + "returned ResourceNotFoundException: no (HTTP 404, request ID request-1).\n\n" +
				"Check the workflow ID, the domain name, and the Region: each Region has its own domains."},
		"workflow in domain not found": {err: notFound("Workflow w does not exist in domain acme"),
			summary: "Workflow not found",
			detail: "Check the workflow ID, and that the workflow belongs to this domain and Region. " +
				"Customer Profiles also returns this error if the credentials aren't allowed to see the workflow."},
		"domain of workflow not found": {err: notFound("Domain acme"), summary: "Domain not found",
			detail: "Check the domain name and the Region:"},
		"domain named like a workflow not found": {
			err: notFound("Domain workflow-1 does not exist"), summary: "Domain not found",
			request: Request{Subject: `workflow "w"`, DomainName: "workflow-1", Kind: "workflow", Key: "workflow ID"}},
		"workflow in domain named like a part of it not found": {
			err: notFound("Workflow w does not exist in domain flow"), summary: "Workflow not found",
			request: Request{Subject: `workflow "w"`, DomainName: "flow", Kind: "workflow", Key: "workflow ID"}},
		"domain of list not found": {err: notFound("no"), summary: "Domain not found",
			request: Request{Subject: "the workflows", DomainName: "acme"},
			detail:  `GetWorkflow for the workflows in domain "acme" (eu-west-1) returned`},
		"access denied": {err: codeError(403, "AccessDeniedException", "no"), summary: accessDenied,
			detail: `{"Effect": "Allow", "Action": "profile:GetWorkflow", "Resource": ` +
				`["arn:*:profile:eu-west-1:*:domains/acme", "arn:*:profile:eu-west-1:*:domains/acme/*"]}`},
		"access denied, no domain": {err: codeError(403, "AccessDeniedException", "no"), summary: accessDenied,
			request: Request{Subject: "the domains"}, detail: `"Resource": "*"}`},
		"credentials rejected": {err: codeError(403, "ExpiredTokenException", "no"), summary: badCredentials,
			detail: `No credentials have been retrieved. To test them, run "aws sts get-caller-identity"`},
		"credentials of a file": {err: codeError(403, "ExpiredTokenException", "no"), summary: badCredentials,
			failed: conns.RequestError{CredentialsSource: "SharedConfigCredentials: /a/b"},
			detail: "came from the shared file /a/b. Renew the keys of the profile"},
		"credentials of an unknown source": {err: codeError(403, "InvalidSignatureException", "no"),
			failed:  conns.RequestError{CredentialsSource: "Novel\x1b"},
			summary: badCredentials, detail: `came from Novel\x1b. Renew them.`},
		"clock ahead": {err: responseError(403, 10*time.Minute+2*time.Second, skewed), summary: badCredentials,
			detail: " ahead of the service's clock"},
		"clock behind": {err: responseError(403, -10*time.Minute, skewed), summary: badCredentials,
			detail: " behind the service's clock"},
		"credentials not retrieved": {
			err:    &conns.CredentialsError{Err: codeError(400, "ThrottlingException", "slow down")},
			failed: conns.RequestError{CredentialsSource: "SSOProvider"}, summary: "Could not retrieve AWS credentials",
			detail: prefix + "failed without credentials: ThrottlingException: slow down (HTTP 400, request ID request-1)." +
				"\n\nNo request was sent to Customer Profiles. The credentials came from IAM Identity Center (SSO). Run"},
		"credentials not renewed for a retry": {err: &conns.CredentialsError{Err: errors.New("no")},
			summary: "Could not retrieve AWS credentials", failed: conns.RequestError{Endpoint: "h"},
			detail: prefix + "failed without credentials: no.\n\nNo credentials have been retrieved."},
		"throttled": {err: codeError(429, "ThrottlingException", "no"), summary: throttled,
			failed: conns.RequestError{Attempts: 25, Elapsed: 61*time.Second + 1234567},
			detail: "(HTTP 429, request ID request-1), after 25 attempts in 1m1s.\n\n"},
		"throttled in standard mode": {err: codeError(400, "TooManyRequestsException", "no"), summary: throttled,
			failed: conns.RequestError{MaxAttempts: 25}, detail: "although it lowered its request rate. Check whether " +
				"other clients use the same quota. Ask AWS to increase the quota of GetWorkflow, or increase " +
				"max_retries (now 25)."},
		"throttled in adaptive mode": {err: codeError(429, "ThrottlingException", "no"), summary: throttled,
			failed: conns.RequestError{Adaptive: true},
			detail: `although the retry mode "adaptive" lowered its request rate.`},
		"throttled without a code": {err: codeError(429, unknownCode, "no"), summary: throttled},
		"request rejected":         {err: codeError(400, "BadRequestException", "no"), summary: rejected},
		"unknown code":             {err: codeError(418, "Teapot", "no"), summary: rejected, detail: "Teapot: no (HTTP 418"},
		"unknown code, status 403": {err: codeError(403, "X", "no"), summary: accessDenied},
		"unknown code, status 404": {err: codeError(404, "X", "no"), summary: malformedResponse, detail: "returned X: no (H"},
		"server error": {err: codeError(500, "InternalServerException", "no"), summary: serverError,
			failed: conns.RequestError{Endpoint: "h"}, detail: "for the status of the Region."},
		"server error without a code": {err: codeError(503, unknownCode, unknownCode), summary: serverError,
			failed: conns.RequestError{Attempts: 2, Elapsed: 1234567}, detail: "an error without a valid code " +
				"(HTTP 503, request ID request-1), after 2 attempts in 1ms.\n\nThe service failed, and retries did not help."},
		"malformed response": {err: responseError(200, 0, malformed), summary: malformedResponse,
			detail: prefix + "returned a malformed response: the body is empty (HTTP 200, request ID request-1)."},
		"malformed response with an error status": {err: responseError(503, 0, malformed), summary: malformedResponse,
			detail: prefix + "returned a malformed response: the body is empty (HTTP 503, request ID request-1)."},
		"malformed response, endpoint of AWS": {err: responseError(200, 0, malformed), summary: malformedResponse,
			failed: conns.RequestError{Endpoint: "h"}, detail: "came from h, the endpoint of AWS, without a proxy."},
		"malformed response through a proxy": {err: responseError(200, 0, malformed), summary: malformedResponse,
			failed: conns.RequestError{Endpoint: "h:1", EndpointSource: "URL", Proxy: "p:2"},
			detail: "came from h:1, a custom endpoint (set by URL), through the proxy p:2, which may have responded"},
		"response for another workflow": {err: malformed, summary: malformedResponse,
			failed: conns.RequestError{StatusCode: 200, RequestID: "request-2"}, detail: "(HTTP 200, request ID request-2)"},
		"malformed head of a response": {err: malformed, summary: malformedResponse,
			detail: prefix + "returned a malformed response: the body is empty.\n\n"},
		"wrong type in response": {summary: malformedResponse, detail: "expected string",
			err: responseError(200, 0, &smithy.DeserializationError{Err: errors.New("expected string")})},
		"client error without a code": {err: codeError(404, unknownCode, "<html>"), summary: malformedResponse,
			detail: "returned an error without a valid code: <html> (HTTP 404"},
		"no response": {err: &smithy.OperationError{Err: errors.New("reset")}, summary: noResponse,
			detail: prefix + "failed without a response: reset.\n\nCheck the network"},
		"no response, endpoint of AWS": {err: errors.New("reset"), summary: noResponse,
			failed: conns.RequestError{Endpoint: "h"},
			detail: "reach h. No proxy is used. Check that Customer Profiles is available in eu-west-1: https:"},
		"no response, custom endpoint": {err: context.DeadlineExceeded, summary: noResponse,
			failed: conns.RequestError{Endpoint: "h:1", EndpointSource: "URL", Proxy: "p:2"},
			detail: "reach h:1. The proxy p:2 is used. The endpoint is a custom one, set by URL:"},
		"no response, invalid URL of the endpoint": {err: errors.New("parse"), summary: noResponse,
			failed: conns.RequestError{EndpointSource: "URL"},
			detail: "response: parse.\n\nThe endpoint is a custom one, set by URL: check its URL"},
		"URL of the endpoint without a host": {err: &conns.InvalidEndpointError{Err: errors.New("no host")},
			failed: conns.RequestError{Endpoint: ":1", EndpointSource: "URL"}, summary: noResponse,
			detail: "invalid endpoint: no host.\n\nThe URL of the endpoint is invalid. No proxy is used. The endpoint"},
		"client certificate required": {err: &conns.TLSAlertError{Alert: "tls: certificate required"},
			failed: conns.RequestError{Endpoint: "h"}, summary: noResponse,
			detail: "TLS handshake: tls: certificate required.\n\nCheck whether h requires a client certificate"},
		"untrusted certificate": {err: &tls.CertificateVerificationError{Err: errors.New("untrusted")},
			failed: conns.RequestError{Endpoint: "h"}, summary: noResponse, detail: "set custom_ca_bundle."},
		"HTTP instead of HTTPS": {err: http.ErrSchemeMismatch, failed: conns.RequestError{Endpoint: "h:1"},
			summary: noResponse, detail: "Check the port, or replace https with http: h:1 doesn't use TLS."},
		"connection refused on loopback": {failed: conns.RequestError{Endpoint: "localhost:1"}, summary: noResponse,
			err:    &net.OpError{Op: "dial", Addr: &net.TCPAddr{IP: net.IPv6loopback, Port: 1}, Err: syscall.ECONNREFUSED},
			detail: "Check the port: no program on this machine listens on it. The provider retried for only ten sec"},
		"proxy requires authentication": {summary: "Proxy refused the connection",
			err: &conns.ProxyRefusedError{Proxy: "p:2", Status: "407 Proxy Authentication\x1b", StatusCode: 407},
			detail: `failed without a response: the proxy p:2 responded to CONNECT with the status 407 Proxy ` +
				`Authentication\x1b.` + "\n\nThe proxy requires a user and a password"},
		"proxy refuses the endpoint": {summary: "Proxy refused the connection", failed: conns.RequestError{Endpoint: "h"},
			err:    &conns.ProxyRefusedError{Proxy: "p:2", Status: "403 Forbidden", StatusCode: 403},
			detail: "with the status 403 Forbidden.\n\nAllow connections to h in the proxy."},
		"line break in the session token": {err: &conns.InvalidHeaderError{Header: "X-Amz-Security-Token"},
			summary: "Invalid request header", failed: conns.RequestError{CredentialsSource: "EnvConfigCredentials"},
			detail: "from the session token. The credentials came from the environment variables"},
		"line break in the access key": {err: &conns.InvalidHeaderError{Header: "Authorization"},
			summary: "Invalid request header", detail: "from the access key. No credentials"},
		"line break in the user agent": {err: &conns.InvalidHeaderError{Header: "User-Agent"},
			summary: "Invalid request header", detail: "from user_agent in the provider block, or"},
		"line break in another header": {err: &conns.InvalidHeaderError{Header: "X"},
			summary: "Invalid request header", detail: "of the header X has a control character, such as a line break.\n\n" +
				"Remove the line break or the other control character from the setting that this header comes from."},
		"host not found": {err: &net.DNSError{IsNotFound: true}, summary: noResponse,
			failed: conns.RequestError{Endpoint: "h"}, detail: "not available in eu-west-1, or the Region is misspelled"},
		"timed out during an attempt": {ctx: expired, err: context.DeadlineExceeded, summary: "Read timed out",
			failed: conns.RequestError{Attempts: 3, MaxAttempts: 25, Elapsed: 1234567890,
				LastTransientErr: codeError(503, "X", "y\x1b")},
			detail: prefix + "was stopped after 1.23s and 3 of at most 25 attempts. The last error was " +
				`X: y\x1b (HTTP 503, request ID request-1).` + "\n\nThe read is limited to 5m0s."},
		"timed out before the first attempt": {ctx: expired, err: context.DeadlineExceeded, summary: "Read timed out",
			detail: "was stopped before its first attempt."},
		"timed out, attempt canceled": {ctx: expired, err: context.Canceled, summary: "Read timed out"},
		"canceled": {ctx: canceled, err: context.Canceled, summary: "Read canceled",
			failed: conns.RequestError{Attempts: 1}, detail: "No attempt had failed."},
		"response after the time is up": {ctx: expired, err: notFound("no"), summary: "Workflow not found"},
		"control characters": {err: codeError(400, "BadRequestException", "a\x1b[31mb\r\nc\u202ed\x00é\xff"),
			summary: rejected, detail: `a\x1b[31mb\r\nc\u202ed\x00é` + "\ufffd (HTTP 400"},
		"malformed code": {err: codeError(400, "<html>\x1b", "no"), summary: malformedResponse,
			detail: "returned an error without a valid code: no (HTTP 400"},
		"body truncated": {err: responseError(200, 0, io.ErrUnexpectedEOF), summary: malformedResponse,
			detail: "returned a malformed response: the body is truncated (HTTP 200"},
		"connection closed": {err: io.EOF, summary: noResponse,
			detail: "failed without a response: the connection was closed."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failed, request := tc.failed, tc.request
			if request == (Request{}) {
				request = workflow
			}
			failed.Operation, failed.Region, failed.Err = "GetWorkflow", "eu-west-1", tc.err
			checkDiagnostic(t, cmp.Or(tc.ctx, t.Context()), &failed, request, tc.summary, tc.detail)
		})
	}
}
