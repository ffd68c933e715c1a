// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// brokenConnections are answers that do not arrive, or not whole.
func brokenConnections(of target) []fault {
	cut := func(body string, sent int) *simulator.Response {
		a := ok(body)
		a.Fault, a.BodyBytes = simulator.CutBody, sent
		return a
	}
	cutError := codeAnswer(404, "ResourceNotFoundException", "No such workflow")
	cutError.Fault, cutError.BodyBytes = simulator.CutBody, 5

	var rows []fault
	for name, a := range map[string]*simulator.Response{
		"closed before the answer": broken(simulator.CloseBeforeHeaders),
		"reset before the answer":  broken(simulator.ResetBeforeHeaders),
		"closed in the body":       cut(of.full, len(of.full)/2),
		"closed before the body":   cut(of.full, 0),
		"closed in an error":       cutError,
		"a body that was cut":      ok(of.full[:len(of.full)/2]),
		"a body without a length":  ok(of.full[:len(of.full)/2], "Content-Length"),
	} {
		rows = append(rows, fault{name: name + " twice", script: first(2, a), attempts: 3})
	}
	return append(rows,
		fault{name: "closed to the end", script: always(broken(simulator.CloseBeforeHeaders)), attempts: maxRetries, summary: noAnswer,
			detail: []string{"No answer: EOF, after 4 attempts in ", "Check that this machine reaches 127.0.0.1:", "No proxy is in use.", "It is a custom endpoint"}},
		fault{name: "reset to the end", script: always(broken(simulator.ResetBeforeHeaders)), attempts: maxRetries, summary: noAnswer,
			detail: []string{"connection reset by peer, after 4 attempts in "}},
		fault{name: "a body that is cut to the end", script: always(cut(of.full, 9)), attempts: maxRetries, summary: unreadable,
			detail: []string{"Answer: unexpected EOF " + facts(200) + ", after 4 attempts in ", "127.0.0.1:"}},
	)
}

// wrongBodies are successes that are no answer: another attempt would not be
// one, either.
func wrongBodies(of target) []fault {
	return append(noAnswers(map[string]struct{ body, says string }{
		"an empty body":            {"", "its body is empty"},
		"white space":              {" \r\n", "its body is empty"},
		"null":                     {"null", "not a JSON object"},
		"a list":                   {"[" + of.full + "]", "not a JSON object"},
		"a string":                 {`"COMPLETE"`, "not a JSON object"},
		"a page of HTML":           {html, "not a JSON object"},
		"a byte order mark":        {"\ufeff" + of.full, "not a JSON object"},
		"garbage behind":           {of.full + "garbage", "something behind its JSON object"},
		"another object behind":    {of.full + of.full, "something behind its JSON object"},
		"a brace behind":           {of.full + "}", "something behind its JSON object"},
		"broken JSON":              {`{"WorkflowId":tru}`, "not valid JSON"},
		"a key without quotes":     {`{WorkflowId:1}`, "not valid JSON"},
		"nesting without an end":   {`{"a":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}", "not valid JSON"},
		"a date before 1678":       {of.with(`"LastUpdatedAt":-62135596800`), `"LastUpdatedAt" is -62135596800`},
		"a date after 2262":        {of.with(`"LastUpdatedAt":1709281200000`), `"LastUpdatedAt" is 1709281200000`},
		"a date beyond all floats": {of.with(`"LastUpdatedAt":1e999`), "value out of range"},
	}), fault{name: "10 MB of something else", script: always(ok(strings.Repeat("x", 10<<20))), attempts: 1, summary: unreadable})
}

// wrongWorkflows are answers that are not about the workflow that was asked for,
// or are, and have something strange to them.
func wrongWorkflows() []fault {
	large := `{"WorkflowId":"` + workflowID + `","ErrorDescription":"` + strings.Repeat("x", 10<<20) + `"}`
	return append(noAnswers(map[string]struct{ body, says string }{
		"an object without an ID": {`{"Status":"COMPLETE"}`, "it names no workflow"},
		"the ID null":             {`{"WorkflowId":null}`, "it names no workflow"},
		"the ID empty":            {`{"WorkflowId":""}`, `it is about workflow ""`},
		"another workflow's ID":   {`{"WorkflowId":"ffffffffffffffffffffffffffffffff"}`, `it is about workflow "ffffffffffffffffffffffffffffffff"`},
		"an ID with escapes":      {`{"WorkflowId":"\u001b[31m"}`, `it is about workflow "\x1b[31m"`},
		"a start before 1678":     {workflow.with(`"StartDate":-62135596800`), `"StartDate" is -62135596800`},
	}),
		fault{name: "10 MB", script: always(ok(large)), attempts: 1},
		fault{name: "members that nobody knows", script: always(ok(workflow.with(`"New":{"StartDate":"soon","a":[1e999]}`))), attempts: 1},
		fault{name: "text that is no UTF-8", script: always(ok(workflow.with("\"ErrorDescription\":\"\xff\xfe\""))), attempts: 1},
	)
}

// noAnswers are the rows of bodies that are none, and what is said of them.
func noAnswers(bodies map[string]struct{ body, says string }) []fault {
	var rows []fault
	for name, row := range bodies {
		rows = append(rows, fault{name: name, script: always(ok(row.body)), attempts: 1, summary: unreadable, detail: []string{
			row.says, "request ID " + requestID, "This is not a fault of the configuration", "127.0.0.1:", "custom endpoint, which may be answering",
		}})
	}
	return rows
}

// wrongHeaders are answers with headers that are missing, or wrong.
func wrongHeaders() []fault {
	return []fault{
		{name: "no type", script: always(ok(full, "Content-Type")), attempts: 1},
		{name: "a type that is wrong", script: always(ok(full, "Content-Type: text/html")), attempts: 1},
		{name: "no length", script: always(ok(full, "Content-Length")), attempts: 1},
		{name: "no request ID", script: always(ok(full, "X-Amzn-Requestid")), attempts: 1},
		{name: "no date", script: always(ok(full, "Date")), attempts: 1},
		{name: "no headers on an error", script: always(answer(400, "", "Content-Type", "Content-Length", "X-Amzn-Requestid", "Date")), attempts: 1, summary: unreadable,
			detail: []string{"Answer: an error without a code (HTTP status 400)"}},
		{name: "no request ID on an answer that cannot be read", script: always(ok("", "X-Amzn-Requestid")), attempts: 1, summary: unreadable,
			detail: []string{"Answer: its body is empty (HTTP status 200)"}},
		{name: "a compression that is none", script: always(ok(full, "Content-Encoding: gzip")), attempts: 1, summary: unreadable,
			detail: []string{"gzip: invalid header " + facts(200)}},
		{name: "a request ID with escapes", script: always(codeAnswer(404, "ResourceNotFoundException", "No", "X-Amzn-Requestid: a\x1b[31mb")), attempts: 4, summary: noAnswer,
			detail: []string{`malformed MIME header line: "X-Amzn-Requestid: a\x1b[31mb", after 4 attempts in `}},
	}
}

// redirects are not followed: this API has none.
func redirects() []fault {
	var rows []fault
	for _, status := range []int{301, 302, 303, 307, 308} {
		rows = append(rows, fault{name: fmt.Sprintf("status %d", status), attempts: 1, summary: unreadable,
			script: always(answer(status, "", "Location: https://login.example.com/a?token=secret")),
			detail: []string{"it redirects to https://login.example.com/a " + facts(status)}})
	}
	return append(rows,
		fault{name: "a redirect to itself", script: always(answer(307, "", "Location: /domains/acme/workflows/"+workflowID)), attempts: 1, summary: unreadable},
		fault{name: "a redirect to nowhere", script: always(answer(302, "", "X-None")), attempts: 1, summary: unreadable},
		fault{name: "not modified", script: always(answer(304, "")), attempts: 1, summary: unreadable, detail: []string{"its status is 304 Not Modified"}},
	)
}

// slowness is answers that come late, in drops, or not at all. The limit of an
// attempt is shorter than the fault by far, and longer than an attempt that
// passes takes.
func slowness() []fault {
	limit := conns.WithAttemptTimeout(2 * time.Second)
	drip := ok(full)
	drip.Fault, drip.DripInterval = simulator.Drip, time.Millisecond
	stalled := ok(full)
	stalled.Fault, stalled.DripInterval = simulator.Drip, time.Hour
	hang := broken(simulator.Hang)
	waits := conns.WithBackoff(func(time.Duration) time.Duration { return time.Hour })

	return []fault{
		{name: "a late answer", script: always(&simulator.Response{Delay: 20 * time.Millisecond}), attempts: 1},
		{name: "a slow drip", script: always(drip), attempts: 1},
		{name: "a body that stalls", script: first(1, stalled), attempts: 2, clients: []conns.Option{limit}},
		{name: "an answer that never comes", script: first(1, hang), attempts: 2, clients: []conns.Option{limit}},
		{name: "a body that stalls to the end", script: always(stalled), attempts: maxRetries, summary: unreadable,
			clients: []conns.Option{conns.WithAttemptTimeout(500 * time.Millisecond)}, detail: []string{"no whole answer within 500ms " + facts(200) + ", after 4 attempts in "}},
		{name: "an answer that never comes, to the end", script: always(hang), attempts: maxRetries, summary: noAnswer,
			clients: []conns.Option{conns.WithAttemptTimeout(50 * time.Millisecond)}, detail: []string{"No answer: no whole answer within 50ms, after 4 attempts in "}},
		{name: "time runs out in the first attempt", script: always(hang), attempts: 1, timeout: "500ms", summary: timedOut, detail: []string{
			"in attempt 1 of 4. No attempt had failed before.", "The read was stopped after 500ms.", `timeouts { read = "…" }`}},
		{name: "time runs out in a body", script: always(stalled), attempts: 1, timeout: "500ms", summary: timedOut},
		{name: "time runs out in the second attempt", attempts: 2, timeout: "2s", summary: timedOut,
			script: inTurn(answer(503, ""), hang),
			detail: []string{"in attempt 2 of 4. The last error was: an error without a code " + facts(503)}},
		{name: "time runs out between attempts", script: always(codeAnswer(429, "ThrottlingException", "Slow \x1b[1m")), attempts: 1, timeout: "500ms", summary: timedOut,
			clients: []conns.Option{waits}, detail: []string{`in attempt 1 of 4. The last error was: ThrottlingException: Slow \x1b[1m ` + facts(429)}},
	}
}
