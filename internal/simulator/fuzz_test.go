// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzRequest sends a request to the API or to the control API. The signature is
// valid unless there is a value for Authorization. After any request, the service
// must still respond.
func FuzzRequest(f *testing.F) {
	for _, seed := range []struct{ method, target, authorization, body string }{
		{"GET", completePath, "", ""},
		{"GET", completePath + "/steps?max-results=1&next-token=x", "", ""},
		{"POST", "/domains/acme/workflows?next-token=", "", `{"Status":"FAILED","QueryStartDate":1}`},
		{"POST", "/domains/a%2Fb/integrations", "", `{"Uri":"u"}`},
		{
			"GET", "/domains/acme/integrations?include-hidden=true",
			"AWS4-HMAC-SHA256 Credential=A/20240101/r/profile/aws4_request", "",
		},
		{"GET", completePath, "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host;x-amz-date, Signature=0", ""},
		{"PUT", "/_simulator/faults", "", `[{"times":1,"status":429,"code":"ThrottlingException"}]`},
		{"PUT", "/_simulator/data", "", timelineData},
		{"PUT", "/_simulator/domains/acme/workflows/" + completeID, "", `{"WorkflowId":"` + completeID + `"}`},
		{"DELETE", "/_simulator/domains/acme/workflows/" + completeID, "", ""},
		{"GET", "/_simulator/calls", "", ""},
	} {
		f.Add(seed.method, seed.target, seed.authorization, seed.body)
	}
	f.Fuzz(func(t *testing.T, method, target, authorization, body string) {
		text := method + " " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
		if err != nil {
			return // The server rejects the request.
		}
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		if validSignature(body).sign(t, r); authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		service := newService(t)
		checkJSON(t, serve(service, r))
		checkJSON(t, serve(service, newRequest(t, http.MethodGet, "/_simulator/calls", "")))
		checkJSON(t, serve(service, newRequest(t, http.MethodPost, "/_simulator/reset", "")))
		checkJSON(t, read(t, service, completePath))
	})
}

// checkJSON checks that a response is valid JSON, and that an error has a message.
func checkJSON(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if !json.Valid(w.Body.Bytes()) {
		t.Fatalf("got %d with malformed JSON %q", w.Code, w.Body)
	}
	var members struct{ Message string } // Matches "message", too.
	if w.Code >= 300 && (json.Unmarshal(w.Body.Bytes(), &members) != nil || members.Message == "") {
		t.Fatalf("got %d without a message: %q", w.Code, w.Body)
	}
}
