// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// Each change makes a valid request invalid in a way that the SDK cannot.
func TestInvalidSignatures(t *testing.T) {
	t.Parallel()
	incomplete := func(message string) apiError {
		return apiError{status: 400, code: "IncompleteSignatureException", message: message}
	}
	invalid := func(message string) apiError { return forbidden("InvalidSignatureException", message) }
	noToken := forbidden("MissingAuthenticationTokenException", "Missing Authentication Token")
	mismatch := invalid("The request signature we calculated does not match the signature you provided.")
	tests := map[string]struct {
		signature func(*signature)
		change    func(*http.Request) // after it was signed
		want      apiError
	}{
		"no authorization":     {change: setHeader("Authorization", ""), want: noToken},
		"other scheme":         {change: setHeader("Authorization", "Basic YTpi"), want: incomplete("AWS4-HMAC-SHA256")},
		"no equal sign":        {change: editAuth("Signature=", "Signature "), want: incomplete("missing equal-sign")},
		"no signed headers":    {change: editAuth("Headers=", "="), want: incomplete("requires 'SignedHeaders' parameter.")},
		"scope too short":      {change: editAuth("/aws4_request", ""), want: incomplete("exactly 5 slash-delimited")},
		"empty Region":         {change: editAuth("us-east-1", ""), want: incomplete("exactly 5 slash-delimited")},
		"no date":              {change: setHeader("X-Amz-Date", ""), want: incomplete("'X-Amz-Date'")},
		"malformed date":       {change: setHeader("X-Amz-Date", "2006-01-02T15:04:05Z"), want: incomplete("ISO-8601")},
		"wrong terminator":     {change: editAuth("aws4", "aws5"), want: invalid("'aws4_request', not 'aws5_request'")},
		"wrong date in scope":  {change: editAuth("/20", "/19"), want: invalid("Date in Credential scope does not match")},
		"other Region":         {change: editAuth("us-east-1", "us-east-2"), want: mismatch},
		"other path":           {change: func(r *http.Request) { r.URL.Path += "0" }, want: mismatch},
		"other query":          {change: func(r *http.Request) { r.URL.RawQuery = "x=1" }, want: mismatch},
		"other host":           {change: func(r *http.Request) { r.Host = "localhost" }, want: mismatch},
		"other body":           {change: func(r *http.Request) { r.Body = http.NoBody }, want: mismatch},
		"header changed":       {change: setHeader("X-Other", "2"), want: mismatch},
		"header not signed":    {change: editAuth(";x-other", ""), want: mismatch},
		"host not signed":      {change: editAuth("host;", ""), want: mismatch},
		"headers out of order": {change: editAuth("x-amz-date;x-other", "x-other;x-amz-date"), want: mismatch},
		"signature too long":   {change: editAuth("Signature=", "Signature=0"), want: mismatch},
		"wrong hash in header": {change: setHeader("X-Amz-Content-Sha256", sha256Hex("other")), want: mismatch},
		"wrong hash signed":    {signature: func(s *signature) { s.payloadHash = sha256Hex("other") }, want: mismatch},
		"other service": {
			signature: func(s *signature) { s.service = "customerprofiles" },
			want:      invalid("Credential should be scoped to correct service: 'profile'."),
		},
		"expired": {
			signature: func(s *signature) { s.time = s.time.Add(-6 * time.Minute) },
			want:      invalid("Signature expired: "),
		},
		"not yet valid": {
			signature: func(s *signature) { s.time = s.time.Add(6 * time.Minute) },
			want:      invalid("Signature not yet current: "),
		},
	}
	service := newService(t)
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRequest(t, http.MethodGet, completePath, "text")
			r.Header.Set("X-Other", "1")
			s := validSignature("text")
			if tc.signature != nil {
				tc.signature(&s)
			}
			s.sign(t, r)
			if tc.change != nil {
				tc.change(r)
			}
			checkErrorResponse(t, serve(service, r), tc.want)
		})
	}
}

func setHeader(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func editAuth(old, replacement string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, replacement, 1))
	}
}

// Each request is valid, but the Go SDK would not send it.
func TestValidSignatures(t *testing.T) {
	t.Parallel()
	service := newService(t)
	tests := map[string]struct {
		signature     func(*signature)
		before, after func(*http.Request) // the request is signed
	}{
		"4 minutes old":   {signature: func(s *signature) { s.time = s.time.Add(-4 * time.Minute) }},
		"unsigned header": {after: setHeader("X-Forwarded-For", "192.0.2.1")},
		"repeated header": {before: func(r *http.Request) { r.Header["X-Other"] = []string{"  a   b ", "c"} }},
		"query":           {before: func(r *http.Request) { r.URL.RawQuery = "b=2&a=%20x&a=1&c" }},
		"payload hash":    {before: setHeader("X-Amz-Content-Sha256", sha256Hex("text"))},
		"no spaces": {after: func(r *http.Request) {
			r.Header.Set("Authorization", strings.ReplaceAll(r.Header.Get("Authorization"), ", ", ","))
		}},
		"signed user agent": {
			// The signer signs it only if the name is in lower case.
			before: func(r *http.Request) { r.Header["user-agent"] = []string{"other/1.0"} },
			after: func(r *http.Request) {
				delete(r.Header, "user-agent")
				r.Header.Set("User-Agent", "other/1.0")
			},
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRequest(t, http.MethodGet, completePath, "text")
			s := validSignature("text")
			if tc.signature != nil {
				tc.signature(&s)
			}
			if tc.before != nil {
				tc.before(r)
			}
			s.sign(t, r)
			if tc.after != nil {
				tc.after(r)
			}
			if w := serve(service, r); w.Code != http.StatusOK {
				t.Errorf("got %d %s", w.Code, w.Body)
			}
		})
	}
}

// The cached signing key of the previous secret must not be used.
func TestCredentialReplaced(t *testing.T) {
	t.Parallel()
	service := newService(t)
	r := signedRequest(t, http.MethodGet, completePath, "")
	if w := serve(service, r); w.Code != http.StatusOK {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	service.AddCredential(simulator.Credential{AccessKeyID: accessKeyID, SecretAccessKey: "new"})
	checkErrorResponse(t, serve(service, r), forbidden("InvalidSignatureException", ""))
}
