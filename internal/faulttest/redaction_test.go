// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"bytes"
	"fmt"
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

func htmlEscape(secret string) string {
	return symbols.ReplaceAllStringFunc(secret, func(s string) string { return fmt.Sprintf("&#%d;", s[0]) })
}

// A response may echo the secrets of its request in any place and encoding.
// Not even half of a secret may appear in the diagnostic or in a TRACE log.
func TestEchoedSecrets(t *testing.T) {
	t.Parallel()
	encodings := map[string]func(string) string{
		"plain": strings.Clone, "JSON": jsonEscape, "URL": url.QueryEscape, "HTML": htmlEscape,
		"URL in a URL": func(secret string) string { return url.QueryEscape(url.QueryEscape(secret)) },
		"HTML in JSON": func(secret string) string { return jsonEscape(htmlEscape(secret)) },
	}
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

// checkEcho reads from a service that responds with encoded secrets.
func checkEcho(t *testing.T, encode func(string) string, echo func(secrets string) *simulator.Response) {
	t.Helper()
	signatures := make(chan string, 1)
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(attempt simulator.Call) *simulator.Response {
		_, signature, _ := strings.Cut(attempt.Header.Get("Authorization"), "Signature=")
		signatures <- signature
		token := attempt.Header.Get("X-Amz-Security-Token")
		return echo(encode(acctest.SecretKey) + "," + encode(token) + "," + encode(signature))
	})
	p := newProvider(t, settings{
		endpoint: sim.URL, arguments: map[string]any{"max_retries": 1, "token": sessionToken},
	})
	var log bytes.Buffer
	got := p.read(tflogtest.RootLogger(t.Context(), &log), t)
	if got.summary == noError || !strings.Contains(log.String(), "***,***,***") {
		t.Fatalf("summary %q; no redacted secrets in the log:\n%s", got.summary, &log)
	}
	text := got.summary + "\n" + got.detail + "\n" + log.String()
	for _, secret := range []string{acctest.SecretKey, sessionToken, <-signatures} {
		for _, half := range []string{secret[:len(secret)/2], secret[len(secret)/2:]} {
			if strings.Contains(text, half) || strings.Contains(text, encode(half)) {
				t.Errorf("%q, a part of a secret, in:\n%s", half, text)
			}
		}
	}
}
