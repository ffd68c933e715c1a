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
	algorithm  = "AWS4-HMAC-SHA256"
	terminator = "aws4_request"
	dateForm   = "20060102T150405Z"

	// maxSkew is how far a request's time may be from the service's.
	maxSkew = 5 * time.Minute

	// emptyPayloadHash is the SHA-256 of no bytes, which most requests have.
	emptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

// authorization is an Authorization header taken apart.
type authorization struct {
	accessKeyID, date, region, service, terminator string

	signedHeaders []string
	signature     string
}

// parseAuthorization takes apart what it can, for the log of calls, and says
// what is wrong with the rest in the words of AWS.
func parseAuthorization(header string) (auth authorization, fault string) {
	rest, ok := strings.CutPrefix(header, algorithm+" ")
	if !ok {
		return auth, fmt.Sprintf("Authorization header requires '%s' as its algorithm.", algorithm)
	}
	parts := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok {
			return auth, "Authorization header has what is not a valid key=value pair (missing equal-sign)."
		}
		parts[name] = value
	}
	auth.signature = parts["Signature"]
	if parts["SignedHeaders"] != "" {
		auth.signedHeaders = strings.Split(parts["SignedHeaders"], ";")
	}
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
		return auth, fmt.Sprintf("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '%s'", parts["Credential"])
	}
	auth.accessKeyID, auth.date, auth.region, auth.service, auth.terminator = scope[0], scope[1], scope[2], scope[3], scope[4]
	return auth, ""
}

// authenticate is the answer to a request whose sender is not known, or nil.
func (s *Service) authenticate(req *request) *Response {
	if req.Header.Get("Authorization") == "" {
		return forbidden("MissingAuthenticationTokenException", "Missing Authentication Token")
	}
	if req.authFault != "" {
		return incomplete(req.authFault)
	}
	date := req.Header.Get("X-Amz-Date")
	if date == "" {
		return incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
	}
	signedAt, err := time.Parse(dateForm, date)
	if err != nil {
		return incomplete(fmt.Sprintf("Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601", date))
	}

	s.mu.RLock()
	known := s.credentials[req.auth.accessKeyID]
	s.mu.RUnlock()
	if known == nil || !equal(known.sessionToken, req.Header.Get("X-Amz-Security-Token")) {
		return forbidden("UnrecognizedClientException", "The security token included in the request is invalid.")
	}
	if wrong := scopeFaults(req, date); wrong != "" {
		return invalidSignature(wrong)
	}
	if wrong := skew(signedAt, date, req.arrived); wrong != "" {
		return invalidSignature(wrong)
	}
	if !known.signed(req, signedAt) {
		return invalidSignature("The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
	}
	return nil
}

// scopeFaults says what is wrong with the credential scope. Every Region is
// right: one service stands for all of them.
func scopeFaults(req *request, date string) string {
	auth := req.auth
	var faults []string
	if auth.service != req.operation.service {
		faults = append(faults, fmt.Sprintf("Credential should be scoped to correct service: '%s'.", req.operation.service))
	}
	if auth.terminator != terminator {
		faults = append(faults, fmt.Sprintf("Credential should be scoped with a valid terminator: '%s', not '%s'.", terminator, auth.terminator))
	}
	if day := date[:len("20060102")]; auth.date != day {
		faults = append(faults, fmt.Sprintf("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'.", auth.date, day, date))
	}
	return strings.Join(faults, " ")
}

// skew says whether a request was signed too long ago, or in the future.
func skew(signedAt time.Time, date string, now time.Time) string {
	now = now.UTC()
	minutes := int(maxSkew / time.Minute)
	switch oldest, newest := now.Add(-maxSkew), now.Add(maxSkew); {
	case signedAt.Before(oldest):
		return fmt.Sprintf("Signature expired: %s is now earlier than %s (%s - %d min.)", date, oldest.Format(dateForm), now.Format(dateForm), minutes)
	case signedAt.After(newest):
		return fmt.Sprintf("Signature not yet current: %s is still later than %s (%s + %d min.)", date, newest.Format(dateForm), now.Format(dateForm), minutes)
	}
	return ""
}

// signer signs requests as the owner of a credential would. Each credential has
// a v4.Signer of its own: that keeps the keys it derives by Region and service,
// not by secret, and two credentials would take turns in throwing out each
// other's.
type signer struct {
	credentials  aws.Credentials
	sessionToken string
	v4           *v4.Signer
}

func newSigner(c Credential) *signer {
	return &signer{
		// The session token is left out: the signer would add its header to the
		// request, and it is to be signed only where the sender did.
		credentials:  aws.Credentials{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey},
		sessionToken: c.SessionToken,
		v4:           v4.NewSigner(),
	}
}

// signed tells whether req has the signature that s would give it.
func (s *signer) signed(req *request, at time.Time) bool {
	hash := emptyPayloadHash
	if len(req.body) > 0 {
		sum := sha256.Sum256(req.body)
		hash = hex.EncodeToString(sum[:])
	}
	if declared := req.Header.Values("X-Amz-Content-Sha256"); len(declared) > 0 && (len(declared) > 1 || declared[0] != hash) {
		return false
	}
	again := signedPart(req)
	if err := s.v4.SignHTTP(req.Context(), s.credentials, again, hash, req.auth.service, req.auth.region, at); err != nil {
		return false
	}
	want, fault := parseAuthorization(again.Header.Get("Authorization"))
	return fault == "" &&
		slices.Equal(want.signedHeaders, req.auth.signedHeaders) &&
		equal(want.signature, req.auth.signature)
}

// signedPart is the request with those headers only that its sender signed.
func signedPart(req *request) *http.Request {
	part := &http.Request{
		Method: req.Method,
		URL:    &url.URL{Path: req.URL.Path, RawPath: req.URL.RawPath, RawQuery: req.URL.RawQuery},
		Host:   req.Host,
		Header: make(http.Header, len(req.auth.signedHeaders)+2),
	}
	for _, name := range req.auth.signedHeaders {
		switch values := req.Header.Values(name); {
		case name == "host", name == "x-amz-date":
			// The signer always signs these two. A sender who did not has another
			// list of signed headers, and is refused for that.
		case name == "content-length":
			part.ContentLength = req.ContentLength
		case len(values) > 0:
			// In lower case: under their usual names the signer leaves some out
			// that other SDKs sign, such as User-Agent.
			part.Header[name] = values
		}
	}
	return part
}

// equal compares in a time that does not tell where two texts differ.
func equal(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

func forbidden(code, message string) *Response {
	return ErrorResponse(http.StatusForbidden, code, message)
}

func incomplete(message string) *Response {
	return ErrorResponse(http.StatusBadRequest, "IncompleteSignatureException", message)
}

func invalidSignature(message string) *Response {
	return forbidden("InvalidSignatureException", message)
}
