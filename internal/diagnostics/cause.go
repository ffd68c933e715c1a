// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// cause is why a request failed.
type cause struct {
	// title is the summary of the diagnostic.
	title string
	// describe says what was requested and what came back.
	describe func(failure) string
	// advise says what to do.
	advise func(failure) string
}

var (
	notFound            = cause{"", failure.outcome, adviseNotFound} // Its summary says what wasn't found.
	accessDenied        = cause{"Access denied by Customer Profiles", failure.outcome, adviseAccessDenied}
	rejectedCredentials = cause{"AWS credentials rejected", failure.outcome, adviseRejectedCredentials}
	missingCredentials  = cause{"Could not retrieve AWS credentials", failure.outcome, adviseMissingCredentials}
	throttled           = cause{"Throttled by Customer Profiles", failure.outcome, adviseThrottled}
	rejectedRequest     = cause{"Request rejected by Customer Profiles", failure.outcome, adviseRejectedRequest}
	serverError         = cause{"Customer Profiles server error", failure.outcome, adviseServerError}
	malformedResponse   = cause{"Malformed response from Customer Profiles", failure.outcome, adviseMalformedResponse}
	proxyRefused        = cause{"Proxy refused the connection", failure.outcome, adviseProxyRefused}
	invalidHeader       = cause{"Invalid request header", failure.outcome, adviseInvalidHeader}
	noResponse          = cause{"No response from Customer Profiles", failure.outcome, adviseNoResponse}
	timedOut            = cause{"Read timed out", failure.interrupted, adviseTimedOut}
	canceled            = cause{"Read canceled", failure.interrupted, adviseCanceled}
)

// summary returns the summary of the diagnostic.
func (c cause) summary(f failure) string {
	if c.title != "" {
		return c.title
	}
	if f.isDomainMissing() {
		return "Domain not found"
	}
	return strings.ToUpper(f.Kind[:1]) + f.Kind[1:] + " not found"
}

// isDomainMissing reports whether the domain wasn't found. Customer Profiles
// returns one error code for a missing domain and a missing object. Only the
// message distinguishes them.
func (f failure) isDomainMissing() bool {
	return f.Kind == "" || f.mentions("domain") && !f.mentions(f.Kind)
}

// wordPattern matches a word of a message, or the name of a domain.
var wordPattern = regexp.MustCompile(`[\w-]+`)

// mentions reports whether the message of the service has the word. The name of
// the domain doesn't count.
func (f failure) mentions(word string) bool {
	return slices.ContainsFunc(wordPattern.FindAllString(f.response.message, -1), func(found string) bool {
		return found != f.DomainName && strings.Contains(strings.ToLower(found), word)
	})
}

// causesByCode has the error codes of the API and of request signing, except for
// those that the SDK classifies; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/CommonErrors.html.
var causesByCode = map[string]cause{
	"ResourceNotFoundException":           notFound,
	"AccessDeniedException":               accessDenied,
	"BadRequestException":                 rejectedRequest,
	"InternalServerException":             serverError,
	"UnrecognizedClientException":         rejectedCredentials,
	"InvalidSignatureException":           rejectedCredentials,
	"ExpiredTokenException":               rejectedCredentials,
	"ExpiredToken":                        rejectedCredentials,
	"MissingAuthenticationTokenException": rejectedCredentials,
	"MissingAuthenticationToken":          rejectedCredentials,
	"IncompleteSignatureException":        rejectedCredentials,
	"IncompleteSignature":                 rejectedCredentials,
	"InvalidClientTokenId":                rejectedCredentials,
	"SignatureDoesNotMatch":               rejectedCredentials,
	"RequestExpired":                      rejectedCredentials,
	"RequestTimeTooSkewed":                rejectedCredentials,
}

// causeByCode returns the cause for an error code. It reports false for a code
// that is not known.
func causeByCode(code string) (cause, bool) {
	if _, ok := retry.DefaultThrottleErrorCodes[code]; ok {
		return throttled, true
	}
	if _, ok := retry.DefaultRetryableErrorCodes[code]; ok {
		return serverError, true
	}
	known, ok := causesByCode[code]
	return known, ok
}

// classify returns the cause of a failure.
func classify(ctx context.Context, f failure) cause {
	var credentials *conns.CredentialsError
	var malformed *conns.MalformedResponseError
	var proxy *conns.ProxyRefusedError
	var header *conns.InvalidHeaderError
	known, ok := causeByCode(f.response.code)
	status := f.response.status
	switch {
	// A response that arrived before the deadline takes precedence over the timeout.
	case endedBy(ctx, f.Err):
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return timedOut
		}
		return canceled
	// An error of the credentials provider can have a code, but not one of Customer Profiles.
	case errors.As(f.Err, &credentials):
		return missingCredentials
	case errors.As(f.Err, &proxy):
		return proxyRefused
	case errors.As(f.Err, &header):
		return invalidHeader
	case errors.As(f.Err, &malformed):
		return malformedResponse
	case ok:
		return known
	case status == http.StatusTooManyRequests:
		return throttled
	case status >= http.StatusInternalServerError:
		return serverError
	case status >= http.StatusBadRequest && f.response.code != "":
		return causeByStatus(status)
	// AWS returns a code with every error, so another server responded.
	case f.response.received():
		return malformedResponse
	}
	return noResponse
}

// endedBy reports whether err is a consequence of the end of ctx. The timeout of
// a single attempt is not.
func endedBy(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Canceled))
}

// causeByStatus returns the cause of an error whose code is not known.
func causeByStatus(status int) cause {
	switch status {
	case http.StatusForbidden:
		return accessDenied
	case http.StatusNotFound: // The API has one code for this status, so another server responded.
		return malformedResponse
	}
	return rejectedRequest
}
