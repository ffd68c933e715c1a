// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

var call = Call{
	Operation: "GetWorkflow", DomainName: "acme", Subject: `workflow "w"`, Region: "eu-west-1", Timeout: 5 * time.Minute,
}

// answered is an error as the SDK returns it.
func answered(status int, err error) error {
	return &smithy.OperationError{ServiceID: "Customer Profiles", OperationName: "GetWorkflow", Err: &awshttp.ResponseError{
		RequestID: "request-1",
		ResponseError: &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}},
			Err:      err,
		},
	}}
}

func code(code, message string) error {
	return &smithy.GenericAPIError{Code: code, Message: message}
}

func TestDiagnostic(t *testing.T) {
	t.Parallel()
	done, cancel := context.WithCancel(context.Background())
	cancel()
	expired, cancelExpired := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancelExpired()

	for name, test := range map[string]struct {
		ctx     context.Context
		err     error
		summary string
		detail  []string
	}{
		"a modelled error": {
			err: answered(404, code("ResourceNotFoundException", "no")), summary: "Not found in Customer Profiles",
			detail: []string{`GetWorkflow asked for workflow "w" of domain "acme" in Region eu-west-1.`, "Answer: ResourceNotFoundException: no (HTTP status 404, request ID request-1)", "eu-west-1 was asked"},
		},
		"access denied":                   {err: answered(403, code("AccessDeniedException", "no")), summary: "Access denied by Customer Profiles", detail: []string{"profile:GetWorkflow", `"Effect": "Allow"`}},
		"credentials":                     {err: answered(403, code("UnrecognizedClientException", "no")), summary: "AWS credentials refused"},
		"throttling":                      {err: answered(429, code("ThrottlingException", "no")), summary: "Throttled by Customer Profiles", detail: []string{"-parallelism"}},
		"an unknown code, by its status":  {err: answered(429, code("UnknownError", "no")), summary: "Throttled by Customer Profiles"},
		"an unknown server error":         {err: answered(503, code("UnknownError", "no")), summary: "Customer Profiles failed", detail: []string{"Answer: an error without a code: no (HTTP status 503"}},
		"an unknown client error":         {err: answered(418, code("Teapot", "no")), summary: "Refused by Customer Profiles", detail: []string{"Teapot: no (HTTP status 418"}},
		"an unreadable answer":            {err: answered(200, &UnreadableError{Problem: "its body is empty"}), summary: "Unreadable answer from Customer Profiles", detail: []string{"Answer: its body is empty (HTTP status 200, request ID request-1)"}},
		"an answer for something else":    {err: &UnreadableError{Problem: "it names no workflow", RequestID: "request-2"}, summary: "Unreadable answer from Customer Profiles", detail: []string{"(request ID request-2)"}},
		"an answer that breaks its types": {err: answered(200, &smithy.DeserializationError{Err: errors.New("expected string")}), summary: "Unreadable answer from Customer Profiles", detail: []string{"expected string"}},
		"no answer":                       {err: errors.New("dial tcp: connection refused"), summary: "No answer from Customer Profiles", detail: []string{"No answer: dial tcp: connection refused", "offered in eu-west-1"}},
		"a timeout":                       {ctx: expired, err: context.DeadlineExceeded, summary: "Timed out", detail: []string{"stopped after 5m0s", "timeouts { read ="}},
		"an interrupt":                    {ctx: done, err: context.Canceled, summary: "Cancelled"},
		"an answer as the time ran out":   {ctx: expired, err: answered(404, code("ResourceNotFoundException", "no")), summary: "Not found in Customer Profiles"},
		"a timeout between attempts": {
			ctx: expired, err: &CallError{Err: &aws.RequestCanceledError{Err: context.DeadlineExceeded}, Attempts: 3, MaxAttempts: 25, Elapsed: 1234567890, LastError: answered(503, code("X", "y\x1b"))},
			summary: "Timed out", detail: []string{`No answer: stopped after 1.23s, in attempt 3 of 25. The last error was: X: y\x1b (HTTP status 503, request ID request-1)`},
		},
		"a timeout before any attempt": {ctx: expired, err: &CallError{Err: context.DeadlineExceeded}, summary: "Timed out", detail: []string{"No attempt was made yet."}},
		"an attempt that took too long": {
			err: &CallError{Err: context.DeadlineExceeded, Attempts: 2, Endpoint: "h:1", CustomEndpoint: true, Proxy: "p:2"}, summary: "No answer from Customer Profiles",
			detail: []string{"reaches h:1. The proxy p:2 is in use. It is a custom endpoint"},
		},
		"no answer of AWS's own endpoint": {err: &CallError{Err: errors.New("reset"), Endpoint: "h"}, summary: "No answer from Customer Profiles", detail: []string{"No answer: reset\n", "tells whether Customer Profiles is offered in eu-west-1"}},
		"throttled, with a mode to set":   {err: &CallError{Err: answered(429, code("ThrottlingException", "no")), Attempts: 25, MaxAttempts: 25, Elapsed: 61 * time.Second}, summary: "Throttled by Customer Profiles", detail: []string{"after 25 attempts in 1m1s", ": 25 attempts in 1m1s. ", `Set retry_mode = "adaptive"`, "max_retries than 25"}},
		"throttled in the mode":           {err: &CallError{Err: answered(429, code("ThrottlingException", "no")), Adaptive: true}, summary: "Throttled by Customer Profiles", detail: []string{"is adaptive already"}},
		"credentials of a file":           {err: &CallError{Err: answered(403, code("ExpiredTokenException", "no")), CredentialsSource: "SharedConfigCredentials: /home/me/.aws/credentials"}, summary: "AWS credentials refused", detail: []string{"came from the shared file /home/me/.aws/credentials. Put current keys"}},
		"credentials of SSO":              {err: &CallError{Err: answered(403, code("ExpiredTokenException", "no")), CredentialsSource: "SSOProvider"}, summary: "AWS credentials refused", detail: []string{"(SSO). Sign in again: aws sso login"}},
		"credentials of something new":    {err: &CallError{Err: answered(403, code("ExpiredTokenException", "no")), CredentialsSource: "Novel\x1b"}, summary: "AWS credentials refused", detail: []string{`came from Novel\x1b. Renew them there.`}},
		"an unreadable answer of AWS":     {err: &CallError{Err: answered(200, &UnreadableError{Problem: "x"}), Endpoint: "h"}, summary: "Unreadable answer from Customer Profiles", detail: []string{"The endpoint that answered is h, AWS's own"}},
		"an unreadable answer by a proxy": {err: &CallError{Err: answered(404, code("UnknownError", "UnknownError")), Endpoint: "h", Proxy: "p:2"}, summary: "Unreadable answer from Customer Profiles", detail: []string{"is h: the proxy p:2 is in use, which may be answering"}},
		"a page for a message":            {err: answered(400, code("BadRequestException", strings.Repeat("x", 1<<20))), summary: "Refused by Customer Profiles", detail: []string{strings.Repeat("x", 1000) + "… (HTTP status 400"}},
		"a page for a code":               {err: answered(400, code(strings.Repeat("c", 1<<20), "no")), summary: "Refused by Customer Profiles", detail: []string{strings.Repeat("c", 1000) + "…: no (HTTP status 400"}},
		"control characters":              {err: answered(400, code("Bad\x1b]0;", "a\x1b[31mb\r\nc\u202ed\x00é")), summary: "Refused by Customer Profiles", detail: []string{`Bad\x1b]0;: a\x1b[31mb\r\nc\u202ed\x00é`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := test.ctx
			if ctx == nil {
				ctx = context.Background()
			}
			got := Diagnostic(ctx, call, test.err)
			if got.Summary() != test.summary {
				t.Errorf("summary %q, want %q", got.Summary(), test.summary)
			}
			for _, want := range test.detail {
				if !strings.Contains(got.Detail(), want) {
					t.Errorf("the detail has no %q:\n%s", want, got.Detail())
				}
			}
		})
	}
}

// What is shown of a text ends between two characters, and says that there is
// more.
func TestPrintable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                             "",
		"a\x1b[31m\n\u202e\xffé":       `a\x1b[31m\n\u202e` + "\ufffdé",
		strings.Repeat("x", 1000):      strings.Repeat("x", 1000),
		strings.Repeat("x", 1001):      strings.Repeat("x", 1000) + "…",
		"x" + strings.Repeat("é", 600): "x" + strings.Repeat("é", 500) + "…",
	} {
		if got := Printable(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// What is missing is named as it was asked for.
func TestNotFound(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string]string{
		`workflow "w"`:              `Domain "acme" is missing, or workflow "w" in it: Customer Profiles uses one code for both, and only its message may tell which it is. Check both and the Region: `,
		`the steps of workflow "w"`: `Domain "acme" is missing, or the steps of workflow "w" in it: `,
		`integration "u"`:           `Domain "acme" is missing, or integration "u" in it: `,
		"":                          `Only domain "acme" was asked about, so it is the domain that is missing. Check its name and the Region: each Region has domains of its own, and eu-west-1 was asked.`,
	} {
		asked := call
		asked.Subject = subject
		if got := Diagnostic(context.Background(), asked, answered(404, code("ResourceNotFoundException", "no"))).Detail(); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestDiagnosticOfAList(t *testing.T) {
	t.Parallel()
	list := call
	list.Subject = ""
	if got := Diagnostic(context.Background(), list, errors.New("x")).Detail(); !strings.HasPrefix(got, `GetWorkflow asked for domain "acme" in Region eu-west-1.`) {
		t.Error(got)
	}
}

func TestDiagnosticOfTheAccount(t *testing.T) {
	t.Parallel()
	domains := Call{Operation: "ListDomains", Subject: "the domains", Region: "eu-west-1"}
	denied := Diagnostic(context.Background(), domains, answered(403, code("AccessDeniedException", "no"))).Detail()
	for _, want := range []string{
		"ListDomains asked for the domains in Region eu-west-1.",
		`{"Effect": "Allow", "Action": "profile:ListDomains", "Resource": "*"}`,
	} {
		if !strings.Contains(denied, want) {
			t.Errorf("the detail has no %q:\n%s", want, denied)
		}
	}
	ofDomain := Diagnostic(context.Background(), call, answered(403, code("AccessDeniedException", "no"))).Detail()
	if want := `"Resource": ["arn:*:profile:eu-west-1:*:domains/acme", "arn:*:profile:eu-west-1:*:domains/acme/*"]`; !strings.Contains(ofDomain, want) {
		t.Errorf("the detail has no %q:\n%s", want, ofDomain)
	}
}
