// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// sessionToken has the characters of Base64 that encodings escape.
const sessionToken = "IQoJb3JpZ2lu/X2VjEPT+8wEaCXVz=="

// encodings are how a response may encode a secret that it echoes. The names
// "JSON in a URL" and such are read from the inside out.
var encodings = []struct {
	name   string
	encode func(string) string
}{
	{name: "plain", encode: func(s string) string { return s }},
	{name: "JSON", encode: jsonEscape},
	{name: "URL", encode: url.QueryEscape},
	{name: "HTML", encode: htmlEscape},
	{name: "URL in a URL", encode: func(s string) string { return url.QueryEscape(url.QueryEscape(s)) }},
	{name: "HTML in JSON", encode: func(s string) string { return jsonEscape(htmlEscape(s)) }},
}

// jsonEscape escapes every character that isn't a letter or a digit.
func jsonEscape(s string) string { return escapeSymbols(s, `\u%04x`) }

func htmlEscape(s string) string { return escapeSymbols(s, "&#%d;") }

func escapeSymbols(s, format string) string {
	var escaped strings.Builder
	for _, r := range s {
		if strings.ContainsRune("/+=&#;", r) {
			fmt.Fprintf(&escaped, format, r)
		} else {
			escaped.WriteRune(r)
		}
	}
	return escaped.String()
}

// echoes are responses with an encoded secret.
var echoes = []struct {
	name     string
	response func(secret string) *simulator.Response
}{
	{name: "message", response: func(secret string) *simulator.Response {
		return response(403, `{"Message":"signed: `+secret+`"}`, "X-Amzn-Errortype: InvalidSignatureException")
	}},
	{name: "message without a code", response: func(secret string) *simulator.Response {
		return response(400, `{"Message":"signed: `+secret+`"}`)
	}},
	{name: "code in the header", response: func(secret string) *simulator.Response {
		return response(400, "{}", "X-Amzn-Errortype: "+secret)
	}},
	{name: "code in the body", response: func(secret string) *simulator.Response {
		return response(400, `{"code":"`+secret+`"}`)
	}},
	{name: "request ID", response: func(secret string) *simulator.Response {
		return errorResponse(400, "BadRequestException", "No", "X-Amzn-Requestid: "+secret)
	}},
	{name: "another header", response: func(secret string) *simulator.Response {
		return errorResponse(400, "BadRequestException", "No", "X-Echo: "+secret)
	}},
	{name: "target of a redirect", response: func(secret string) *simulator.Response {
		return response(302, "", "Location: https://login.example.com/"+secret+"?token="+secret)
	}},
	{name: "HTML page of a gateway", response: func(secret string) *simulator.Response {
		return response(502, "<html>"+secret+"</html>")
	}},
	{name: "page instead of JSON", response: func(secret string) *simulator.Response {
		return success("<html>" + secret + "</html>")
	}},
	{name: "member of the wrong type", response: func(secret string) *simulator.Response {
		return success(`{"WorkflowId":"` + workflowID + `","StartDate":"` + secret + `"}`)
	}},
	{name: "another workflow", response: func(secret string) *simulator.Response {
		return success(`{"WorkflowId":"` + secret + `"}`)
	}},
	{name: "truncated body", response: func(secret string) *simulator.Response {
		return success(`{"ErrorDescription":"` + secret + `"`)
	}},
}

// A response may echo the request. No secret of it may appear in the diagnostic
// or in a log at the level TRACE.
func TestEchoedSecrets(t *testing.T) {
	t.Parallel()
	for _, echo := range echoes {
		for _, encoding := range encodings {
			t.Run(echo.name+", "+encoding.name, func(t *testing.T) {
				t.Parallel()
				checkEcho(t, encoding.encode, echo.response)
			})
		}
	}
}

func checkEcho(t *testing.T, encode func(string) string, respondWith func(secret string) *simulator.Response) {
	t.Helper()
	var signature atomic.Value
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(attempt simulator.Call) *simulator.Response {
		_, signed, _ := strings.Cut(attempt.Header.Get("Authorization"), "Signature=")
		signature.Store(signed)
		return respondWith(encode(acctest.SecretKey) + "," + encode(attempt.SessionToken) + "," + encode(signed))
	})
	p := newProvider(t, settings{endpoint: sim.URL, maxAttempts: 1, token: sessionToken})
	var log bytes.Buffer
	got := p.read(tflogtest.RootLogger(t.Context(), &log), t)
	if got.summary == noError {
		t.Fatal("the read succeeded")
	}
	if !strings.Contains(log.String(), "Customer Profiles request") || !strings.Contains(log.String(), "***") {
		t.Fatalf("the log has no redacted request:\n%s", &log)
	}

	text := got.summary + "\n" + got.detail + "\n" + log.String()
	for name, secret := range map[string]string{
		"secret key": acctest.SecretKey, "session token": sessionToken, "signature": signature.Load().(string),
	} {
		// Half of a secret is one, too.
		for _, part := range []string{secret[:len(secret)/2], secret[len(secret)/2:]} {
			for _, encoded := range []string{part, encode(part)} {
				if strings.Contains(text, encoded) {
					t.Errorf("%q, part of the %s, in:\n%s", encoded, name, text)
				}
			}
		}
	}
}
