// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

const (
	signingName     = "profile"
	algorithm       = "AWS4-HMAC-SHA256"
	scopeTerminator = "aws4_request"
	amzDateFormat   = "20060102T150405Z"

	// maxClockSkew is how far a signature's time may be from the current time.
	maxClockSkew = 5 * time.Minute

	incompleteSignature = "IncompleteSignatureException"
	invalidSignature    = "InvalidSignatureException"
)

// authorization is a parsed Authorization header.
type authorization struct {
	accessKeyID, date, region, service, terminator string

	signedHeaders []string
	signature     string
}

// parseAuthorization parses an Authorization header. If the header is
// malformed, it returns what it could parse, for the log of calls, and AWS's
// error message.
func parseAuthorization(header string) (auth authorization, message string) {
	rest, ok := strings.CutPrefix(header, algorithm+" ")
	if !ok {
		return auth, fmt.Sprintf("Authorization header requires '%s' as its algorithm.", algorithm)
	}
	parts := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok {
			return auth, "Authorization header contains an invalid key=value pair (missing equal-sign)."
		}
		parts[name] = value
	}
	auth.signature = parts["Signature"]
	auth.signedHeaders = strings.Split(parts["SignedHeaders"], ";")
	var missing []string
	for _, name := range []string{"Credential", "Signature", "SignedHeaders"} {
		if parts[name] == "" {
			missing = append(missing, fmt.Sprintf("Authorization header requires '%s' parameter.", name))
		}
	}
	if len(missing) > 0 {
		return auth, strings.Join(missing, " ")
	}
	scope := strings.Split(parts["Credential"], "/")
	if len(scope) != 5 || slices.Contains(scope, "") {
		return auth, fmt.Sprintf("Credential must have exactly 5 slash-delimited elements, "+
			"e.g. keyid/date/region/service/term, got '%s'", parts["Credential"])
	}
	auth.accessKeyID, auth.date, auth.region = scope[0], scope[1], scope[2]
	auth.service, auth.terminator = scope[3], scope[4]
	return auth, ""
}

// authenticate returns the code and the message of AWS's error if the request is
// not signed by a known credential.
func (s *Service) authenticate(req *request) (code, message string) {
	if req.Header.Get("Authorization") == "" {
		return "MissingAuthenticationTokenException", "Missing Authentication Token"
	}
	if req.authError != "" {
		return incompleteSignature, req.authError
	}
	date := req.Header.Get("X-Amz-Date")
	if date == "" {
		return incompleteSignature, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
	}
	signedAt, err := time.Parse(amzDateFormat, date)
	if err != nil {
		return incompleteSignature, "Date must be in ISO-8601 'basic format'. " +
			"Got '" + date + "'. See http://en.wikipedia.org/wiki/ISO_8601"
	}
	credential, ok := s.state.credentials[req.auth.accessKeyID]
	if !ok || !constantTimeEqual(credential.SessionToken, req.Header.Get("X-Amz-Security-Token")) {
		return "UnrecognizedClientException", "The security token included in the request is invalid."
	}
	if message := checkScope(req.auth, signedAt, req.receivedAt.UTC()); message != "" {
		return invalidSignature, message
	}
	if !credential.verify(req, signedAt) {
		return invalidSignature, "The request signature we calculated does not match the signature you provided. " +
			"Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
	}
	return "", ""
}

// checkScope returns AWS's error message if the credential scope or the time of
// the signature is invalid. Every Region is valid.
func checkScope(auth authorization, signedAt, now time.Time) string {
	var messages []string
	add := func(format string, args ...any) { messages = append(messages, fmt.Sprintf(format, args...)) }
	if auth.service != signingName {
		add("Credential should be scoped to correct service: '%s'.", signingName)
	}
	if auth.terminator != scopeTerminator {
		add("Credential should be scoped with a valid terminator: '%s', not '%s'.", scopeTerminator, auth.terminator)
	}
	date := signedAt.Format(amzDateFormat)
	if day := signedAt.Format("20060102"); auth.date != day {
		add("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "+
			"'%s' != '%s', from '%s'.", auth.date, day, date)
	}
	if oldest := now.Add(-maxClockSkew); signedAt.Before(oldest) {
		add("Signature expired: %s is now earlier than %s (%s - %.0f min.)",
			date, oldest.Format(amzDateFormat), now.Format(amzDateFormat), maxClockSkew.Minutes())
	}
	if newest := now.Add(maxClockSkew); signedAt.After(newest) {
		add("Signature not yet current: %s is still later than %s (%s + %.0f min.)",
			date, newest.Format(amzDateFormat), now.Format(amzDateFormat), maxClockSkew.Minutes())
	}
	return strings.Join(messages, " ")
}

// verify signs the request again, and reports whether the signatures match. It
// doesn't reuse a signer, because a signer keeps the signing key of every Region
// that it has seen, and a client can name any Region.
func (c Credential) verify(req *request, signedAt time.Time) bool {
	sum := sha256.Sum256(req.body)
	hash := hex.EncodeToString(sum[:])
	declared := req.Header.Values("X-Amz-Content-Sha256")
	if len(declared) > 0 && !slices.Equal(declared, []string{hash}) {
		return false
	}
	// With a session token, the signer would add a header to the request.
	credentials := aws.Credentials{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey}
	signed := unsignedCopy(req)
	err := v4.NewSigner().SignHTTP(req.Context(), credentials, signed, hash, req.auth.service, req.auth.region, signedAt)
	if err != nil {
		return false
	}
	want, _ := parseAuthorization(signed.Header.Get("Authorization"))
	return slices.Equal(want.signedHeaders, req.auth.signedHeaders) &&
		constantTimeEqual(want.signature, req.auth.signature)
}

// unsignedCopy copies the signed parts of the request.
func unsignedCopy(req *request) *http.Request {
	unsigned := &http.Request{
		Method: req.Method,
		URL:    &url.URL{Path: req.URL.Path, RawPath: req.URL.RawPath, RawQuery: req.URL.RawQuery},
		Host:   req.Host,
		Header: make(http.Header, len(req.auth.signedHeaders)+2),
	}
	for _, name := range req.auth.signedHeaders {
		switch values := req.Header.Values(name); {
		case name == "host", name == "x-amz-date":
			// The signer always signs these. If the client did not, the lists of
			// signed headers differ.
		case name == "content-length":
			unsigned.ContentLength = req.ContentLength
		case len(values) > 0:
			// The signer ignores some canonical names that other SDKs sign, such
			// as User-Agent. It signs them in lower case.
			unsigned.Header[name] = values
		}
	}
	return unsigned
}

func constantTimeEqual(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
