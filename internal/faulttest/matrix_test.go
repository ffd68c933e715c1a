// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
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

// maxRetries is how many attempts each row may take.
const maxRetries = 4

// Summaries of diagnostics. A row without one must pass.
const (
	passes         = ""
	notFound       = "Not found in Customer Profiles"
	accessDenied   = "Access denied by Customer Profiles"
	badCredentials = "AWS credentials refused"
	throttled      = "Throttled by Customer Profiles"
	refused        = "Refused by Customer Profiles"
	serverError    = "Customer Profiles failed"
	timedOut       = "Timed out"
	cancelled      = "Cancelled"
	unreadable     = "Unreadable answer from Customer Profiles"
	noAnswer       = "No answer from Customer Profiles"
)

// fault is a row of the matrix: what goes wrong, and what must happen.
type fault struct {
	name     string
	script   script
	attempts int
	summary  string
	detail   []string // words of the diagnostic, beside what was asked

	timeout string         // of the read, where it is not the default
	clients []conns.Option // of the provider
}

// matrix is every fault that comes from the service's answers to GetWorkflow.
func matrix() []fault {
	return slices.Concat(anyOperation(workflow), wrongWorkflows(), wrongTypes(workflow), wrongHeaders(), slowness())
}

// anyOperation is the faults that any answer may have.
func anyOperation(of target) []fault {
	return slices.Concat(passingServerFaults(of), modelledErrors(of), credentialErrors(of), unmodelledErrors(), throttlingCodes(),
		brokenConnections(of), wrongBodies(of), redirects())
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	rows := matrix()
	if len(rows) < 60 {
		t.Fatalf("%d rows", len(rows))
	}
	tryAll(t, workflow, rows)
}

// The other data sources meet what any operation may, and each the wrong types
// of its own members.
func TestMatrixOfOthers(t *testing.T) {
	t.Parallel()
	for _, of := range []target{workflows, workflowSteps, integration, integrations} {
		t.Run(of.typeName, func(t *testing.T) {
			t.Parallel()
			right := fault{name: "nothing that is wrong", script: always(ok(of.full)), attempts: 1}
			tryAll(t, of, append(slices.Concat(anyOperation(of), wrongTypes(of)), right))
		})
	}
}

// tryAll has a provider of its own read through each fault.
func tryAll(t *testing.T, of target, rows []fault) {
	names := map[string]bool{}
	for _, row := range rows {
		if names[row.name] {
			t.Errorf("two rows are called %q", row.name)
		}
		names[row.name] = true
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			sim.SetResponder(row.script)
			p := newProvider(t, settings{target: &of, endpoint: sim.URL, maxRetries: maxRetries, clients: row.clients})

			p.read(t, context.Background(), row.timeout).expect(t, row.attempts, row.summary, row.detail...)
			if calls := len(sim.Calls()); calls != row.attempts {
				t.Errorf("%d calls reached the service, want %d", calls, row.attempts)
			}
		})
	}
}

// passingServerFaults pass at the third attempt, or fail after the last.
func passingServerFaults(of target) []fault {
	var rows []fault
	for _, status := range []struct {
		status        int
		code, summary string
	}{
		{429, "ThrottlingException", throttled}, {500, "InternalServerException", serverError},
		{502, "BadGateway", serverError}, {503, "ServiceUnavailable", serverError}, {504, "GatewayTimeout", serverError},
	} {
		for body, a := range map[string]*simulator.Response{
			"JSON":    codeAnswer(status.status, status.code, "Oops"),
			"HTML":    answer(status.status, html, "Content-Type: text/html"),
			"nothing": answer(status.status, ""),
		} {
			name := fmt.Sprintf("status %d with %s", status.status, body)
			rows = append(rows,
				fault{name: name + " twice", script: first(2, a), attempts: 3},
				fault{name: name + " to the end", script: always(a), attempts: maxRetries, summary: status.summary,
					detail: []string{facts(status.status) + ", after 4 attempts in "}})
		}
	}
	return append(rows, fault{name: "throttled in turn with all else", attempts: 4,
		script: inTurn(broken(simulator.ResetBeforeHeaders), answer(429, html), ok(of.full[:50]), nil)})
}

// modelledErrors are the API's five, named in the header, the body and both.
func modelledErrors(of target) []fault {
	missing := "only its message may tell"
	if of.subject == "" {
		missing = "it is the domain that is missing"
	}
	var rows []fault
	for _, e := range []struct {
		status        int
		code, summary string
		attempts      int
		says          []string
	}{
		{400, "BadRequestException", refused, 1, []string{"The service takes the arguments for invalid"}},
		{403, "AccessDeniedException", accessDenied, 1, []string{"profile:" + of.operation, `"Effect": "Allow"`, "domains/acme/*"}},
		{404, "ResourceNotFoundException", notFound, 1, []string{missing, "us-east-1 was asked"}},
		{429, "ThrottlingException", throttled, 4, []string{": 4 attempts in ", `retry_mode = "adaptive"`, "max_retries than 4", "-parallelism"}},
		{500, "InternalServerException", serverError, 4, []string{"https://health.aws.amazon.com/health/status"}},
	} {
		header := "X-Amzn-Errortype: " + e.code
		for where, a := range map[string]*simulator.Response{
			"header":               answer(e.status, `{"message":"No"}`, header+":http://internal.amazon.com/"),
			"header, with HTML":    answer(e.status, html, header),
			"header alone":         answer(e.status, "", header),
			"body's __type":        answer(e.status, `{"__type":"com.amazonaws.customerprofiles#`+e.code+`","Message":"No"}`),
			"body's code":          answer(e.status, `{"code":"`+e.code+`","message":"No"}`),
			"header and body":      answer(e.status, `{"__type":"`+e.code+`","Message":"No"}`, header),
			"header, and XML type": answer(e.status, `{"Message":"No"}`, header, "Content-Type: application/xml"),
			"header, body wrong":   answer(e.status, `{"Message":5}`, header),
		} {
			row := fault{name: fmt.Sprintf("%s in the %s", e.code, where), script: always(a), attempts: e.attempts, summary: e.summary,
				detail: append([]string{"Answer: " + e.code + ": ", facts(e.status)}, e.says...)}
			if strings.Contains(where, "HTML") {
				row.detail = append(row.detail, `its body cannot be read: <!DOCTYPE html>`, `Bad gateway \x1b[31m`)
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// credentialErrors are AWS's own, about who calls.
func credentialErrors(of target) []fault {
	var rows []fault
	origin := "The credentials came from access_key and secret_key (and token) in the provider block."
	for _, name := range []string{
		"UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException", "MissingAuthenticationTokenException",
		"IncompleteSignatureException", "RequestExpired",
	} {
		rows = append(rows, fault{name: name, script: always(codeAnswer(403, name, "No")), attempts: 1, summary: badCredentials,
			detail: []string{name + ": No " + facts(403), origin}})
	}
	for _, name := range []string{"InvalidSignatureException", "AccessDeniedException"} {
		rows = append(rows, fault{name: name + " for a skewed clock heals", script: skewed(name, of), attempts: 2})
	}
	hourAgo := "Date: " + time.Now().UTC().Add(-time.Hour).Format(http.TimeFormat)
	return append(rows, fault{name: "a clock that stays skewed", script: always(codeAnswer(403, "InvalidSignatureException", "Signature expired", hourAgo)),
		attempts: 2, summary: badCredentials, detail: []string{"ahead of the service's, and AWS refuses signatures for that: set the clock"}})
}

// unmodelledErrors are not in the API's model, or are not AWS's at all.
func unmodelledErrors() []fault {
	who := "it is a custom endpoint, which may be answering in the service's place"
	return []fault{
		{name: "a code that nobody knows", script: always(codeAnswer(418, "TeapotException", "Short \x1b]0;stout\a")), attempts: 1, summary: refused,
			detail: []string{`TeapotException: Short \x1b]0;stout\a ` + facts(418)}},
		{name: "an unknown code with 404", script: always(codeAnswer(404, "UnknownOperationException", "No")), attempts: 1, summary: notFound},
		{name: "an unknown code with 403", script: always(codeAnswer(403, "WAFException", "No")), attempts: 1, summary: accessDenied},
		{name: "400 with HTML", script: always(answer(400, html)), attempts: 1, summary: unreadable, detail: []string{who, facts(400)}},
		{name: "403 with HTML", script: always(answer(403, html)), attempts: 1, summary: unreadable, detail: []string{who, facts(403)}},
		{name: "404 with HTML", script: always(answer(404, html)), attempts: 1, summary: unreadable, detail: []string{who, facts(404)}},
		{name: "404 with nothing", script: always(answer(404, "")), attempts: 1, summary: unreadable, detail: []string{who, "an error without a code"}},
		{name: "407 with nothing", script: always(answer(407, "")), attempts: 1, summary: unreadable, detail: []string{who}},
		{name: "501 with nothing", script: always(answer(501, "")), attempts: 1, summary: serverError, detail: []string{who, "The fault is the service's. Try again later"}},
		{name: "a request that took the service too long", script: first(1, codeAnswer(408, "RequestTimeoutException", "Slow")), attempts: 2},
		{name: "requests that take the service too long", script: always(codeAnswer(408, "RequestTimeoutException", "Slow")), attempts: maxRetries, summary: serverError,
			detail: []string{"The fault is the service's, and retries did not pass it."}},
	}
}

// throttlingCodes are those by which AWS throttles, whatever the status.
func throttlingCodes() []fault {
	var rows []fault
	for code := range retry.DefaultThrottleErrorCodes {
		rows = append(rows, fault{name: code + " with 400", script: always(codeAnswer(400, code, "Slow")), attempts: maxRetries, summary: throttled,
			detail: []string{code + ": Slow " + facts(400) + ", after 4 attempts in ", "-parallelism"}})
	}
	return append(rows, fault{name: "SlowDown with 503", script: always(codeAnswer(503, "SlowDown", "Slow")), attempts: maxRetries, summary: throttled})
}
