// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

const (
	testSecret = "wJalr/secret+key"
	testToken  = "session/token+of=="
)

// loggedCall makes a call of an operation against a handler, at TRACE, and
// returns what was logged. The call is attempted twice at most.
func loggedCall(t *testing.T, handler http.HandlerFunc) ([]map[string]any, string, error) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	cfg := testConfig("us-east-1")
	cfg.Credentials = credentials.NewStaticCredentialsProvider("AKID", testSecret, testToken)
	cfg.Retryer = func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts = 2
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
		})
	}
	client, err := New(cfg, server.URL).Client("")
	if err != nil {
		t.Fatal(err)
	}
	var output bytes.Buffer
	ctx := tflogtest.RootLogger(t.Context(), &output)
	_, callErr := client.GetWorkflow(ctx, &customerprofiles.GetWorkflowInput{
		DomainName: aws.String("acme"), WorkflowId: aws.String("0123456789abcdef0123456789abcdef"),
	})
	text := output.String()
	entries, err := tflogtest.MultilineJSONDecode(&output)
	if err != nil {
		t.Fatal(err)
	}
	return entries, text, callErr
}

// Each attempt is an entry at DEBUG, and its bodies are one at TRACE.
func TestCallLog(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	entries, _, err := loggedCall(t, func(w http.ResponseWriter, _ *http.Request) {
		n := calls.Add(1)
		w.Header().Set("X-Amzn-RequestId", fmt.Sprintf("request-%d", n))
		w.Header().Set("Set-Cookie", "a-cookie=1")
		if n == 1 {
			w.Header().Set("X-Amzn-ErrorType", "ThrottlingException")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = io.WriteString(w, `{"Message":"slow down"}`)
			return
		}
		_, _ = io.WriteString(w, `{"WorkflowId":"0123456789abcdef0123456789abcdef"}`)
	})
	if err != nil {
		t.Fatal(err)
	}
	levels := []string{}
	for _, entry := range entries {
		levels = append(levels, fmt.Sprint(entry["@level"]))
	}
	if want := []string{"debug", "trace", "debug", "trace"}; !slices.Equal(levels, want) {
		t.Fatalf("levels %q, want %q", levels, want)
	}
	for i, want := range []struct {
		status          float64
		id, attempt     string
		sent, came, not string
	}{
		{429, "request-1", "1", "", `{"Message":"slow down"}`, "a-cookie"},
		{200, "request-2", "2", "", `{"WorkflowId":"0123456789abcdef0123456789abcdef"}`, "a-cookie"},
	} {
		attempt, bodies := entries[2*i], entries[2*i+1]
		for name, value := range map[string]any{
			"operation": "GetWorkflow", "region": "us-east-1", "method": "GET", "status": want.status, "request_id": want.id, "attempt": want.attempt,
		} {
			if attempt[name] != value {
				t.Errorf("%s %v, want %v", name, attempt[name], value)
			}
		}
		if _, ok := attempt["duration_ms"].(float64); !ok {
			t.Errorf("duration_ms %v, want a number", attempt["duration_ms"])
		}
		if !strings.HasSuffix(fmt.Sprint(attempt["url"]), "/domains/acme/workflows/0123456789abcdef0123456789abcdef") {
			t.Errorf("url %v", attempt["url"])
		}
		if strings.Contains(fmt.Sprint(attempt), want.not) || strings.Contains(fmt.Sprint(attempt), "slow down") {
			t.Errorf("a cookie or a body in %v", attempt)
		}
		if bodies["response_body"] != want.came {
			t.Errorf("response_body %v, want %v", bodies["response_body"], want.came)
		}
	}
}

// No entry holds what would let its reader act in the caller's name, not even
// where AWS repeats it, and the errors that the SDK makes do not either.
func TestCallLogSecrets(t *testing.T) {
	t.Parallel()
	var signature string
	_, text, err := loggedCall(t, func(w http.ResponseWriter, r *http.Request) {
		_, signature, _ = strings.Cut(r.Header.Get("Authorization"), "Signature=")
		w.Header().Set("X-Amzn-ErrorType", "InvalidSignatureException")
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprintf(w, `{"Message":"should have been x-amz-security-token:%s or %s with %s"}`,
			r.Header.Get("X-Amz-Security-Token"), strings.ReplaceAll(testToken, "/", `\/`), signature)
	})
	if err == nil || signature == "" {
		t.Fatalf("error %v, signature %q", err, signature)
	}
	if !strings.Contains(err.Error(), "x-amz-security-token:*** or *** with ***") {
		t.Errorf("error %v, want its secrets hidden", err)
	}
	for what, secret := range map[string]string{"secret key": testSecret, "token": testToken, "token's end": "token+of==", "signature": signature} {
		if strings.Contains(text, secret) || strings.Contains(err.Error(), secret) {
			t.Errorf("the %s is in the log or the error:\n%s\n%v", what, text, err)
		}
	}
	if !strings.Contains(text, "Authorization") {
		t.Errorf("the headers are not in the log:\n%s", text)
	}
}

// Whoever answers in the service's place may repeat the request, with any
// status, in a header or as a page: the log shows none of its secrets, and
// neither does the error.
func TestCallLogEchoes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status   int
		answered string // a %s stands for what is repeated
		fails    bool
	}{
		"a page":                {http.StatusOK, "<html>%s</html>", true},
		"an answer":             {http.StatusOK, `{"WorkflowId":"0123456789abcdef0123456789abcdef","ErrorDescription":"%s"}`, false},
		"a workflow of another": {http.StatusOK, `{"WorkflowId":"another","ErrorDescription":"%s"}`, true},
		"a redirect":            {http.StatusFound, "to %s", true},
		"an error":              {http.StatusForbidden, `{"Message":"%s"}`, true},
		"a gateway's error":     {http.StatusBadGateway, "<html>%s</html>", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var signature atomic.Value
			_, text, err := loggedCall(t, func(w http.ResponseWriter, r *http.Request) {
				_, signed, _ := strings.Cut(r.Header.Get("Authorization"), "Signature=")
				signature.Store(signed)
				w.Header().Set("Location", "/"+testToken+"/"+signed)
				w.Header().Set("X-Echo", r.Header.Get("X-Amz-Security-Token")+" "+r.Header.Get("Authorization"))
				w.WriteHeader(test.status)
				_, _ = fmt.Fprintf(w, test.answered, testToken+" "+signed)
			})
			if (err != nil) != test.fails {
				t.Errorf("error %v, want one: %v", err, test.fails)
			}
			if !strings.Contains(text, `"response_body"`) || !strings.Contains(text, "*** ***") {
				t.Errorf("the log does not show the body with its secrets hidden:\n%s", text)
			}
			for what, secret := range map[string]string{"token": testToken, "signature": fmt.Sprint(signature.Load())} {
				if strings.Contains(text, secret) {
					t.Errorf("the %s is in the log:\n%s", what, text)
				}
				if strings.Contains(fmt.Sprint(err), secret) {
					t.Errorf("the %s is in the error: %v", what, err)
				}
			}
		})
	}
}

// The log fails no call, and cures none: a body that breaks off is the same
// error with it.
func TestCallLogBrokenBody(t *testing.T) {
	t.Parallel()
	entries, _, err := loggedCall(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{"Status":"COM`)
	})
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("error %v, want %v", err, io.ErrUnexpectedEOF)
	}
	if len(entries) == 0 || entries[0]["error"] == nil || entries[0]["status"] != float64(200) {
		t.Errorf("entries %v, want the status and the error", entries)
	}
}

// A request's body is logged, and sent all the same.
func TestCallLogRequestBody(t *testing.T) {
	t.Parallel()
	request, ok := smithyhttp.NewStackRequest().(*smithyhttp.Request)
	if !ok {
		t.Fatal("not a request")
	}
	request, err := request.SetStream(strings.NewReader(`{"Uri":"u"}`))
	if err != nil {
		t.Fatal(err)
	}
	var output bytes.Buffer
	sent := ""
	_, _, err = callLog{}.HandleDeserialize(tflogtest.RootLogger(t.Context(), &output), middleware.DeserializeInput{Request: request},
		middleware.DeserializeHandlerFunc(func(context.Context, middleware.DeserializeInput) (middleware.DeserializeOutput, middleware.Metadata, error) {
			body, err := io.ReadAll(request.GetStream())
			sent = string(body)
			return middleware.DeserializeOutput{}, middleware.Metadata{}, err
		}))
	if err != nil || sent != `{"Uri":"u"}` {
		t.Errorf("sent %q, error %v", sent, err)
	}
	if !strings.Contains(output.String(), `"request_body":"{\"Uri\":\"u\"}"`) {
		t.Errorf("the body is not in the log:\n%s", output.String())
	}
}

// Regions that do not exist, and a provider that is not known yet, have no
// client.
func TestClientRefused(t *testing.T) {
	t.Parallel()
	unknown := errors.New("no such Region")
	clients := New(testConfig("eu-west-1"), "", WithRegionValidator(func(region string) error {
		if region == "eu-nowhere-1" {
			return unknown
		}
		return nil
	}))
	var noSuch *RegionError
	if _, err := clients.Client("eu-nowhere-1"); !errors.As(err, &noSuch) || noSuch.Region != "eu-nowhere-1" {
		t.Errorf("error %v, want a RegionError", err)
	}
	if _, err := clients.Client(""); err != nil {
		t.Error(err)
	}
	var notKnown *UnknownError
	if _, err := NewUnknown([]string{"region", "token"}).Client("eu-west-1"); !errors.As(err, &notKnown) || !strings.Contains(err.Error(), "region, token") {
		t.Errorf("error %v, want an UnknownError", err)
	}
}
