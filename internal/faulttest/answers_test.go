// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const (
	requestID = "11111111-2222-3333-4444-555555555555"
	html      = "<!DOCTYPE html><html><body>Bad gateway \x1b[31m</body></html>"

	// full has every member of a workflow, and minimal the one that is always there.
	full = `{"WorkflowId":"` + workflowID + `","WorkflowType":"APPFLOW_INTEGRATION","Status":"FAILED",` +
		`"ErrorDescription":"flow \"x\\y\" stopped \u00e9","StartDate":1709280930.123,"LastUpdatedAt":1709281200,` +
		`"Attributes":{"AppflowIntegration":{"SourceConnectorType":"Marketo","ConnectorProfileName":"mk","RoleArn":"arn:aws:iam::123456789012:role/r"}},` +
		`"Metrics":{"AppflowIntegration":{"RecordsProcessed":11,"StepsCompleted":22,"TotalSteps":33}}}`
	minimal = `{"WorkflowId":"` + workflowID + `"}`
)

// script gives the answer to an attempt; nil is the simulator's ordinary one.
type script func(attempt simulator.Call) *simulator.Response

// always answers every attempt alike, and first only the first n.
func always(answer *simulator.Response) script {
	return func(simulator.Call) *simulator.Response { return answer }
}

func first(n int, answer *simulator.Response) script {
	return func(attempt simulator.Call) *simulator.Response {
		if attempt.Count <= n {
			return answer
		}
		return nil
	}
}

// inTurn gives each attempt an answer of its own.
func inTurn(answers ...*simulator.Response) script {
	return func(attempt simulator.Call) *simulator.Response { return answers[attempt.Count-1] }
}

// skewed is a service whose clock is an hour behind this machine's: it refuses
// with an error what was not signed by its own time.
func skewed(code string, of target) script {
	return func(attempt simulator.Call) *simulator.Response {
		now := time.Now().UTC().Add(-time.Hour)
		date := "Date: " + now.Format(http.TimeFormat)
		signed, err := time.Parse("20060102T150405Z", attempt.Header.Get("X-Amz-Date"))
		if err != nil || now.Sub(signed).Abs() > time.Minute {
			return codeAnswer(403, code, "Signature not yet current", date)
		}
		return ok(of.full, date)
	}
}

// answer is an answer with a request ID, and with headers in place of the
// usual ones; a name with no value removes the header.
func answer(status int, body string, headers ...string) *simulator.Response {
	a := &simulator.Response{Status: status, Body: []byte(body), Header: http.Header{"X-Amzn-Requestid": {requestID}}}
	for _, header := range headers {
		name, value, found := strings.Cut(header, ": ")
		a.Header[http.CanonicalHeaderKey(name)] = nil
		if found {
			a.Header.Set(name, value)
		}
	}
	return a
}

// ok is a success.
func ok(body string, headers ...string) *simulator.Response { return answer(200, body, headers...) }

// codeAnswer is an error in AWS's form.
func codeAnswer(status int, code, message string, headers ...string) *simulator.Response {
	a := answer(status, string(simulator.ErrorResponse(status, code, message).Body), headers...)
	a.Header.Set("X-Amzn-Errortype", code)
	return a
}

// broken is the ordinary answer on a connection that misbehaves.
func broken(fault simulator.Fault) *simulator.Response { return &simulator.Response{Fault: fault} }

// facts is how a diagnostic ends the line about an answer.
func facts(status int) string {
	return fmt.Sprintf("(HTTP status %d, request ID %s)", status, requestID)
}
