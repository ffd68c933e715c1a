// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"context"
	"errors"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// cause is why a call failed, as far as its answer tells.
type cause struct {
	summary string
	// came says what came back.
	came func(failure) string
	// advice says what to do.
	advice func(failure) string
}

var (
	notFound       = cause{"Not found in Customer Profiles", failure.answered, adviseNotFound}
	accessDenied   = cause{"Access denied by Customer Profiles", failure.answered, adviseAccessDenied}
	badCredentials = cause{"AWS credentials refused", failure.answered, adviseBadCredentials}
	noCredentials  = cause{"AWS credentials not renewed", failure.answered, adviseNoCredentials}
	throttled      = cause{"Throttled by Customer Profiles", failure.answered, adviseThrottled}
	badRequest     = cause{"Refused by Customer Profiles", failure.answered, adviseBadRequest}
	serverError    = cause{"Customer Profiles failed", failure.answered, adviseServerError}
	timedOut       = cause{"Timed out", failure.stopped, adviseTimedOut}
	cancelled      = cause{"Cancelled", failure.stopped, adviseCancelled}
	unreadable     = cause{"Unreadable answer from Customer Profiles", failure.answered, adviseUnreadable}
	noAnswer       = cause{"No answer from Customer Profiles", failure.answered, adviseNoAnswer}
)

// The codes are those of the API's model and of AWS's signing, but for those that
// the SDK knows by itself; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/CommonErrors.html.
var causesByCode = map[string]cause{
	"ResourceNotFoundException":           notFound,
	"AccessDeniedException":               accessDenied,
	"BadRequestException":                 badRequest,
	"InternalServerException":             serverError,
	"UnrecognizedClientException":         badCredentials,
	"InvalidSignatureException":           badCredentials,
	"ExpiredTokenException":               badCredentials,
	"ExpiredToken":                        badCredentials,
	"MissingAuthenticationTokenException": badCredentials,
	"MissingAuthenticationToken":          badCredentials,
	"IncompleteSignatureException":        badCredentials,
	"IncompleteSignature":                 badCredentials,
	"InvalidClientTokenId":                badCredentials,
	"SignatureDoesNotMatch":               badCredentials,
	"RequestExpired":                      badCredentials,
	"RequestTimeTooSkewed":                badCredentials,
}

// causeByCode is the cause that a code names. What throttles, and what took the
// service too long, is what the SDK retries as such.
func causeByCode(code string) (named cause, ok bool) {
	if _, ok := retry.DefaultThrottleErrorCodes[code]; ok {
		return throttled, true
	}
	if _, ok := retry.DefaultRetryableErrorCodes[code]; ok {
		return serverError, true
	}
	named, ok = causesByCode[code]
	return named, ok
}

func findCause(ctx context.Context, f failure) cause {
	var fetching *CredentialsError
	var notRead *UnreadableError
	known, ok := causeByCode(f.came.code)
	status := f.came.status
	switch {
	// An answer that came as the time ran out is still the answer.
	case EndedBy(ctx, f.Err):
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return timedOut
		}
		return cancelled
	// Its answer is another service's, whatever the code says.
	case errors.As(f.Err, &fetching):
		return noCredentials
	case errors.As(f.Err, &notRead) && status < http.StatusBadRequest:
		return unreadable
	case ok:
		return known
	case status == http.StatusTooManyRequests:
		return throttled
	case status >= http.StatusInternalServerError:
		return serverError
	case status >= http.StatusBadRequest && f.came.code != "":
		return causeByStatus(status)
	// AWS names a code in every error: something else is answering.
	case f.came.arrived():
		return unreadable
	}
	return noAnswer
}

// EndedBy is whether err is what the end of ctx made of a call. One attempt that
// took too long is a deadline, too, but has another cause to it.
func EndedBy(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Canceled))
}

// causeByStatus is the cause of an error whose code is not known.
func causeByStatus(status int) cause {
	switch status {
	case http.StatusForbidden:
		return accessDenied
	case http.StatusNotFound:
		return notFound
	}
	return badRequest
}
