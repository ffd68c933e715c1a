// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"fmt"
	"strings"
)

// malformedBodies has one body for each check of a successful response, and for
// the types of the SDK. None is retried.
func malformedBodies() []testCase {
	cases := []testCase{{
		name: "10 MB that aren't JSON", responder: respond(success(strings.Repeat("x", 10<<20))),
		attempts: 1, summary: malformedResponse,
	}}
	for _, tc := range []struct{ name, body, problem string }{
		{name: "empty body", body: "", problem: "the body is empty"},
		{name: "null", body: "null", problem: "the body isn't a JSON object"},
		{
			name: "data after the object", body: validBody + "{}",
			problem: "the body has data after its JSON object",
		},
		{name: "invalid JSON", body: `{"WorkflowId":tru}`, problem: "the body isn't valid JSON: invalid character '}'"},
		{name: "no workflow ID", body: "{}", problem: "WorkflowId is missing"},
		{
			name: "another workflow", body: `{"WorkflowId":"\u001b[31m"}`,
			problem: `it describes workflow "\x1b[31m"`,
		},
		{
			name: "number instead of a string", body: withMember(`"Status":1`),
			problem: "expected Status to be of type string",
		},
		{
			name: "string instead of a timestamp", body: withMember(`"StartDate":"now"`),
			problem: "expected timestamp to be a JSON Number",
		},
		{
			name: "list instead of an object", body: withMember(`"Attributes":[]`),
			problem: "unexpected JSON type []",
		},
		{
			name: "fraction instead of a counter", body: withMember(`"Metrics":{"AppflowIntegration":{"TotalSteps":1.5}}`),
			problem: `strconv.ParseInt: parsing "1.5"`,
		},
	} {
		cases = append(cases, testCase{
			name: tc.name, responder: respond(success(tc.body)), attempts: 1, summary: malformedResponse,
			detail: []string{
				"returned a malformed response: " + tc.problem, "request ID " + requestID,
				"The configuration isn't at fault.", "a custom endpoint",
			},
		})
	}
	return cases
}

// withMember returns the body of a response with another member than the ID.
func withMember(member string) string { return `{"WorkflowId":"` + workflowID + `",` + member + "}" }

// validBodies are unusual, but not malformed.
func validBodies() []testCase {
	var cases []testCase
	for name, member := range map[string]string{
		"10 MB":            `"ErrorDescription":"` + strings.Repeat("x", 10<<20) + `"`,
		"null members":     `"Status":null,"StartDate":null,"Attributes":null,"Metrics":{"AppflowIntegration":null}`,
		"unknown members":  `"New":{"StartDate":"soon","a":[1e999]}`,
		"text isn't UTF-8": "\"ErrorDescription\":\"\xff\xfe\"",
	} {
		cases = append(cases, testCase{name: name, responder: respond(success(withMember(member))), attempts: 1})
	}
	return cases
}

// unusualHeaders are headers that are missing or invalid.
func unusualHeaders() []testCase {
	var cases []testCase
	for name, header := range map[string]string{
		"no content type":    "Content-Type",
		"wrong content type": "Content-Type: text/html",
		"no content length":  "Content-Length",
		"no request ID":      "X-Amzn-Requestid",
		"no date":            "Date",
	} {
		cases = append(cases, testCase{name: name, responder: respond(success(validBody, header)), attempts: 1})
	}
	return append(cases,
		testCase{
			name:      "error without any header",
			responder: respond(response(400, "", "Content-Type", "Content-Length", "X-Amzn-Requestid", "Date")),
			attempts:  1, summary: malformedResponse, detail: []string{"returned an error without a code (HTTP 400)."},
		},
		testCase{
			name: "malformed body without a request ID", responder: respond(success("", "X-Amzn-Requestid")),
			attempts: 1, summary: malformedResponse, detail: []string{"malformed response: the body is empty (HTTP 200)."},
		},
		testCase{
			name: "invalid compression", responder: respond(success(validBody, "Content-Encoding: gzip")),
			attempts: 1, summary: malformedResponse, detail: []string{"returned a malformed response: gzip: invalid header " + facts(200)},
		},
		testCase{
			name:      "escape sequence in the request ID",
			responder: respond(errorResponse(404, "ResourceNotFoundException", "No", "X-Amzn-Requestid: a\x1b[31mb")),
			attempts:  maxAttempts, summary: noResponse,
			detail: []string{`malformed MIME header line: "X-Amzn-Requestid: a\x1b[31mb", after 4 attempts in `},
		})
}

// redirects aren't followed.
func redirects() []testCase {
	self := "Location: /domains/acme/workflows/" + workflowID
	cases := []testCase{
		{name: "redirect to itself", responder: respond(response(307, "", self)), attempts: 1, summary: malformedResponse},
		{
			name: "redirect without a target", responder: respond(response(302, "")),
			attempts: 1, summary: malformedResponse,
			detail: []string{"unexpected status 302 Found"},
		},
		{
			name: "304", responder: respond(response(304, "")), attempts: 1, summary: malformedResponse,
			detail: []string{"unexpected status 304 Not Modified"},
		},
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		cases = append(cases, testCase{
			name:      fmt.Sprintf("%d to another host", status),
			responder: respond(response(status, "", "Location: https://login.example.com/a?token=secret")),
			attempts:  1, summary: malformedResponse,
			detail: []string{"unexpected redirect to https://login.example.com/a " + facts(status)},
		})
	}
	return cases
}
