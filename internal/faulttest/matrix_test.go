// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// testCase is a read from a service with a fault.
type testCase struct {
	name      string
	responder responder
	timeout   string // timeouts.read, the default if it is empty
	options   []conns.Option

	attempts int
	summary  string // empty if the read succeeds
	detail   []string
}

// run reads with a provider and a service of its own.
func (tc testCase) run(t *testing.T, op operation) {
	t.Helper()
	t.Run(tc.name, func(t *testing.T) {
		t.Parallel()
		sim := acctest.StartSimulator(t)
		sim.SetResponder(tc.responder)
		p := newProvider(t, settings{operation: op, endpoint: sim.URL, timeout: tc.timeout, options: tc.options})
		p.read(t.Context(), t).check(t, tc.summary, tc.detail...)
		if got := len(sim.Calls()); got != tc.attempts {
			t.Errorf("%d attempts, want %d", got, tc.attempts)
		}
	})
}

func TestGetWorkflow(t *testing.T) {
	t.Parallel()
	for _, tc := range getWorkflowCases() {
		tc.run(t, getWorkflow)
	}
}

// getWorkflowCases returns all faults of the responses to GetWorkflow.
func getWorkflowCases() []testCase {
	return slices.Concat(transientErrors(), modeledErrors(), credentialErrors(), otherErrors(), throttlingCodes(),
		connectionFaults(), malformedBodies(), validBodies(), unusualHeaders(), redirects(), slowResponses())
}

// transientErrors either succeed at the third attempt, or exhaust all attempts.
func transientErrors() []testCase {
	var cases []testCase
	for _, e := range []struct {
		status        int
		code, summary string
	}{
		{status: 429, code: "ThrottlingException", summary: throttled},
		{status: 500, code: "InternalServerException", summary: serverError},
		{status: 502, code: "BadGateway", summary: serverError},
		{status: 503, code: "ServiceUnavailable", summary: serverError},
		{status: 504, code: "GatewayTimeout", summary: serverError},
	} {
		for body, r := range map[string]*simulator.Response{
			"with a code":        errorResponse(e.status, e.code, "Oops"),
			"with an HTML page":  response(e.status, htmlPage, "Content-Type: text/html"),
			"with an empty body": response(e.status, ""),
		} {
			name := fmt.Sprintf("%d %s", e.status, body)
			cases = append(cases,
				testCase{name: name + ", twice", responder: respondTimes(2, r), attempts: 3},
				testCase{
					name: name, responder: respond(r), attempts: maxAttempts, summary: e.summary,
					detail: []string{facts(e.status) + ", after 4 attempts in "},
				})
		}
	}
	return append(cases, testCase{
		name:     "a different fault in each attempt",
		attempts: 4,
		responder: respondInOrder(withFault(simulator.ResetBeforeHeaders), response(429, htmlPage),
			success(validBody[:50]), nil),
	})
}

// modeledErrors are the errors of the API's model, with the code in each place
// where AWS services put it.
func modeledErrors() []testCase {
	var cases []testCase
	for _, e := range []struct {
		status        int
		code, summary string
		attempts      int
	}{
		{status: 400, code: "BadRequestException", summary: requestRejected, attempts: 1},
		{status: 403, code: "AccessDeniedException", summary: accessDenied, attempts: 1},
		{status: 404, code: "ResourceNotFoundException", summary: workflowNotFound, attempts: 1},
		{status: 429, code: "ThrottlingException", summary: throttled, attempts: maxAttempts},
		{status: 500, code: "InternalServerException", summary: serverError, attempts: maxAttempts},
	} {
		header := "X-Amzn-Errortype: " + e.code
		for _, variant := range []struct {
			name     string
			response *simulator.Response
			message  string
		}{
			{
				name: "code in the header", message: ": No",
				response: response(e.status, `{"message":"No"}`, header+":http://internal/"),
			},
			{
				name: "code in __type", message: ": No",
				response: response(e.status, `{"__type":"com.amazonaws#`+e.code+`","Message":"No"}`),
			},
			{
				name: "code in the body", message: ": No",
				response: response(e.status, `{"code":"`+e.code+`","message":"No"}`),
			},
			{
				name: "HTML page", message: ": malformed body: " + strings.ReplaceAll(htmlPage, "\x1b", `\x1b`),
				response: response(e.status, htmlPage, header),
			},
			{name: "empty body", response: response(e.status, "", header)},
		} {
			cases = append(cases, testCase{
				name:      e.code + ", " + variant.name,
				responder: respond(variant.response), attempts: e.attempts, summary: e.summary,
				detail: []string{" returned " + e.code + variant.message + " " + facts(e.status)},
			})
		}
	}
	return append(cases, testCase{
		name:      "domain not found",
		responder: respond(errorResponse(404, "ResourceNotFoundException", "Domain acme does not exist")),
		attempts:  1, summary: domainNotFound,
		detail: []string{"Check the domain name and the Region: "},
	})
}

// credentialErrors are errors of AWS about the signature.
func credentialErrors() []testCase {
	var cases []testCase
	for _, code := range []string{
		"UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException",
		"MissingAuthenticationTokenException", "IncompleteSignatureException", "RequestExpired",
	} {
		cases = append(cases, testCase{
			name: code, responder: respond(errorResponse(403, code, "No")), attempts: 1, summary: credentialsRejected,
			detail: []string{" returned " + code + ": No " + facts(403) + ".", "The credentials came from access_key"},
		})
	}
	for _, code := range []string{"InvalidSignatureException", "AccessDeniedException"} {
		cases = append(cases, testCase{
			name: code + " until the clock skew is corrected", responder: respondWithClockBehind(code), attempts: 2,
		})
	}
	hourAgo := "Date: " + time.Now().UTC().Add(-time.Hour).Format(http.TimeFormat)
	return append(cases, testCase{
		name:      "clock skew that can't be corrected",
		responder: respond(errorResponse(403, "InvalidSignatureException", "Signature expired", hourAgo)),
		attempts:  2, summary: credentialsRejected,
		detail: []string{"This machine's clock is 1h0m", "ahead of the service's clock"},
	})
}

// otherErrors aren't in the API's model, or don't come from AWS.
func otherErrors() []testCase {
	cases := []testCase{
		{
			name: "unknown code", responder: respond(errorResponse(418, "TeapotException", "Short \x1b]0;stout\a")),
			attempts: 1, summary: requestRejected,
			detail: []string{`TeapotException: Short \x1b]0;stout\a ` + facts(418)},
		},
		{
			name: "404 with an unknown code", responder: respond(errorResponse(404, "UnknownOperationException", "No")),
			attempts: 1, summary: workflowNotFound,
		},
		{
			name: "403 with an unknown code", responder: respond(errorResponse(403, "WAFException", "No")),
			attempts: 1, summary: accessDenied,
		},
		{
			name: "501 without a code", responder: respond(response(501, "")), attempts: 1, summary: serverError,
			detail: []string{"returned an error without a code " + facts(501), "a custom endpoint, which may have responded"},
		},
		{
			name: "request timeout once", responder: respondTimes(1, errorResponse(408, "RequestTimeoutException", "Slow")),
			attempts: 2,
		},
		{
			name: "request timeout", responder: respond(errorResponse(408, "RequestTimeoutException", "Slow")),
			attempts: maxAttempts, summary: serverError, detail: []string{"The service failed, and retries did not help."},
		},
	}
	for name, r := range map[string]*simulator.Response{
		"400 with an HTML page":  response(400, htmlPage),
		"403 with an HTML page":  response(403, htmlPage),
		"404 with an HTML page":  response(404, htmlPage),
		"404 with an empty body": response(404, ""),
		"407 with an empty body": response(407, ""),
	} {
		cases = append(cases, testCase{
			name: name, responder: respond(r), attempts: 1, summary: malformedResponse,
			detail: []string{"an error without a code", facts(r.Status), "a custom endpoint, which may have responded"},
		})
	}
	return cases
}

// throttlingCodes are the codes that AWS services throttle with.
func throttlingCodes() []testCase {
	cases := []testCase{{
		name: "SlowDown with 503", responder: respond(errorResponse(503, "SlowDown", "Slow")),
		attempts: maxAttempts, summary: throttled,
	}}
	for code := range retry.DefaultThrottleErrorCodes {
		cases = append(cases, testCase{
			name: code + " with 400", responder: respond(errorResponse(400, code, "Slow")),
			attempts: maxAttempts, summary: throttled,
			detail: []string{code + ": Slow " + facts(400) + ", after 4 attempts in "},
		})
	}
	return cases
}

// connectionFaults are responses that are missing or truncated.
func connectionFaults() []testCase {
	body := validBody
	notFound := errorResponse(404, "ResourceNotFoundException", "Not here")
	var cases []testCase
	for name, r := range map[string]*simulator.Response{
		"connection closed before the response": withFault(simulator.CloseBeforeHeaders),
		"connection reset before the response":  withFault(simulator.ResetBeforeHeaders),
		"connection closed before the body":     cutAfter(0, success(body)),
		"connection closed within the body":     cutAfter(len(body)/2, success(body)),
		"connection closed within an error":     cutAfter(5, notFound),
		"truncated body":                        success(body[:len(body)/2]),
		"truncated body of unknown length":      success(body[:len(body)/2], "Content-Length"),
	} {
		cases = append(cases, testCase{name: name + ", twice", responder: respondTimes(2, r), attempts: 3})
	}
	return append(cases,
		testCase{
			name: "connection closed before the response", responder: respond(withFault(simulator.CloseBeforeHeaders)),
			attempts: maxAttempts, summary: noResponse,
			detail: []string{"failed without a response: the connection was closed, after 4 attempts in "},
		},
		testCase{
			name: "connection closed within the body", responder: respond(cutAfter(9, success(body))),
			attempts: maxAttempts, summary: malformedResponse,
			detail: []string{
				"returned a malformed response: the body is truncated " + facts(200) + ", after 4 attempts in ",
				"The response came from 127.0.0.1:",
			},
		})
}

// slowResponses are late, slow, or never complete.
func slowResponses() []testCase {
	limit := func(d time.Duration) []conns.Option { return []conns.Option{conns.WithAttemptTimeout(d)} }
	hourBackoff := conns.WithBackoff(func(time.Duration) time.Duration { return time.Hour })
	hang, stalled := withFault(simulator.Hang), dripping(time.Hour)
	return []testCase{
		{name: "late response", responder: respond(&simulator.Response{Delay: 20 * time.Millisecond}), attempts: 1},
		{name: "slow body", responder: respond(dripping(time.Millisecond)), attempts: 1},
		{name: "stalled body once", responder: respondTimes(1, stalled), attempts: 2, options: limit(2 * time.Second)},
		{name: "no response once", responder: respondTimes(1, hang), attempts: 2, options: limit(2 * time.Second)},
		{
			name: "stalled body", responder: respond(stalled), options: limit(500 * time.Millisecond),
			attempts: maxAttempts, summary: malformedResponse,
			detail: []string{
				"returned a malformed response: no complete response within 500ms " + facts(200) + ", after 4 attempts in ",
			},
		},
		{
			name: "no response", responder: respond(hang), options: limit(50 * time.Millisecond),
			attempts: maxAttempts, summary: noResponse,
			detail: []string{"failed without a response: no complete response within 50ms, after 4 attempts in "},
		},
		{
			name: "timed out within a body", responder: respond(stalled), timeout: "500ms", attempts: 1, summary: timedOut,
			detail: []string{"during attempt 1 of 4. No attempt had failed.", "The read is limited to 500ms."},
		},
		{
			name: "timed out in the second attempt", responder: respondInOrder(response(503, ""), hang), timeout: "2s",
			attempts: 2, summary: timedOut,
			detail: []string{"during attempt 2 of 4. The last error was an error without a code " + facts(503) + "."},
		},
		{
			name: "timed out between attempts", options: []conns.Option{hourBackoff}, timeout: "500ms",
			responder: respond(errorResponse(429, "ThrottlingException", "Slow \x1b[1m")),
			attempts:  1, summary: timedOut,
			detail: []string{`The last error was ThrottlingException: Slow \x1b[1m ` + facts(429) + "."},
		},
	}
}
