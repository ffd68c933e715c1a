// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// sessionToken has the symbols of Base64, which encodings escape.
const sessionToken = "IQoJb3JpZ2lu/X2VjEPT+8wEaCXVz=="

var symbols = regexp.MustCompile(`[^0-9A-Za-z]`)

func jsonEscape(secret string) string {
	return symbols.ReplaceAllStringFunc(secret, func(s string) string { return fmt.Sprintf(`\u%04x`, s[0]) })
}

func upperJSONEscape(secret string) string {
	return symbols.ReplaceAllStringFunc(secret, func(s string) string { return fmt.Sprintf(`\u%04X`, s[0]) })
}

func htmlEscape(secret string) string {
	return symbols.ReplaceAllStringFunc(secret, func(s string) string { return fmt.Sprintf("&#%d;", s[0]) })
}

// encodings are the forms in which a secret may be echoed.
var encodings = map[string]func(string) string{
	"plain": strings.Clone, "JSON": jsonEscape, "URL": url.QueryEscape, "HTML": htmlEscape,
	"JSON in upper case": upperJSONEscape,
	"URL in a URL":       func(secret string) string { return url.QueryEscape(url.QueryEscape(secret)) },
	"HTML in JSON":       func(secret string) string { return jsonEscape(htmlEscape(secret)) },
}

// A response may echo the secrets of its request in any place and encoding.
// Not even half of a secret may appear in the diagnostic or in a TRACE log.
func TestEchoedSecrets(t *testing.T) {
	t.Parallel()
	const invalidSignature = "X-Amzn-Errortype: InvalidSignatureException"
	for _, tc := range []struct {
		name, header, body string // %s stands for the secrets.
		status             int
	}{
		{name: "message", status: 403, header: invalidSignature, body: `{"Message":"expected %s"}`},
		{name: "message without a code", status: 400, body: `{"Message":"expected %s"}`},
		{name: "code in the header", status: 400, header: "X-Amzn-Errortype: %s", body: "{}"},
		{name: "code in the body", status: 400, body: `{"code":"%s"}`},
		{name: "request ID", status: 500, header: "X-Amzn-Requestid: %s"},
		{name: "another header", status: 403, header: "X-Echo: %s"},
		{name: "target of a redirect", status: 302, header: "Location: https://login.example.com/%s"},
		{name: "HTML page of a gateway", status: 502, body: "<html>%s</html>"},
		{name: "HTML page instead of JSON", status: 200, body: "<html>%s</html>"},
		{name: "invalid JSON", status: 200, body: `{"Status":"%s"]`},
		{name: "truncated body", status: 200, body: `{"Status":"%s"`},
		{name: "member of the wrong type", status: 200, body: `{"Status":"%s","StartDate":"%s"}`},
		{name: "another workflow", status: 200, body: `{"WorkflowId":"%s"}`},
	} {
		for name, encode := range encodings {
			t.Run(tc.name+", "+name, func(t *testing.T) {
				t.Parallel()
				checkEcho(t, encode, func(secrets string) *simulator.Response {
					header := strings.ReplaceAll(tc.header, "%s", secrets)
					return response(tc.status, strings.ReplaceAll(tc.body, "%s", secrets), header)
				})
			})
		}
	}
}

// The head of a response may echo secrets, too, in places where they aren't valid.
func TestEchoedSecretsInHead(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, head string }{ // %s stands for the secrets.
		{name: "status", head: "HTTP/1.1 400 %s\r\nContent-Length: 0\r\n"},
		{name: "status of a redirect", head: "HTTP/1.1 302 %s\r\nContent-Length: 0\r\n"},
		{name: "status 101", head: "HTTP/1.1 101 %s\r\nConnection: Upgrade\r\nUpgrade: x\r\n"},
		{name: "status line", head: "HTTP/1.1 %s\r\n"},
		{name: "version", head: "%s 200 OK\r\n"},
		{name: "name of a header", head: "HTTP/1.1 400 No\r\nContent-Length: 0\r\n%s: 1\r\n"},
		{name: "malformed header", head: "HTTP/1.1 200 OK\r\nX-A: \x1b%s\r\n"},
		{name: "malformed length", head: "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n"},
		{name: "transfer encoding", head: "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n"},
		{name: "malformed redirect", head: "HTTP/1.1 302 No\r\nContent-Length: 0\r\nLocation: http://[%s\r\n"},
	} {
		for name, encode := range encodings {
			t.Run(tc.name+", "+name, func(t *testing.T) {
				t.Parallel()
				sent := make(chan http.Header, maxAttempts)
				url := startRawServer(t, func(request *http.Request) string {
					sent <- request.Header
					// A comma isn't valid in the name of a header.
					secrets := strings.ReplaceAll(encodedSecrets(request.Header, encode), ",", "-")
					return strings.ReplaceAll(tc.head, "%s", secrets) + "\r\n"
				})
				checkNoSecrets(t, url, encode, sent)
			})
		}
	}
}

// encodedSecrets returns the encoded secrets of a request, separated by commas.
func encodedSecrets(header http.Header, encode func(string) string) string {
	return encode(acctest.SecretKey) + "," + encode(header.Get("X-Amz-Security-Token")) + "," + encode(signature(header))
}

func signature(header http.Header) string {
	_, signature, _ := strings.Cut(header.Get("Authorization"), "Signature=")
	return signature
}

// checkEcho reads from a service that responds with encoded secrets.
func checkEcho(t *testing.T, encode func(string) string, echo func(secrets string) *simulator.Response) {
	t.Helper()
	sent := make(chan http.Header, 1)
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(attempt simulator.Call) *simulator.Response {
		sent <- attempt.Header
		return echo(encodedSecrets(attempt.Header, encode))
	})
	if log := checkNoSecrets(t, sim.URL, encode, sent); !strings.Contains(log, "***,***,***") {
		t.Errorf("no redacted secrets in the log:\n%s", log)
	}
}

// checkNoSecrets reads from a service that fails, and checks that there is no part
// of a secret in the diagnostic and in the log, which it returns.
func checkNoSecrets(t *testing.T, url string, encode func(string) string, sent <-chan http.Header) string {
	t.Helper()
	p := newProvider(t, settings{
		endpoint: url, arguments: map[string]any{"max_retries": 1, "token": sessionToken},
	})
	var log bytes.Buffer
	got := p.read(tflogtest.RootLogger(t.Context(), &log), t)
	if got.summary == noError {
		t.Fatalf("no error; log:\n%s", &log)
	}
	// The names of headers arrive in another case.
	text := strings.ToLower(got.summary + "\n" + got.detail + "\n" + log.String())
	for _, secret := range []string{acctest.SecretKey, sessionToken, signature(<-sent)} {
		for _, half := range []string{secret[:len(secret)/2], secret[len(secret)/2:]} {
			if strings.Contains(text, strings.ToLower(half)) || strings.Contains(text, strings.ToLower(encode(half))) {
				t.Errorf("%q, a part of a secret, in:\n%s", half, text)
			}
		}
	}
	return log.String()
}
