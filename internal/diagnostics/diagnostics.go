// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package diagnostics turns the errors of requests to Customer Profiles into
// diagnostics that a person can act on: what was requested, what came back, and
// what to do.
package diagnostics

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// Request describes what a data source requested.
type Request struct {
	// Subject is what was requested of the domain, such as `workflow "0123…"` or
	// "the workflows".
	Subject string
	// DomainName is the name of the domain. It is empty if the request isn't about
	// a domain.
	DomainName string
	// Kind is the kind of object that was requested, such as "workflow". It is empty
	// if the domain itself was requested, or a list of what it has.
	Kind string
	// Key is what identifies the object in its domain, such as "workflow ID".
	Key string
	// Timeout limits the read as a whole.
	Timeout time.Duration
}

// describe returns the operation, what was requested, and the Region, such as
// `GetWorkflow for workflow "0123…" in domain "acme" (us-east-1)`.
func (r Request) describe(operation, region string) string {
	if r.DomainName == "" {
		return fmt.Sprintf("%s for %s (%s)", operation, r.Subject, region)
	}
	return fmt.Sprintf("%s for %s in domain %q (%s)", operation, r.Subject, r.DomainName, region)
}

// failure is everything that a diagnostic is made from.
type failure struct {
	Request
	*conns.RequestError
	response response
}

// FromError returns a diagnostic for a failed read. The error is a
// [conns.RequestError], a [WaitError], a [StatusError], or a [ListStatusError]. If
// it was caused by the end of ctx, the diagnostic reports a timeout or a
// cancellation. Control characters from the response are escaped.
func FromError(ctx context.Context, err error, request Request) diag.Diagnostic {
	var status *StatusError
	var list *ListStatusError
	var wait *WaitError
	switch {
	case errors.As(err, &list):
		return list.diagnostic(request)
	case errors.As(err, &status):
		return status.diagnostic(request)
	case errors.As(err, &wait):
		return wait.diagnostic(ctx, request)
	}
	f := newFailure(err, request)
	c := classify(ctx, f)
	return diag.NewErrorDiagnostic(c.summary(f), c.describe(f)+"\n\n"+c.advise(f))
}

func newFailure(err error, request Request) failure {
	f := failure{Request: request, response: newResponse(err)}
	if !errors.As(err, &f.RequestError) {
		f.RequestError = &conns.RequestError{Err: err}
	}
	return f
}

// outcome returns what came back, and after how many attempts.
func (f failure) outcome() string {
	text := f.Request.describe(f.Operation, f.Region)
	var credentials *conns.CredentialsError
	var malformed *conns.MalformedResponseError
	switch {
	case errors.As(f.Err, &credentials):
		text += " failed without credentials: "
	case errors.As(f.Err, &malformed), f.response.isSuccess():
		text += " returned a malformed response: "
	case !f.response.received():
		text += " failed without a response: "
	default:
		text += " returned "
	}
	text += f.response.String()
	if f.Attempts > 1 {
		text += fmt.Sprintf(", after %d attempts in %s", f.Attempts, round(f.Elapsed))
	}
	return text + "."
}

// interrupted returns when a request was stopped, and the last transient error.
func (f failure) interrupted() string {
	if f.Attempts == 0 {
		return f.Request.describe(f.Operation, f.Region) + " was stopped before its first attempt."
	}
	text := fmt.Sprintf("%s was stopped after %s and %d of at most %d attempts.",
		f.Request.describe(f.Operation, f.Region), round(f.Elapsed), f.Attempts, f.MaxAttempts)
	if credentials, ok := errors.AsType[*conns.CredentialsError](f.Err); ok {
		text += " It waited for credentials: " + escape(unwrapTransport(credentials.Err).Error()) + "."
	}
	if f.LastTransientErr == nil {
		return text + " No attempt had failed."
	}
	return text + " The last error was " + newResponse(f.LastTransientErr).String() + "."
}

// round rounds a duration to what matters to a reader.
func round(d time.Duration) time.Duration {
	if d < time.Second {
		return d.Round(time.Millisecond)
	}
	return d.Round(10 * time.Millisecond)
}
