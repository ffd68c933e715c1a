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
	// htmlPage is a page as a gateway returns it, with a terminal escape sequence.
	htmlPage = "<!DOCTYPE html><html><body>Bad gateway \x1b[31m</body></html>"
)

// responder returns the response to an attempt, or nil for the simulator's own.
type responder func(attempt simulator.Call) *simulator.Response

// respond returns the same response to every attempt.
func respond(r *simulator.Response) responder {
	return func(simulator.Call) *simulator.Response { return r }
}

// respondTimes returns a response to the first n attempts.
func respondTimes(n int, r *simulator.Response) responder {
	return func(attempt simulator.Call) *simulator.Response {
		if attempt.Count <= n {
			return r
		}
		return nil
	}
}

// respondInOrder returns the first response to the first attempt, and so on.
func respondInOrder(responses ...*simulator.Response) responder {
	return func(attempt simulator.Call) *simulator.Response { return responses[attempt.Count-1] }
}

// respondWithClockBehind returns the responses of a service whose clock is an hour
// behind: it rejects requests that aren't signed with its own time.
func respondWithClockBehind(code string) responder {
	return func(attempt simulator.Call) *simulator.Response {
		now := time.Now().UTC().Add(-time.Hour)
		date := "Date: " + now.Format(http.TimeFormat)
		signed, err := time.Parse("20060102T150405Z", attempt.Header.Get("X-Amz-Date"))
		if err != nil || now.Sub(signed).Abs() > time.Minute {
			return errorResponse(http.StatusForbidden, code, "Signature not yet current", date)
		}
		return success(validBody, date)
	}
}

// response returns a response with a request ID. A header is "Name: value", or
// "Name" to remove the header.
func response(status int, body string, headers ...string) *simulator.Response {
	r := &simulator.Response{
		Status: status, Body: []byte(body), Header: http.Header{"X-Amzn-Requestid": {requestID}},
	}
	for _, header := range headers {
		name, value, found := strings.Cut(header, ": ")
		r.Header[http.CanonicalHeaderKey(name)] = nil
		if found {
			r.Header.Set(name, value)
		}
	}
	return r
}

func success(body string, headers ...string) *simulator.Response {
	return response(http.StatusOK, body, headers...)
}

// errorResponse returns an error in the form of AWS.
func errorResponse(status int, code, message string, headers ...string) *simulator.Response {
	r := response(status, string(simulator.ErrorResponse(status, code, message).Body), headers...)
	r.Header.Set("X-Amzn-Errortype", code)
	return r
}

// withFault returns the simulator's own response on a faulty connection.
func withFault(fault simulator.Fault) *simulator.Response { return &simulator.Response{Fault: fault} }

// cutAfter closes the connection after n bytes of the body of r.
func cutAfter(n int, r *simulator.Response) *simulator.Response {
	r.Fault, r.BodyBytes = simulator.CutBody, n
	return r
}

// dripping returns a complete response whose bytes are sent at an interval.
func dripping(interval time.Duration) *simulator.Response {
	r := success(validBody)
	r.Fault, r.DripInterval = simulator.Drip, interval
	return r
}

// facts returns what a diagnostic says about a response after its message.
func facts(status int) string {
	return fmt.Sprintf("(HTTP %d, request ID %s)", status, requestID)
}
