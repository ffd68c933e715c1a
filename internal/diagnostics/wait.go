// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Wait describes a wait for a workflow to reach one of several statuses.
type Wait struct {
	// Operation is the name of the API operation that polls the workflow.
	Operation string
	// Region is the Region of the workflow.
	Region string
	// Statuses are the statuses that the wait accepts.
	Statuses []string
	// Elapsed is the duration of the wait.
	Elapsed time.Duration
	// LastStatus is the status in the last response, and the progress of the run.
	LastStatus string
	// SinceLastResponse is how long ago the last response arrived.
	SinceLastResponse time.Duration
}

// WaitError is a wait that ended before the workflow reached one of the
// statuses, after at least one response.
type WaitError struct {
	Wait
	// Err is the error of the poll in progress, or the error of the context if the
	// wait ended between two polls.
	Err error
}

// Error returns the last status and the error of the poll in progress.
func (e *WaitError) Error() string {
	return fmt.Sprintf("waited %s, last status %s: %v", e.Elapsed, e.LastStatus, e.Err)
}

// Unwrap returns Err.
func (e *WaitError) Unwrap() error { return e.Err }

// StatusError is a wait for a workflow that ended with a status that the wait
// doesn't accept.
type StatusError struct {
	Wait
	// Status is the terminal status of the workflow.
	Status string
	// ErrorDescription is the service's description of the error, if any.
	ErrorDescription string
	// FailedSteps are the first failed steps, as far as they could be read.
	FailedSteps []FailedStep
}

// FailedStep is a failed step of a workflow.
type FailedStep struct {
	// FlowName is the name of the step's flow.
	FlowName string
	// Message is the service's message about the step.
	Message string
}

// Error returns the terminal status.
func (e *StatusError) Error() string { return "the workflow ended with status " + e.Status }

// lastResponse says how long the wait took, and what its last response was.
func (w Wait) lastResponse(request Request) string {
	return fmt.Sprintf("%s was polled for %s to wait for %s. The last response, %s ago, had %s.",
		request.describe(w.Operation, w.Region), w.Elapsed.Round(time.Second), strings.Join(w.Statuses, " or "),
		w.SinceLastResponse.Round(time.Second), escape(w.LastStatus))
}

func (e *WaitError) diagnostic(ctx context.Context, request Request) diag.Diagnostic {
	f := newFailure(e.Err, request)
	c := classify(ctx, f)
	summary := c.summary(f)
	if c.title == timedOut.title {
		summary = "Timed out waiting for workflow"
	}
	paragraphs := []string{e.lastResponse(request)}
	if f.Operation != "" { // Otherwise, the wait ended between two polls.
		paragraphs = append(paragraphs, c.describe(f))
	}
	paragraphs = append(paragraphs, c.advise(f))
	return diag.NewErrorDiagnostic(summary, strings.Join(paragraphs, "\n\n"))
}

func (e *StatusError) diagnostic(request Request) diag.Diagnostic {
	paragraphs := []string{fmt.Sprintf("%s was polled for %s to wait for %s. The run ended with %s.",
		request.describe(e.Operation, e.Region), e.Elapsed.Round(time.Second),
		strings.Join(e.Statuses, " or "), escape(e.LastStatus))}
	if e.ErrorDescription != "" {
		paragraphs = append(paragraphs, "Error description: "+escape(e.ErrorDescription))
	}
	if len(e.FailedSteps) > 0 {
		lines := []string{"Failed steps:"}
		for _, step := range e.FailedSteps {
			lines = append(lines, fmt.Sprintf("  - flow \"%s\": %s", escape(step.FlowName), escape(step.Message)))
		}
		paragraphs = append(paragraphs, strings.Join(lines, "\n"))
	}
	paragraphs = append(paragraphs, "The run has ended. To accept this status, add it to wait_for.statuses.")
	return diag.NewErrorDiagnostic("Workflow ended with status "+escape(e.Status), strings.Join(paragraphs, "\n\n"))
}
