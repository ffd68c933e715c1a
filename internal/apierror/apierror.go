// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package apierror turns what went wrong with a call of Customer Profiles into
// a diagnostic that a person can act on: what was asked of whom, what came
// back, and what to do about it.
package apierror

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Call is what was asked, and of whom.
type Call struct {
	// Operation is the API's name for it, such as "GetWorkflow".
	Operation string
	// DomainName is the domain that was asked about.
	DomainName string
	// Subject is what was asked for in the domain, such as `workflow "0123…"`.
	// It is empty where the domain's list was asked for.
	Subject string
	// Region is the Region that was asked.
	Region string
	// Timeout is how long the whole read may take.
	Timeout time.Duration
}

// UnreadableError is an answer that is no answer: it came with a success as
// its status, and does not hold what the API promises.
type UnreadableError struct {
	// Problem says what is wrong, as the end of a sentence that begins with
	// "The answer cannot be read: ".
	Problem string
	// RequestID is the answer's, where the error does not carry it otherwise.
	RequestID string
}

// Error returns the problem.
func (e *UnreadableError) Error() string { return "the answer cannot be read: " + e.Problem }

// Diagnostic describes the failure err of a call. It never holds a credential,
// and shows control characters of the answer escaped.
func Diagnostic(ctx context.Context, call Call, err error) diag.Diagnostic {
	came := newAnswer(err)
	cause := findCause(ctx, err, came)
	detail := []string{call.asked(), came.String(), cause.advice(call)}
	return diag.NewErrorDiagnostic(cause.summary, strings.Join(detail, "\n\n"))
}

func (c Call) asked() string {
	subject := ""
	if c.Subject != "" {
		subject = c.Subject + " of "
	}
	return fmt.Sprintf("%s asked for %sdomain %q in Region %s.", c.Operation, subject, c.DomainName, c.Region)
}

// answer is what came back: any of it may be missing.
type answer struct {
	code, message, requestID string
	status                   int
}

func newAnswer(err error) answer {
	var came answer
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		came.requestID = response.ServiceRequestID()
		if response.Response != nil && response.Response.Response != nil {
			came.status = response.HTTPStatusCode()
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
	case errors.As(err, &api):
		came.code, came.message = api.ErrorCode(), api.ErrorMessage()
	default:
		came.message = err.Error()
	}
	return came
}

// String is one line: code and message, then status and request ID.
func (a answer) String() string {
	var text strings.Builder
	text.WriteString("Answer: ")
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

// Printable escapes what a terminal would obey instead of showing.
func Printable(text string) string {
	var shown strings.Builder
	for _, r := range text {
		if strconv.IsPrint(r) {
			shown.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRune(r)
		shown.WriteString(quoted[1 : len(quoted)-1])
	}
	return shown.String()
}
