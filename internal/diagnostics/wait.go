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

// Wait describes a wait for a workflow, or for a list of workflows, to reach one of
// several statuses.
type Wait struct {
	// Operation is the name of the API operation that is polled.
	Operation string
	// Region is the Region of the workflows.
	Region string
	// Statuses are the statuses that the wait accepts.
	Statuses []string
	// Elapsed is the duration of the wait.
	Elapsed time.Duration
	// LastStatus describes the last response: the status and the progress of the run,
	// or the statuses of the list. It is empty if there was no response.
	LastStatus string
	// SinceLastResponse is how long ago the last response arrived.
	SinceLastResponse time.Duration
}

// WaitError is a wait that ended before the statuses were reached.
type WaitError struct {
	Wait
	// Err is the error of the poll in progress, or the error of the context if the
	// wait ended between two polls.
	Err error
	// LastPollErr is the transient error of the last complete poll, or nil if it
	// succeeded.
	LastPollErr error
}

// Error returns the last response and the error of the poll in progress.
func (e *WaitError) Error() string {
	return fmt.Sprintf("waited %s, last response: %q: %v", e.Elapsed, e.LastStatus, e.Err)
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

// ListStatusError is a wait for a list of workflows, some of which ended with a
// status that the wait doesn't accept.
type ListStatusError struct {
	Wait
	// Ended is the number of these workflows.
	Ended int
	// Listed is the number of all workflows in the list.
	Listed int
	// First are the first of the workflows that ended.
	First []EndedWorkflow
}

// EndedWorkflow is a workflow in a list that ended with a status.
type EndedWorkflow struct {
	// ID is the ID of the workflow.
	ID string
	// Status is the terminal status.
	Status string
	// Description is the service's description of the status, if any.
	Description string
}

// Error returns the number of workflows that ended.
func (e *ListStatusError) Error() string {
	return fmt.Sprintf("%d of %d workflows ended with an unexpected status", e.Ended, e.Listed)
}

// polled says what was polled, for how long, and for which statuses.
func (w Wait) polled(request Request) string {
	return fmt.Sprintf("%s was polled for %s to wait for %s.", request.describe(w.Operation, w.Region),
		w.Elapsed.Round(time.Second), strings.Join(w.Statuses, " or "))
}

// lastResponse says what the last response was.
func (w Wait) lastResponse() string {
	if w.LastStatus == "" {
		return "There was no response yet."
	}
	return fmt.Sprintf("The last response, %s ago, had %s.",
		w.SinceLastResponse.Round(time.Second), escape(w.LastStatus))
}

func (e *WaitError) diagnostic(ctx context.Context, request Request) diag.Diagnostic {
	f := newFailure(e.Err, request)
	c := classify(ctx, f)
	summary := c.summary(f)
	if c.title == timedOut.title {
		summary = "Timed out waiting for workflow"
		if request.Kind == "" {
			summary = "Timed out waiting for workflows"
		}
	}
	paragraphs := []string{e.polled(request) + " " + e.lastResponse()}
	if f.Operation != "" { // Otherwise, the wait ended between two polls.
		paragraphs = append(paragraphs, c.describe(f))
	}
	interrupted := c.title == timedOut.title || c.title == canceled.title
	if interrupted && e.LastPollErr != nil && f.LastTransientErr == nil {
		// The context didn't end this poll, even if it has ended since.
		last := newFailure(e.LastPollErr, request)
		lastCause := classify(context.WithoutCancel(ctx), last)
		paragraphs = append(paragraphs, "The last complete poll failed: "+lastCause.describe(last), lastCause.advise(last))
	}
	paragraphs = append(paragraphs, c.advise(f))
	return diag.NewErrorDiagnostic(summary, strings.Join(paragraphs, "\n\n"))
}

func (e *ListStatusError) diagnostic(request Request) diag.Diagnostic {
	lines := []string{fmt.Sprintf("%d of %d workflows ended with another status:", e.Ended, e.Listed)}
	for _, workflow := range e.First {
		line := fmt.Sprintf("  - workflow \"%s\": %s", escape(workflow.ID), escape(workflow.Status))
		if workflow.Description != "" && workflow.Description != workflow.Status {
			line += ": " + escape(workflow.Description)
		}
		lines = append(lines, line)
	}
	if more := e.Ended - len(e.First); more > 0 {
		lines = append(lines, fmt.Sprintf("  - and %d more", more))
	}
	return diag.NewErrorDiagnostic("Workflows ended with an unexpected status", strings.Join([]string{
		e.polled(request), strings.Join(lines, "\n"),
		"The list can include old runs. To wait only for new ones, set query_start_date to a time before they start. " +
			"To accept these statuses, add them to wait_for.statuses."}, "\n\n"))
}

func (e *StatusError) diagnostic(request Request) diag.Diagnostic {
	paragraphs := []string{e.polled(request) + " The run ended with " + escape(e.LastStatus) + "."}
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
