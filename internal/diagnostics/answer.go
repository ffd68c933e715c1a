// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// unknownCode is what the SDK calls an error whose answer names no code.
const unknownCode = "UnknownError"

// maxShown is how much of a text of the answer is shown, in bytes: a page of HTML
// tells by its beginning what it is.
const maxShown = 1000

// answer is what came back: any of it may be missing.
type answer struct {
	code, message, requestID string
	status                   int
	// skew is how far this machine's clock is ahead of the service's.
	skew time.Duration
}

func newAnswer(err error) answer {
	var came answer
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		came.requestID = response.ServiceRequestID()
		if response.Response != nil && response.Response.Response != nil {
			came.status = response.HTTPStatusCode()
			came.skew = skew(response.Response.Header)
		}
	}
	var unreadable *UnreadableError
	var api smithy.APIError
	switch {
	case errors.As(err, &unreadable):
		came.message = unreadable.Problem
		if came.requestID == "" {
			came.requestID = unreadable.RequestID
		}
	case !errors.As(err, &api):
		came.message = bare(err).Error()
	case api.ErrorCode() != unknownCode:
		came.code, came.message = api.ErrorCode(), api.ErrorMessage()
	case api.ErrorMessage() == unknownCode:
		came.message = "an error without a code"
	default:
		came.message = "an error without a code: " + api.ErrorMessage()
	}
	return came
}

// arrived is whether an answer came at all.
func (a answer) arrived() bool { return a.status != 0 || a.requestID != "" || a.code != "" }

// String is one line: code and message, then status and request ID.
func (a answer) String() string {
	var text strings.Builder
	if a.code != "" {
		text.WriteString(Printable(a.code) + ": ")
	}
	text.WriteString(Printable(a.message))
	var facts []string
	if a.status != 0 {
		facts = append(facts, "HTTP status "+strconv.Itoa(a.status))
	}
	if a.requestID != "" {
		facts = append(facts, "request ID "+Printable(a.requestID))
	}
	if len(facts) > 0 {
		text.WriteString(" (" + strings.Join(facts, ", ") + ")")
	}
	return text.String()
}

// skew is how far this machine's clock is ahead of the one that wrote the
// answer's Date, or 0 where it does not say.
func skew(header http.Header) time.Duration {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0
	}
	return time.Since(date).Round(time.Second)
}

// bare is err without the wrappers that repeat the operation, the URL and
// facts that stand elsewhere in the diagnostic.
func bare(err error) error {
	for {
		switch err.(type) { //nolint:errorlint // Each wrapper is taken off in its turn.
		case *CallError, *CredentialsError, *smithy.OperationError, *smithy.CanceledError, *aws.RequestCanceledError,
			*retry.MaxAttemptsError, *awshttp.ResponseError, *smithyhttp.ResponseError, *smithyhttp.RequestSendError, *url.Error:
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

// Printable is the beginning of a text that came from the API, which may be of
// any length. It escapes what a terminal would obey instead of showing.
func Printable(text string) string {
	var shown strings.Builder
	for i, r := range text {
		if i >= maxShown {
			return shown.String() + "…"
		}
		if strconv.IsPrint(r) {
			shown.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRune(r)
		shown.WriteString(quoted[1 : len(quoted)-1])
	}
	return shown.String()
}
