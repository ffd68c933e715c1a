// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const mismatch = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."

func replaceAuthorization(from, to string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), from, to, 1))
	}
}

const missing, incomplete, invalid = "MissingAuthenticationTokenException", "IncompleteSignatureException", "InvalidSignatureException"

// What no SDK would send.
var signaturesRefused = map[string]struct {
	signing       func(*signing)
	change        func(*http.Request) // after it was signed
	status        int
	code, message string
}{
	"no header":           {nil, func(r *http.Request) { r.Header.Del("Authorization") }, 403, missing, "Missing Authentication Token"},
	"empty header":        {nil, func(r *http.Request) { r.Header.Set("Authorization", "") }, 403, missing, ""},
	"basic":               {nil, func(r *http.Request) { r.SetBasicAuth(accessKeyID, secretAccessKey) }, 400, incomplete, "AWS4-HMAC-SHA256"},
	"other algorithm":     {nil, replaceAuthorization("SHA256 ", "SHA512 "), 400, incomplete, "AWS4-HMAC-SHA256"},
	"no equal sign":       {nil, replaceAuthorization("Signature=", "Signature "), 400, incomplete, "missing equal-sign"},
	"no credential":       {nil, replaceAuthorization("Credential=", "Cred="), 400, incomplete, "requires 'Credential' parameter."},
	"no signed headers":   {nil, replaceAuthorization("SignedHeaders=", "Headers="), 400, incomplete, "requires 'SignedHeaders' parameter."},
	"no signature":        {nil, replaceAuthorization("Signature=", "Sig="), 400, incomplete, "requires 'Signature' parameter."},
	"scope of 4":          {nil, replaceAuthorization("/aws4_request", ""), 400, incomplete, "exactly 5 slash-delimited elements"},
	"scope of 6":          {nil, replaceAuthorization("/aws4_request", "/aws4_request/x"), 400, incomplete, "exactly 5 slash-delimited elements"},
	"no region":           {nil, replaceAuthorization("us-east-1", ""), 400, incomplete, "exactly 5 slash-delimited elements"},
	"no date":             {nil, func(r *http.Request) { r.Header.Del("X-Amz-Date") }, 400, incomplete, "'X-Amz-Date'"},
	"date in other form":  {nil, func(r *http.Request) { r.Header.Set("X-Amz-Date", time.Now().Format(time.RFC3339)) }, 400, incomplete, "ISO-8601"},
	"other service":       {func(s *signing) { s.service = "customerprofiles" }, nil, 403, invalid, "Credential should be scoped to correct service: 'profile'."},
	"terminator":          {nil, replaceAuthorization("aws4_request", "aws5_request"), 403, invalid, "'aws4_request', not 'aws5_request'"},
	"date of scope":       {nil, func(r *http.Request) { replaceAuthorization(r.Header.Get("X-Amz-Date")[:8], "20130928")(r) }, 403, invalid, "Date in Credential scope does not match"},
	"too late":            {func(s *signing) { s.at = s.at.Add(-6 * time.Minute) }, nil, 403, invalid, "Signature expired: "},
	"a year late":         {func(s *signing) { s.at = s.at.AddDate(-1, 0, 0) }, nil, 403, invalid, " - 5 min.)"},
	"too early":           {func(s *signing) { s.at = s.at.Add(6 * time.Minute) }, nil, 403, invalid, "Signature not yet current: "},
	"other date":          {nil, func(r *http.Request) { moveDate(r, time.Second) }, 403, invalid, mismatch},
	"other region":        {nil, replaceAuthorization("us-east-1", "us-east-2"), 403, invalid, mismatch},
	"other path":          {nil, func(r *http.Request) { r.URL.Path += "0" }, 403, invalid, mismatch},
	"other query":         {nil, func(r *http.Request) { r.URL.RawQuery = "x=1" }, 403, invalid, mismatch},
	"other host":          {nil, func(r *http.Request) { r.Host = "profile.us-east-1.amazonaws.com" }, 403, invalid, mismatch},
	"other signed header": {nil, func(r *http.Request) { r.Header.Set("X-Other", "2") }, 403, invalid, mismatch},
	"signed header gone":  {nil, func(r *http.Request) { r.Header.Del("X-Other") }, 403, invalid, mismatch},
	"fewer signed":        {nil, replaceAuthorization(";x-other", ""), 403, invalid, mismatch},
	"host not signed":     {nil, replaceAuthorization("=host;", "="), 403, invalid, mismatch},
	"date not signed":     {nil, replaceAuthorization(";x-amz-date", ""), 403, invalid, mismatch},
	"order of signed":     {nil, replaceAuthorization("x-amz-date;x-other", "x-other;x-amz-date"), 403, invalid, mismatch},
	"truncated signature": {nil, func(r *http.Request) { a := r.Header.Get("Authorization"); r.Header.Set("Authorization", a[:len(a)-1]) }, 403, invalid, mismatch},
	"other payload":       {nil, func(r *http.Request) { setBody(r, "{}") }, 403, invalid, mismatch},
	"other payload hash":  {func(s *signing) { s.hash = strings.Repeat("0", 64) }, nil, 403, invalid, mismatch},
	"unsigned payload":    {func(s *signing) { s.hash = "UNSIGNED-PAYLOAD" }, declareHash("UNSIGNED-PAYLOAD"), 403, invalid, mismatch},
	"hash in header only": {nil, declareHash(strings.Repeat("0", 64)), 403, invalid, mismatch},
}

func TestSignaturesRefused(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	for name, test := range signaturesRefused {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRequest(t, http.MethodGet, server.URL+completePath, "")
			r.Header.Set("X-Other", "1")
			s := newSigning()
			if test.signing != nil {
				test.signing(&s)
			}
			s.sign(t, r)
			if test.change != nil {
				test.change(r)
			}
			response, body := do(t, r)
			checkRefusal(t, response, body, test.status, test.code, test.message)
		})
	}
}

func moveDate(r *http.Request, by time.Duration) {
	const form = "20060102T150405Z"
	date, err := time.Parse(form, r.Header.Get("X-Amz-Date"))
	if err != nil {
		panic(err)
	}
	moved := date.Add(by).Format(form)
	r.Header.Set("X-Amz-Date", moved)
	replaceAuthorization(date.Format("/20060102/"), "/"+moved[:8]+"/")(r) // at midnight
}

func setBody(r *http.Request, body string) {
	r.Body = io.NopCloser(strings.NewReader(body))
	r.ContentLength = int64(len(body))
}

func declareHash(hash string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("X-Amz-Content-Sha256", hash) }
}

// What other SDKs send, and the Go one does not.
func TestSignaturesAccepted(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	sum := sha256.Sum256([]byte(`{"a":1}`))
	hash := hex.EncodeToString(sum[:])
	tests := map[string]struct {
		signing func(*signing)
		before  func(*http.Request) // it is signed
		after   func(*http.Request)
	}{
		"4 minutes late":  {func(s *signing) { s.at = s.at.Add(-4 * time.Minute) }, nil, nil},
		"4 minutes early": {func(s *signing) { s.at = s.at.Add(4 * time.Minute) }, nil, nil},
		"unsigned header": {nil, nil, func(r *http.Request) { r.Header.Set("X-Forwarded-For", "192.0.2.1") }},
		"signed user agent": {
			nil,
			func(r *http.Request) { r.Header["user-agent"] = []string{"other/1.0"} }, // so named, the signer takes it
			func(r *http.Request) { r.Header.Set("User-Agent", "other/1.0"); delete(r.Header, "user-agent") },
		},
		"two values, spaces": {nil, func(r *http.Request) { r.Header["X-Other"] = []string{"  a   b ", "c"} }, nil},
		"query":              {nil, func(r *http.Request) { r.URL.RawQuery = "b=2&a=%20x&a=1&c" }, nil},
		"body":               {func(s *signing) { s.hash = hash }, func(r *http.Request) { setBody(r, `{"a":1}`) }, nil},
		"body and its hash": {func(s *signing) { s.hash = hash }, func(r *http.Request) {
			setBody(r, `{"a":1}`)
			declareHash(hash)(r)
		}, nil},
		"no spaces after commas": {nil, nil, func(r *http.Request) {
			r.Header.Set("Authorization", strings.ReplaceAll(r.Header.Get("Authorization"), ", ", ","))
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRequest(t, http.MethodGet, server.URL+completePath, "")
			s := newSigning()
			if test.signing != nil {
				test.signing(&s)
			}
			if test.before != nil {
				test.before(r)
			}
			s.sign(t, r)
			if test.after != nil {
				test.after(r)
			}
			if response, body := do(t, r); response.StatusCode != http.StatusOK {
				t.Errorf("got %d %s", response.StatusCode, body)
			}
		})
	}
}

// The signing keys are kept; those of a secret that was replaced must not be.
func TestACredentialIsReplaced(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	if _, err := getWorkflow(t, server.URL, alice, "acme", completeID); err != nil {
		t.Fatal(err)
	}
	service.AddCredential(simulator.Credential{AccessKeyID: accessKeyID, SecretAccessKey: "new", SessionToken: "token"})
	_, err := getWorkflow(t, server.URL, alice, "acme", completeID)
	checkError(t, err, 403, "UnrecognizedClientException", "")
	wrong := caller{key: accessKeyID, secret: secretAccessKey, token: "token", region: "us-east-1"}
	_, err = getWorkflow(t, server.URL, wrong, "acme", completeID)
	checkError(t, err, 403, "InvalidSignatureException", "")
	right := wrong
	right.secret = "new"
	if _, err := getWorkflow(t, server.URL, right, "acme", completeID); err != nil {
		t.Error(err)
	}
}
