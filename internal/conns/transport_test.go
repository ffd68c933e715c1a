// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// startRawServer returns the URL of a server that responds with raw bytes, and
// keeps each connection open.
func startRawServer(t *testing.T, raw string) string {
	t.Helper()
	closed := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		if _, err := io.WriteString(conn, raw); err != nil {
			t.Error(err)
		}
		<-closed
		_ = conn.Close()
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(closed) })
	return server.URL
}

// A response ends with its context, even if the server keeps the connection open.
func TestResponseEndsWithContext(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"stalled body":         "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
		"stalled chunk":        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
		"stalled gzip header":  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b",
		"body without an end":  "HTTP/1.1 200 OK\r\n\r\n{",
		"stalled error":        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100\r\n\r\n{",
		"early hints, no more": "HTTP/1.1 103 Early Hints\r\n\r\n",
		"stalled header":       "HTTP/1.1 200 OK\r\nX-Amzn-",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, New(testConfig(), startRawServer(t, raw), NewRedactor(), withoutBackoff()))
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			if err := getWorkflow(ctx, client); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("error %v, want %v", err, context.DeadlineExceeded)
			}
			limited := New(testConfig(), startRawServer(t, raw), NewRedactor(), withoutBackoff(),
				WithAttemptTimeout(100*time.Millisecond))
			failed := requestError(t, getWorkflow(t.Context(), clientOf(t, limited)))
			var exceeded *attemptTimeoutError
			if !errors.As(failed, &exceeded) || failed.Attempts != 3 || !failed.Transient {
				t.Errorf("error %v after %d attempts, transient %t", failed, failed.Attempts, failed.Transient)
			}
		})
	}
}

// net/http never interrupts the body of this status, which is the connection.
func TestSwitchingProtocols(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"upgrade":            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n{",
		"without an upgrade": "HTTP/1.1 101 Switching Protocols\r\n\r\n{",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, New(testConfig(), startRawServer(t, raw), NewRedactor(), withoutBackoff()))
			failed := requestError(t, getWorkflow(t.Context(), client))
			var malformed *MalformedResponseError
			if !errors.As(failed, &malformed) || malformed.Problem != "unexpected status 101 Switching Protocols" {
				t.Errorf("error %v", failed)
			}
			if failed.Attempts != 1 || failed.Transient {
				t.Errorf("%d attempts, transient %t", failed.Attempts, failed.Transient)
			}
			if retry.NewStandard().IsErrorRetryable(failed) {
				t.Error("the SDK's retryer retries it")
			}
		})
	}
}

func TestNewHTTPClient(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	client := NewHTTPClient(cfg)
	cfg.HTTPClient = client
	clients := New(cfg, "", NewRedactor())
	if clients.cfg.HTTPClient != client || clients.proxy == nil {
		t.Error("New replaces the client of NewHTTPClient")
	}
}
