// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

const (
	proxyRefused  = "Proxy refused the connection"
	invalidHeader = "Invalid request header"

	upgrade = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n{"
)

// The head of a response may be malformed. The connection stays open.
func TestMalformedHead(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, raw, problem string }{
		{name: "101", raw: upgrade, problem: "unexpected status 101 Switching Protocols."},
		{name: "not HTTP", raw: "SSH-2.0-x\r\n", problem: `malformed HTTP response "SSH-2.0-x".`},
		{
			name: "redirect to an invalid URL", raw: "HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
			problem: "unexpected status 302 Found with an invalid Location header.",
		},
		{
			name: "301 without a location", raw: "HTTP/1.1 301 Moved Permanently\r\nContent-Length: 0\r\n\r\n",
			problem: "unexpected status 301 Moved Permanently (HTTP 301).",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var attempts atomic.Int64
			p := newProvider(t, settings{endpoint: startRawServer(t, func(*http.Request) string {
				attempts.Add(1)
				return tc.raw
			})})
			p.read(t.Context(), t).check(t, malformedResponse, "returned a malformed response: "+tc.problem)
			if got := attempts.Load(); got != 1 {
				t.Errorf("%d attempts, want 1", got)
			}
		})
	}
}

// A server that sends a byte now and then doesn't prolong an attempt.
func TestDripFedResponse(t *testing.T) {
	t.Parallel()
	for name, prefix := range map[string]string{
		"header": "HTTP/1.1 200 OK\r\nX-A: ", "body": "HTTP/1.1 200 OK\r\n\r\n{\"a\":\"",
		"error": "HTTP/1.1 500 No\r\n\r\n{\"a\":\"", "early hints": "HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nX-A: ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				defer func() { _ = conn.Close() }()
				_, err = io.WriteString(conn, prefix)
				for ; err == nil; time.Sleep(5 * time.Millisecond) {
					_, err = io.WriteString(conn, "x")
				}
			}))
			t.Cleanup(server.Close)
			p := newProvider(t, settings{endpoint: server.URL, options: []conns.Option{
				conns.WithAttemptTimeout(100 * time.Millisecond),
			}})
			got := p.read(t.Context(), t)
			if !strings.Contains(got.detail, "no complete response within 100ms") ||
				!strings.Contains(got.detail, ", after 4 attempts in ") {
				t.Errorf("%s\n%s", got.summary, got.detail)
			}
			timed := newProvider(t, settings{endpoint: server.URL, timeout: "1s"})
			timed.read(t.Context(), t).check(t, timedOut, "was stopped after 1")
		})
	}
}

func TestRefusingProxy(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		status   int
		attempts int64
		detail   string
	}{
		{status: 403, attempts: 1, detail: "Allow connections to profile.us-east-1.amazonaws.com in the proxy."},
		{status: 407, attempts: 1, detail: "The proxy requires a user and a password"},
		{status: 503, attempts: maxAttempts, detail: ", after 4 attempts in "},
	} {
		t.Run(strconv.Itoa(tc.status), func(t *testing.T) {
			t.Parallel()
			var attempts atomic.Int64
			proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				attempts.Add(1)
				w.WriteHeader(tc.status)
			}))
			t.Cleanup(proxy.Close)
			p := newProvider(t, settings{endpoint: "https://profile.us-east-1.amazonaws.com", arguments: map[string]any{
				"https_proxy": proxy.URL,
			}})
			p.read(t.Context(), t).check(t, proxyRefused, "responded to CONNECT with the status "+
				fmt.Sprintf("%d %s", tc.status, http.StatusText(tc.status)), tc.detail)
			if got := attempts.Load(); got != tc.attempts {
				t.Errorf("%d attempts, want %d", got, tc.attempts)
			}
		})
	}
}

func TestClientCertificateRequired(t *testing.T) {
	t.Parallel()
	srv, bundle := startTLSServer(t, &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS13})
	p := newProvider(t, settings{endpoint: srv.URL, arguments: map[string]any{"custom_ca_bundle": bundle}})
	p.read(t.Context(), t).check(t, noResponse, "refused the TLS handshake: tls: certificate required.\n\n",
		"requires a client certificate")
}

func TestLineBreakInHeader(t *testing.T) {
	t.Parallel()
	for argument, detail := range map[string]string{
		"token":      "from the session token. The credentials came from access_key and secret_key",
		"access_key": "from the access key. The credentials came from access_key and secret_key",
	} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t, settings{
				endpoint: acctest.StartSimulator(t).URL, arguments: map[string]any{argument: "secret-value\n"},
			})
			p.read(t.Context(), t).check(t, invalidHeader, "has a control character, such as a line break.\n\n", detail)
		})
	}
}

// Lists without an end, and items that aren't objects or can't be identified.
func TestMalformedLists(t *testing.T) {
	t.Parallel()
	const item = `{"WorkflowId":"w","Uri":"u"}`
	for _, op := range otherOperations {
		if op.name == "GetIntegration" {
			continue
		}
		missing := map[string]string{"ListWorkflows": "WorkflowId", "ListIntegrations": "Uri"}[op.name]
		cases := []testCase{
			{name: "null item", responder: respond(success(`{"Items":[` + item + `,null]}`)), attempts: 1,
				summary: malformedResponse, detail: []string{"Items[1] is null " + facts(200)}},
			{name: "long page token", attempts: 1, summary: malformedResponse,
				responder: respond(success(`{"NextToken":"` + strings.Repeat("x", 8193) + `"}`)),
				detail:    []string{"the page token is longer than 8192 bytes " + facts(200)}},
			{name: "repeated page token", responder: respond(success(`{"NextToken":"t"}`)), attempts: 2,
				summary: malformedResponse, detail: []string{`the page token "t" was returned before ` + facts(200)}},
		}
		if missing != "" {
			cases = append(cases, testCase{
				name: "item without identity", responder: respond(success(`{"Items":[{}]}`)), attempts: 1,
				summary: malformedResponse, detail: []string{missing + " is missing in Items[0] " + facts(200)},
			})
		}
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			for _, tc := range cases {
				tc.run(t, op)
			}
		})
	}
}
