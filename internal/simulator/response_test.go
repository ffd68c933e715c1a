// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// always returns a responder with the same response for every call.
func always(response *simulator.Response) func(simulator.Call) *simulator.Response {
	return func(simulator.Call) *simulator.Response { return response }
}

func TestResponder(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	client := newClient(t, server)
	service.SetResponder(always(simulator.ErrorResponse(429, "ThrottlingException", `"Rate" exceeded`)))
	_, err := getWorkflow(t, client, "acme", completeID)
	checkSDKError(t, err, apiError{status: 429, code: "ThrottlingException", message: `"Rate" exceeded`})
	service.SetResponder(nil)
	if _, err := getWorkflow(t, client, "acme", completeID); err != nil {
		t.Error(err)
	}
}

func TestResponse(t *testing.T) {
	t.Parallel()
	const errorType, defaultBody = "MissingAuthenticationTokenException", `{"Message":"Missing Authentication Token"}`
	tests := map[string]struct {
		response                     *simulator.Response
		status                       int
		body, errorType, contentType string
	}{
		"no response": {status: 403, body: defaultBody, errorType: errorType},
		"status only": {response: &simulator.Response{Status: 200}, status: 200},
		"status and body": {
			response: &simulator.Response{Status: 200, Body: []byte("hello")}, status: 200, body: "hello",
		},
		"body only": {
			response: &simulator.Response{Body: []byte("null")}, status: 403, body: "null", errorType: errorType,
		},
		"empty body only": {response: &simulator.Response{Body: []byte{}}, status: 403, errorType: errorType},
		"header only": {
			response: &simulator.Response{Header: http.Header{"Content-Type": {"a/b"}, "X-Amzn-Errortype": nil}},
			status:   403, body: defaultBody, contentType: "a/b",
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newService(t)
			service.SetResponder(always(tc.response))
			w := serve(service, newRequest(t, http.MethodGet, completePath, ""))
			if w.Code != tc.status || w.Body.String() != tc.body {
				t.Errorf("got %d %q, want %d %q", w.Code, w.Body, tc.status, tc.body)
			}
			for name, want := range map[string]string{
				"Content-Length":   strconv.Itoa(len(tc.body)),
				"Content-Type":     cmp.Or(tc.contentType, "application/json"),
				"X-Amzn-Errortype": tc.errorType,
			} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s: got %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestConnectionFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		response simulator.Response
		body     string
		err      error
	}{
		"closed before headers": {response: simulator.Response{Fault: simulator.CloseBeforeHeaders}, err: io.EOF},
		"reset before headers":  {response: simulator.Response{Fault: simulator.ResetBeforeHeaders}, err: errConnectionReset},
		"body truncated": {
			response: simulator.Response{Status: 200, Body: []byte("hello"), Fault: simulator.CutBody, BodyBytes: 4},
			body:     "hell", err: io.ErrUnexpectedEOF,
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service, server := newServer(t)
			service.SetResponder(always(&tc.response))
			body, err := get(t, &http.Client{Transport: &http.Transport{}}, server)
			if body != tc.body || !errors.Is(err, tc.err) {
				t.Errorf("got body %q, error %v, want %q, %v", body, err, tc.body, tc.err)
			}
		})
	}
}

// get sends a request over the network and reads the whole response.
func get(t *testing.T, client *http.Client, server *simulator.Server) (string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return string(body), err
}

func TestDelay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newService(t)
		service.SetResponder(always(&simulator.Response{Delay: time.Minute}))
		start := time.Now()
		serve(service, newRequest(t, http.MethodGet, completePath, ""))
		if elapsed := time.Since(start); elapsed != time.Minute {
			t.Errorf("got a response after %s, want 1m", elapsed)
		}
	})
}

func TestClientDisconnects(t *testing.T) {
	t.Parallel()
	for name, response := range map[string]*simulator.Response{
		"hang":  {Fault: simulator.Hang},
		"delay": {Delay: time.Hour},
		"stall": {Fault: simulator.StallBody},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newService(t)
			ctx, cancel := context.WithCancel(t.Context())
			service.SetResponder(func(simulator.Call) *simulator.Response {
				cancel()
				return response
			})
			defer func() {
				if got := recover(); got != http.ErrAbortHandler { //nolint:errorlint // A panic is not wrapped.
					t.Errorf("got panic %v, want %v", got, http.ErrAbortHandler)
				}
			}()
			service.ServeHTTP(httptest.NewRecorder(), newRequest(t, http.MethodGet, completePath, "").WithContext(ctx))
		})
	}
}
