// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

func TestLogger(t *testing.T) {
	t.Parallel()
	redactor := NewRedactor()
	redactor.Add(testSecret)
	logger := NewLogger(redactor)
	var output bytes.Buffer
	ctx := tflogtest.RootLogger(t.Context(), &output)
	fields := map[string]any{
		testSecret: errors.New("b " + testSecret),
		"map": map[string]any{testSecret: map[string]any{
			"strings": []string{"c", testSecret}, "any": []any{testSecret}, "nil": nil,
		}},
		"int": 1, "int64": int64(2), "float": 1.5, "bool": true,
	}
	want := map[string]any{
		"@module": "provider", "***": "b ***",
		"map": map[string]any{"***": map[string]any{"strings": []any{"c", "***"}, "any": "[***]", "nil": nil}},
		"int": 1.0, "int64": 2.0, "float": 1.5, "bool": true,
	}
	for level, log := range map[string]func(context.Context, string, ...map[string]any){
		"trace": logger.Trace, "debug": logger.Debug, "info": logger.Info, "warn": logger.Warn,
	} {
		output.Reset()
		log(ctx, "message "+testSecret, fields)
		var got map[string]any
		if err := json.Unmarshal(output.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		want["@level"], want["@message"] = level, "message ***"
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	}
}

func TestRequestLog(t *testing.T) {
	t.Parallel()
	attempts := []struct {
		status        int
		id, body, err string
	}{
		{status: 503, id: "request-1", body: `{"Message":"slow down"}`},
		{status: 200, id: "request-2", body: `{"Items`, err: "unexpected EOF"},
		{status: 200, id: "request-3", body: `{"Items":[]}`},
	}
	var requests atomic.Int32
	client, url := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		attempt := attempts[requests.Add(1)-1]
		w.Header().Set("Set-Cookie", "a-cookie=1")
		w.Header().Set("X-Amzn-RequestId", attempt.id)
		if attempt.err != "" {
			w.Header().Set("Content-Length", "100")
		}
		w.WriteHeader(attempt.status)
		_, _ = io.WriteString(w, attempt.body)
	})
	var output bytes.Buffer
	if err := pagedOperations[ListWorkflows](tflogtest.RootLogger(t.Context(), &output), client, 1); err != nil {
		t.Fatal(err)
	}
	entries, err := tflogtest.MultilineJSONDecode(&output)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2*len(attempts) {
		t.Fatalf("%d entries, want two for each attempt: %v", len(entries), entries)
	}
	for i, attempt := range attempts {
		facts, bodies := entries[2*i], entries[2*i+1]
		wantFacts := map[string]any{
			"@level": "debug", "operation": "ListWorkflows", "region": "us-east-1", "attempt": float64(i + 1),
			"method": "POST", "url": url + "/domains/acme/workflows?max-results=100",
			"status": float64(attempt.status), "request_id": attempt.id,
		}
		if attempt.err != "" {
			wantFacts["error"] = attempt.err
		}
		for name, want := range wantFacts {
			if facts[name] != want {
				t.Errorf("attempt %d: %s is %v, want %v", i+1, name, facts[name], want)
			}
		}
		if _, ok := facts["duration_ms"].(float64); !ok {
			t.Errorf("attempt %d: duration_ms is %v, want a number", i+1, facts["duration_ms"])
		}
		if text := fmt.Sprint(facts); strings.Contains(text, "a-cookie") || strings.Contains(text, "slow") {
			t.Errorf("attempt %d: a cookie or a body at DEBUG: %s", i+1, text)
		}
		if bodies["@level"] != "trace" || bodies["request_body"] != `{"Status":"COMPLETE"}` ||
			bodies["response_body"] != attempt.body {
			t.Errorf("attempt %d: bodies %v, want %q", i+1, bodies, attempt.body)
		}
	}
}

func TestRequestLogWithoutSecrets(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		body   string // %s is replaced by the secrets of the request
	}{
		"page":                  {status: http.StatusOK, body: "<html>%s</html>"},
		"response":              {status: http.StatusOK, body: `{"WorkflowId":"` + workflowID + `","ErrorDescription":"%s"}`},
		"another workflow":      {status: http.StatusOK, body: `{"WorkflowId":"w","ErrorDescription":"%s"}`},
		"redirect":              {status: http.StatusFound, body: "to %s"},
		"error":                 {status: http.StatusForbidden, body: `{"Message":"%s"}`},
		"error that is a page":  {status: http.StatusForbidden, body: "<html>%s</html>"},
		"error that is retried": {status: http.StatusBadGateway, body: "<html>%s</html>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var signatures []string
			client, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
				authorization, token := r.Header.Get("Authorization"), r.Header.Get("X-Amz-Security-Token")
				_, signature, _ := strings.Cut(authorization, "Signature=")
				signatures = append(signatures, signature)
				w.Header().Set("Location", "/"+token+"/"+signature)
				w.Header().Set("X-Echo", token+" "+authorization)
				w.WriteHeader(tc.status)
				_, _ = fmt.Fprintf(w, tc.body, token+" "+strings.ReplaceAll(token, "/", `\/`)+" "+signature)
			})
			var output bytes.Buffer
			err := getWorkflow(tflogtest.RootLogger(t.Context(), &output), client)
			if (err == nil) != (name == "response") {
				t.Errorf("error %v", err)
			}
			log := output.String()
			if !strings.Contains(log, `"Authorization":"***"`) || !strings.Contains(log, "*** *** ***") {
				t.Errorf("the log has no headers or no body:\n%s", log)
			}
			for _, secret := range append(signatures, testSecret, "token+of==", "session/token", `session\/token`) {
				if strings.Contains(log, secret) {
					t.Errorf("the log has %q:\n%s", secret, log)
				}
			}
		})
	}
}
