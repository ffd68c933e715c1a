// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"cmp"
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
	return slices.Concat(transientErrors(), modeledErrors(), credentialErrors(), otherErrors(),
		connectionFaults(), malformedResponses(), validResponses(), slowResponses())
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
	for code := range retry.DefaultThrottleErrorCodes {
		cases = append(cases, testCase{
			name: "400 with " + code, responder: respond(errorResponse(400, code, "Slow")),
			attempts: maxAttempts, summary: throttled, detail: []string{code + ": Slow " + facts(400) + ", after 4 "},
		})
	}
	return append(cases,
		testCase{
			name: "request timeout", responder: respond(errorResponse(408, "RequestTimeoutException", "Slow")),
			attempts: maxAttempts, summary: serverError, detail: []string{facts(408) + ", after 4 attempts in "},
		},
		testCase{
			name: "another fault in each attempt", attempts: 4,
			responder: respondInOrder(withFault(simulator.ResetBeforeHeaders), response(429, htmlPage),
				success(validBody[:50]), success(validBody)),
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
		header := "X-Amzn-Errortype: " + e.code + ":http://internal.amazon.com/"
		for _, variant := range []struct{ name, body, header, message string }{
			{name: "code in the header", body: `{"message":"No"}`, header: header, message: ": No"},
			{name: "code in __type", body: `{"__type":"com.amazonaws#` + e.code + `","Message":"No"}`, message: ": No"},
			{name: "code in the body", body: `{"code":"` + e.code + `","message":"No"}`, message: ": No"},
			{
				name: "HTML page", body: htmlPage, header: header,
				message: ": malformed body: " + strings.ReplaceAll(htmlPage, "\x1b", `\x1b`),
			},
			{name: "empty body", header: header},
		} {
			cases = append(cases, testCase{
				name:      e.code + ", " + variant.name,
				responder: respond(response(e.status, variant.body, variant.header)),
				attempts:  e.attempts, summary: e.summary,
				detail: []string{" returned " + e.code + variant.message + " " + facts(e.status)},
			})
		}
	}
	return cases
}

// credentialErrors are errors of AWS about the signature.
func credentialErrors() []testCase {
	hourAgo := "Date: " + time.Now().UTC().Add(-time.Hour).Format(http.TimeFormat)
	cases := []testCase{
		{name: "clock skew that is corrected", responder: respondWithClockBehind, attempts: 2},
		{
			name: "clock skew that isn't corrected", attempts: 2, summary: credentialsRejected,
			responder: respond(errorResponse(403, "InvalidSignatureException", "Signature expired", hourAgo)),
			detail:    []string{"This machine's clock is 1h", "ahead of the service's clock"},
		},
	}
	for _, code := range []string{
		"UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException",
		"MissingAuthenticationTokenException", "IncompleteSignatureException", "RequestExpired",
	} {
		cases = append(cases, testCase{
			name: code, responder: respond(errorResponse(403, code, "No")), attempts: 1, summary: credentialsRejected,
			detail: []string{" returned " + code + ": No " + facts(403) + ".", "The credentials came from access_key"},
		})
	}
	return cases
}

// otherErrors aren't in the API's model, or don't come from AWS.
func otherErrors() []testCase {
	const impostor = "a custom endpoint (set by endpoints.customerprofiles in the provider block), which may have " +
		"responded instead of the service."
	var cases []testCase
	for _, tc := range []struct {
		name            string
		response        *simulator.Response
		summary, detail string
	}{
		{
			name: "domain not found", response: errorResponse(404, "ResourceNotFoundException", "No domain acme"),
			summary: domainNotFound, detail: "Check the domain name and the Region: ",
		},
		{
			name: "418 with an unknown code", response: errorResponse(418, "TeapotException", "Short \x1b]0;\a"),
			summary: requestRejected, detail: `TeapotException: Short \x1b]0;\a ` + facts(418),
		},
		{
			name: "404 with an unknown code", response: errorResponse(404, "NewException", "No"),
			summary: malformedResponse, detail: "returned NewException: No " + facts(404) + ".\n\nNo argument",
		},
		{name: "403 with an unknown code", response: errorResponse(403, "WAFException", "No"), summary: accessDenied},
		{
			name: "400 with an invalid code", response: response(400, "{}", "X-Amzn-Errortype: <b>"),
			summary: malformedResponse, detail: "returned an error without a valid code " + facts(400),
		},
		{name: "501 without a code", response: response(501, ""), summary: serverError, detail: impostor},
		{name: "403 with an HTML page", response: response(403, htmlPage), summary: malformedResponse, detail: impostor},
		{name: "404 with an empty body", response: response(404, ""), summary: malformedResponse, detail: impostor},
		{name: "407 with an empty body", response: response(407, ""), summary: malformedResponse, detail: impostor},
		{
			name: "no headers", response: response(400, "", "Content-Type", "Content-Length", "X-Amzn-Requestid", "Date"),
			summary: malformedResponse, detail: "returned an error without a valid code (HTTP 400).",
		},
	} {
		cases = append(cases, testCase{
			name: tc.name, responder: respond(tc.response), attempts: 1, summary: tc.summary, detail: []string{tc.detail},
		})
	}
	return cases
}

// connectionFaults are responses that are missing or truncated.
func connectionFaults() []testCase {
	cut := cutAfter(9, success(validBody))
	var cases []testCase
	for name, r := range map[string]*simulator.Response{
		"connection closed before the response": withFault(simulator.CloseBeforeHeaders),
		"connection reset before the response":  withFault(simulator.ResetBeforeHeaders),
		"connection closed within the body":     cut,
		"connection closed within an error":     cutAfter(5, errorResponse(404, "ResourceNotFoundException", "No")),
		"truncated body":                        success(validBody[:9]),
		"truncated body of unknown length":      success(validBody[:9], "Content-Length"),
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
			name:      "connection closed within the body",
			responder: respond(cut), attempts: maxAttempts, summary: malformedResponse,
			detail: []string{"a malformed response: the body is truncated " + facts(200) + ", after 4 attempts in "},
		},
		testCase{
			name:      "escape sequence in a header",
			responder: respond(success(validBody, "X-Amzn-Requestid: a\x1b[31mb")), attempts: 1, summary: malformedResponse,
			detail: []string{`a malformed response: malformed MIME header line: "X-Amzn-Requestid: a\x1b[31mb".`},
		})
}

// malformedResponses are successful responses with an invalid body, one for each
// class, because package conns tests the rest; and redirects, which aren't
// followed. None is retried.
func malformedResponses() []testCase {
	var cases []testCase
	for _, tc := range []struct {
		name                  string
		status                int // 200 if it is 0
		body, header, problem string
	}{
		{name: "empty body", problem: "the body is empty"},
		{name: "null", body: "null", problem: "the body isn't a JSON object"},
		{name: "HTML page", body: htmlPage, problem: "the body isn't a JSON object"},
		{name: "4 MB of text", body: strings.Repeat("x", 4<<20), problem: "the body isn't a JSON object"},
		{name: "second object", body: validBody + "{}", problem: "the body has data after its JSON object"},
		{name: "invalid JSON", body: `{"WorkflowId":tru}`, problem: "the body isn't valid JSON: invalid character '}'"},
		{name: "no workflow ID", body: "{}", problem: "WorkflowId is missing"},
		{name: "another workflow", body: `{"WorkflowId":"\u001b"}`, problem: `it describes workflow "\x1b"`},
		{name: "string instead of a timestamp", body: `{"StartDate":"now"}`, problem: "expected timestamp to be a"},
		{name: "list instead of an object", body: `{"Attributes":[]}`, problem: "unexpected JSON type []"},
		{
			name: "fraction instead of a counter", body: `{"Metrics":{"AppflowIntegration":{"TotalSteps":1.5}}}`,
			problem: `strconv.ParseInt: parsing "1.5"`,
		},
		{name: "invalid gzip", body: validBody, header: "Content-Encoding: gzip", problem: "gzip: invalid header"},
		{name: "302", status: 302, header: "Location: https://b/?c=d", problem: "unexpected redirect to https://b "},
		{name: "307", status: 307, header: "Location: https://b/a", problem: "unexpected redirect to https://b "},
		{name: "308 to itself", status: 308, header: "Location: /domains", problem: "unexpected redirect to http://127"},
		{name: "302 without a location", status: 302, problem: "unexpected status 302 Found "},
		{name: "304", status: 304, problem: "unexpected status 304 Not Modified "},
	} {
		r := response(cmp.Or(tc.status, 200), tc.body, tc.header)
		cases = append(cases, testCase{
			name: tc.name, responder: respond(r), attempts: 1, summary: malformedResponse,
			detail: []string{
				"returned a malformed response: " + tc.problem, facts(cmp.Or(tc.status, 200)),
				"No argument of the data source causes this.", "a custom endpoint",
			},
		})
	}
	return cases
}

// validResponses are unusual, but not malformed.
func validResponses() []testCase {
	var cases []testCase
	for _, tc := range []struct{ name, members, header string }{
		{name: "4 MB of JSON", members: `"ErrorDescription":"` + strings.Repeat("x", 4<<20) + `"`},
		{name: "null members", members: `"Status":null,"StartDate":null,"Attributes":null`},
		{name: "unknown member", members: `"New":{"StartDate":"soon","a":[1e999]}`},
		{name: "text that isn't UTF-8", members: "\"ErrorDescription\":\"\xff\xfe\""},
		{name: "no content type", members: `"Status":"SPLIT"`, header: "Content-Type"},
		{name: "no content length", members: `"Status":"SPLIT"`, header: "Content-Length"},
	} {
		body := `{"WorkflowId":"` + workflowID + `",` + tc.members + "}"
		cases = append(cases, testCase{name: tc.name, responder: respond(success(body, tc.header)), attempts: 1})
	}
	return cases
}

// slowResponses are late, or never complete.
func slowResponses() []testCase {
	limit := func(d time.Duration) []conns.Option { return []conns.Option{conns.WithAttemptTimeout(d)} }
	hourBackoff := conns.WithBackoff(func(time.Duration) time.Duration { return time.Hour })
	hang, stalled := withFault(simulator.Hang), stalled()
	return []testCase{
		{name: "late response", responder: respond(&simulator.Response{Delay: 20 * time.Millisecond}), attempts: 1},
		{name: "stalled body once", responder: respondTimes(1, stalled), attempts: 2, options: limit(2 * time.Second)},
		{name: "no response once", responder: respondTimes(1, hang), attempts: 2, options: limit(2 * time.Second)},
		{
			name: "stalled body", responder: respond(stalled), options: limit(500 * time.Millisecond),
			attempts: maxAttempts, summary: malformedResponse,
			detail: []string{"no complete response within 500ms " + facts(200) + ", after 4 attempts in "},
		},
		{
			name: "no response", responder: respond(hang), options: limit(50 * time.Millisecond),
			attempts: maxAttempts, summary: noResponse,
			detail: []string{"failed without a response: no complete response within 50ms, after 4 attempts in "},
		},
		{name: "timed out within a body", responder: respond(stalled), timeout: "500ms", attempts: 1, summary: timedOut},
		{
			name: "timed out in the second attempt", responder: respondInOrder(response(503, ""), hang), timeout: "2s",
			attempts: 2, summary: timedOut,
			detail: []string{
				"and 2 of at most 4 attempts. The last error was an error without a valid code " + facts(503) + ".",
			},
		},
		{
			name: "timed out between attempts", options: []conns.Option{hourBackoff}, timeout: "500ms",
			responder: respond(errorResponse(429, "ThrottlingException", "Slow \x1b[1m")),
			attempts:  1, summary: timedOut,
			detail: []string{`The last error was ThrottlingException: Slow \x1b[1m ` + facts(429) + "."},
		},
	}
}
