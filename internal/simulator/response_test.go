// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// always scripts one answer for every request.
func always(a *simulator.Response) func(simulator.Call) *simulator.Response {
	return func(simulator.Call) *simulator.Response { return a }
}

func TestScriptTheNthCall(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	service.SetResponder(func(call simulator.Call) *simulator.Response {
		if call.WorkflowID == completeID && call.Count == 2 {
			return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
		}
		return nil
	})
	client := sdk(t, server.URL, alice)
	for n := 1; n <= 3; n++ {
		_, err := getWorkflowWith(t, client, "acme", completeID)
		if n == 2 {
			checkError(t, err, 429, "ThrottlingException", "Rate exceeded")
		} else if err != nil {
			t.Errorf("call %d: %v", n, err)
		}
		if _, err := getWorkflowWith(t, client, "acme", "708192a3b4c5d6e7f801122334455667"); err != nil {
			t.Errorf("another workflow, call %d: %v", n, err)
		}
	}
	service.SetResponder(nil)
	if _, err := getWorkflowWith(t, client, "acme", completeID); err != nil {
		t.Error(err)
	}
}

// The SDK retries what AWS would have it retry.
func TestTheSDKRetriesThrottling(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	service.SetResponder(func(call simulator.Call) *simulator.Response {
		if call.Number == 1 {
			return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
		}
		return nil
	})
	client := sdk(t, server.URL, alice)
	domain, id := "acme", completeID
	_, err := client.GetWorkflow(t.Context(), &customerprofiles.GetWorkflowInput{DomainName: &domain, WorkflowId: &id}, func(o *customerprofiles.Options) {
		o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls := service.Calls(); len(calls) != 2 || calls[0].Status != 429 || calls[1].Status != 200 {
		t.Errorf("got calls %+v", calls)
	}
}

func TestScriptedAnswers(t *testing.T) {
	t.Parallel()
	ordinaryError := simulator.ErrorResponse(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
	tests := map[string]struct {
		answer   *simulator.Response
		unsigned bool
		status   int
		body     string
		header   http.Header // nil values: the header is not there
	}{
		"before authentication": {
			&simulator.Response{Status: 200, Body: []byte("hello")}, true, 200, "hello",
			http.Header{"Content-Type": {"application/json"}, "X-Amzn-Errortype": nil},
		},
		"empty body":  {&simulator.Response{Status: 200}, false, 200, "", http.Header{"Content-Length": {"0"}}},
		"body only":   {&simulator.Response{Body: []byte("null")}, false, 200, "null", nil},
		"empty only":  {&simulator.Response{Body: []byte{}}, false, 200, "", nil},
		"fault only":  {&simulator.Response{Fault: simulator.Drip}, true, 403, string(ordinaryError.Body), http.Header{"X-Amzn-Errortype": ordinaryError.Header["X-Amzn-Errortype"]}},
		"header only": {&simulator.Response{Header: http.Header{"X-Other": {"1"}}}, true, 403, string(ordinaryError.Body), http.Header{"X-Other": {"1"}, "X-Amzn-Errortype": {"MissingAuthenticationTokenException"}}},
		"header replaced": {
			&simulator.Response{Status: 503, Header: http.Header{"Content-Type": {"text/html"}, "X-Amzn-Requestid": nil, "X-Amzn-Errortype": {"A:http://b/"}}, Body: []byte("<html>")}, false, 503, "<html>",
			http.Header{"Content-Type": {"text/html"}, "X-Amzn-Requestid": nil, "X-Amzn-Errortype": {"A:http://b/"}},
		},
		"quotes in a message": {simulator.ErrorResponse(400, "BadRequestException", `a "b" \ ü`), false, 400, `{"Message":"a \"b\" \\ ü"}`, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service, server := serve(t)
			service.SetResponder(always(test.answer))
			r := signedRequest(t, server.URL+completePath)
			if test.unsigned {
				r.Header.Del("Authorization")
			}
			response, body := do(t, r)
			if response.StatusCode != test.status || body != test.body {
				t.Errorf("got %d %q, want %d %q", response.StatusCode, body, test.status, test.body)
			}
			for header, want := range test.header {
				if got := response.Header.Values(header); strings.Join(got, "|") != strings.Join(want, "|") {
					t.Errorf("%s: got %q, want %q", header, got, want)
				}
			}
			if calls := service.Calls(); len(calls) != 1 || calls[0].Status != test.status {
				t.Errorf("got calls %+v, want one with status %d", calls, test.status)
			}
		})
	}
}

func TestFaultsBeforeHeaders(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault simulator.Fault
		want  error
	}{
		"close": {simulator.CloseBeforeHeaders, io.EOF},
		"reset": {simulator.ResetBeforeHeaders, syscall.ECONNRESET},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service, server := serve(t)
			service.SetResponder(always(&simulator.Response{Fault: test.fault}))
			response, err := httpClient(t).Do(signedRequest(t, server.URL+completePath))
			if err == nil {
				_ = response.Body.Close()
			}
			if !errors.Is(err, test.want) {
				t.Errorf("got error %v, want %v", err, test.want)
			}
			if calls := service.Calls(); len(calls) != 1 || calls[0].Status != 0 {
				t.Errorf("got calls %+v, want one that was not answered", calls)
			}
		})
	}
}

func TestCutBody(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 4} {
		service, server := serve(t)
		service.SetResponder(always(&simulator.Response{Status: 200, Body: []byte("hello"), Fault: simulator.CutBody, BodyBytes: n}))
		response, err := httpClient(t).Do(signedRequest(t, server.URL+completePath))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if string(body) != "hello"[:n] || response.ContentLength != 5 || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut at %d: got %q of %d bytes, error %v", n, body, response.ContentLength, err)
		}
	}
}

func TestDelayAndDrip(t *testing.T) {
	t.Parallel()
	const interval = 2 * time.Millisecond
	tests := map[string]struct {
		answer  *simulator.Response
		atLeast time.Duration
	}{
		"delay": {&simulator.Response{Delay: 30 * time.Millisecond, Body: []byte("0123456789")}, 30 * time.Millisecond},
		"drip":  {&simulator.Response{Fault: simulator.Drip, DripInterval: interval, Body: []byte("0123456789")}, 10 * interval},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service, server := serve(t)
			service.SetResponder(always(test.answer))
			start := time.Now()
			response, body := do(t, signedRequest(t, server.URL+completePath))
			if took := time.Since(start); took < test.atLeast {
				t.Errorf("it took %s, want at least %s", took, test.atLeast)
			}
			if body != "0123456789" || response.ContentLength != 10 {
				t.Errorf("got %q of %d bytes", body, response.ContentLength)
			}
		})
	}
}

// A client that goes away ends its request: the server has no more to wait for.
func TestAClientLeaves(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]*simulator.Response{
		"hang":  {Fault: simulator.Hang},
		"delay": {Delay: time.Hour},
		"drip":  {Fault: simulator.Drip, DripInterval: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service, server := serve(t)
			ctx, cancel := context.WithCancel(t.Context())
			service.SetResponder(func(simulator.Call) *simulator.Response {
				cancel()
				return answer
			})
			response, err := httpClient(t).Do(signedRequest(t, server.URL+completePath).WithContext(ctx))
			if err == nil {
				_, err = io.ReadAll(response.Body)
				_ = response.Body.Close()
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got error %v", err)
			}
			eventually(t, func() bool { return server.OpenConnections() == 0 })
		})
	}
}

// eventually waits for what is certain to come, and fails after a time that is
// far too long.
func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("it did not come")
		}
	}
}
