// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// unknownCode is the SDK's code for an error response without a code.
const unknownCode = "UnknownError"

// codePattern matches the error codes of AWS. Anything else may be part of a
// secret: the SDK cuts a code at "#" and ":", so that it can't be redacted.
var codePattern = regexp.MustCompile(`^[\w.-]+$`)

// response is what an error says about the response. Any part may be missing.
type response struct {
	code, message, requestID string
	status                   int
	// clockSkew is how far this machine's clock is ahead of the service's.
	clockSkew time.Duration
}

func newResponse(err error) response {
	var r response
	if failed, ok := errors.AsType[*conns.RequestError](err); ok {
		r.status, r.requestID = failed.StatusCode, failed.RequestID
	}
	if sdkResponse, ok := errors.AsType[*awshttp.ResponseError](err); ok {
		r.requestID = sdkResponse.ServiceRequestID()
		if sdkResponse.Response != nil && sdkResponse.Response.Response != nil {
			r.status = sdkResponse.HTTPStatusCode()
			r.clockSkew = clockSkew(sdkResponse.Response.Header)
		}
	}
	var malformed *conns.MalformedResponseError
	var api smithy.APIError
	switch {
	case errors.As(err, &malformed):
		r.message = malformed.Problem
	case !errors.As(err, &api):
		r.message = r.describe(unwrapTransport(err))
	case api.ErrorCode() != unknownCode && codePattern.MatchString(api.ErrorCode()):
		r.code, r.message = api.ErrorCode(), api.ErrorMessage()
	case api.ErrorMessage() == unknownCode:
		r.message = "an error without a valid code"
	default:
		r.message = "an error without a valid code: " + api.ErrorMessage()
	}
	return r
}

// describe returns what is wrong with the connection or the response.
func (r response) describe(err error) string {
	switch isEOF := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF); {
	case isEOF && r.status != 0:
		return "the body is truncated"
	case isEOF:
		return "the connection was closed"
	}
	return strings.TrimPrefix(err.Error(), "failed to decode response body with invalid JSON, ")
}

// isSuccess reports whether the status code is one of a success or a redirect.
func (r response) isSuccess() bool { return r.status != 0 && r.status < http.StatusBadRequest }

// received reports whether there was a response.
func (r response) received() bool { return r.status != 0 || r.requestID != "" || r.code != "" }

// String returns the code and the message, then the status and the request ID.
func (r response) String() string {
	var text strings.Builder
	text.WriteString(escape(r.code))
	if r.code != "" && r.message != "" {
		text.WriteString(": ")
	}
	text.WriteString(escape(strings.TrimSuffix(r.message, ".")))
	var facts []string
	if r.status != 0 {
		facts = append(facts, "HTTP "+strconv.Itoa(r.status))
	}
	if r.requestID != "" {
		facts = append(facts, "request ID "+escape(r.requestID))
	}
	if len(facts) > 0 {
		text.WriteString(" (" + strings.Join(facts, ", ") + ")")
	}
	return text.String()
}

// clockSkew returns how far this machine's clock is ahead of the clock that
// wrote the header Date, or 0 if there is no such header.
func clockSkew(header http.Header) time.Duration {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0
	}
	return time.Since(date).Round(time.Second)
}

// unwrapTransport returns err without the wrappers that repeat the operation,
// the URL, and other facts of the diagnostic.
func unwrapTransport(err error) error {
	for {
		switch err.(type) { //nolint:errorlint // Each wrapper is removed in turn.
		case *conns.RequestError, *smithy.OperationError, *smithy.CanceledError, *smithy.DeserializationError,
			*aws.RequestCanceledError, *retry.MaxAttemptsError, *awshttp.ResponseError, *smithyhttp.ResponseError,
			*smithyhttp.RequestSendError, *url.Error:
		default:
			return err
		}
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// escape escapes a text from a response, which is one line.
func escape(text string) string { return Escape(text, "") }

// Escape returns a text with the characters escaped that a terminal would
// interpret, except for those in keep.
func Escape(text, keep string) string {
	var escaped strings.Builder
	for _, r := range text {
		if strconv.IsPrint(r) || strings.ContainsRune(keep, r) {
			escaped.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRune(r)
		escaped.WriteString(quoted[1 : len(quoted)-1])
	}
	return escaped.String()
}
