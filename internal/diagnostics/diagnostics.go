// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package diagnostics turns what went wrong with a call of Customer Profiles into
// a diagnostic that a person can act on: what was asked of whom, what came
// back, and what to do about it.
package diagnostics

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Call is what was asked, and of whom.
type Call struct {
	// Operation is the API's name for it, such as "GetWorkflow".
	Operation string
	// DomainName is the domain that was asked about, empty where it was the
	// account.
	DomainName string
	// Subject is what was asked for, such as `workflow "0123…"`. It is empty where
	// a domain's list was asked for.
	Subject string
	// Region is the Region that was asked.
	Region string
	// Timeout is how long the whole read may take.
	Timeout time.Duration
}

// failure is everything that a diagnostic is made from.
type failure struct {
	Call
	*CallError
	came answer
}

// Diagnostic describes the failure err of a call. It never holds a credential,
// and shows control characters of the answer escaped.
func Diagnostic(ctx context.Context, call Call, err error) diag.Diagnostic {
	f := newFailure(call, err)
	cause := findCause(ctx, f)
	return diag.NewErrorDiagnostic(cause.summary, f.asked()+"\n\n"+cause.came(f)+"\n\n"+cause.advice(f))
}

// Stopped says of a call that ended with its context when that was, in which
// attempt, and what the last error was.
func Stopped(err error) string { return newFailure(Call{}, err).stopped() }

func newFailure(call Call, err error) failure {
	f := failure{Call: call, came: newAnswer(err)}
	if !errors.As(err, &f.CallError) {
		f.CallError = &CallError{Err: err}
	}
	return f
}

func (c Call) asked() string {
	what := fmt.Sprintf("domain %q", c.DomainName)
	switch {
	case c.DomainName == "":
		what = c.Subject
	case c.Subject != "":
		what = c.Subject + " of " + what
	}
	return fmt.Sprintf("%s asked for %s in Region %s.", c.Operation, what, c.Region)
}

// answered is what came back, and after how many attempts.
func (f failure) answered() string {
	text := "Answer: "
	if !f.came.arrived() {
		text = "No answer: "
	}
	text += f.came.String()
	if f.Attempts > 1 {
		text += ", after " + f.CallError.attempts()
	}
	return text
}
