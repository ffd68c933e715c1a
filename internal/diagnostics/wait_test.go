// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

func TestFromWaitErrors(t *testing.T) {
	t.Parallel()
	canceled, expired := contexts(t)
	wait := Wait{
		Operation: "GetWorkflow", Region: "eu-west-1", Statuses: []string{"COMPLETE", "FAILED"},
		Elapsed: 90*time.Second + 1, LastStatus: "status SPLIT\x1b", SinceLastResponse: 3 * time.Second,
	}
	const polled = `GetWorkflow for workflow "w" in domain "acme" (eu-west-1) was polled for 1m30s ` +
		"to wait for COMPLETE or FAILED. "
	const last = polled + `The last response, 3s ago, had status SPLIT\x1b.` + "\n\n"
	unanswered := wait
	unanswered.LastStatus, unanswered.SinceLastResponse = "", 0
	workflows := Request{Subject: "the workflows", DomainName: "acme", Timeout: 5 * time.Minute}
	failedPoll := &conns.RequestError{Operation: "GetWorkflow", Region: "eu-west-1", Transient: true, Attempts: 2,
		Elapsed: 61 * time.Second, Endpoint: "h", Err: fmt.Errorf("refused: %w", context.DeadlineExceeded)}
	const outage = `The last complete poll failed: GetWorkflow for workflow "w" in domain "acme" (eu-west-1) ` +
		"failed without a response: refused: context deadline exceeded, after 2 attempts in 1m1s.\n\n" +
		"Check that this machine can reach h. No proxy is used. Check that Customer Profiles is available in eu-west-1: " +
		regionsURL + ".\n\n"
	pollFailed := func(err error) error {
		return &WaitError{Wait: wait, Err: &conns.RequestError{Operation: "GetWorkflow", Attempts: 1, Err: err}}
	}
	for name, tc := range map[string]struct {
		ctx             context.Context
		err             error
		request         Request // workflow if empty
		summary, detail string
	}{
		"timed out between polls": {ctx: expired, err: &WaitError{Wait: wait, Err: expired.Err()},
			summary: "Timed out waiting for workflow",
			detail:  last + "The read is limited to 5m0s."},
		"timed out during a poll": {ctx: expired, err: pollFailed(context.DeadlineExceeded),
			summary: "Timed out waiting for workflow", detail: last + "GetWorkflow for"},
		"timed out without a response": {ctx: expired, err: &WaitError{Wait: unanswered, Err: expired.Err()},
			summary: "Timed out waiting for workflow",
			detail:  polled + "There was no response yet.\n\nThe read is limited to 5m0s."},
		"timed out after a failed poll": {ctx: expired,
			err:     &WaitError{Wait: wait, Err: expired.Err(), LastPollErr: failedPoll},
			summary: "Timed out waiting for workflow", detail: last + outage + "The read is limited to 5m0s."},
		"timed out during a poll after a failed one": {ctx: expired,
			err: &WaitError{Wait: wait, LastPollErr: failedPoll,
				Err: &conns.RequestError{Operation: "GetWorkflow", Attempts: 1, Err: context.DeadlineExceeded}},
			summary: "Timed out waiting for workflow", detail: "No attempt had failed.\n\n" + outage + "The read is limited"},
		"timed out during a failing poll": {ctx: expired,
			err: &WaitError{Wait: wait, LastPollErr: failedPoll,
				Err: &conns.RequestError{Operation: "GetWorkflow", Attempts: 1, Err: context.DeadlineExceeded,
					LastTransientErr: errors.New("reset")}},
			summary: "Timed out waiting for workflow", detail: "The last error was reset.\n\nThe read is limited"},
		"canceled after a failed poll": {ctx: canceled,
			err:     &WaitError{Wait: unanswered, Err: canceled.Err(), LastPollErr: failedPoll},
			summary: "Read canceled", detail: polled + "There was no response yet.\n\n" + outage},
		"permanent error after a failed poll": {
			err: &WaitError{Wait: wait, LastPollErr: failedPoll,
				Err: &conns.RequestError{Operation: "GetWorkflow", Err: codeError(404, "ResourceNotFoundException", "no")}},
			summary: "Workflow not found", detail: last + "GetWorkflow for workflow \"w\" in domain \"acme\" () returned " +
				"ResourceNotFoundException: no (HTTP 404, request ID request-1).\n\nCheck the workflow ID"},
		"list timed out": {ctx: expired, err: &WaitError{Wait: wait, Err: expired.Err()}, request: workflows,
			summary: "Timed out waiting for workflows",
			detail:  `GetWorkflow for the workflows in domain "acme" (eu-west-1) was polled for`},
		"workflows in the list ended": {request: workflows,
			err: &ListStatusError{Wait: wait, Ended: 3, Listed: 9, First: []EndedWorkflow{
				{ID: "w1\x1b", Status: "FAILED\x1b", Description: "no\x1b"}, {ID: "w2", Status: "CANCELLED", Description: "CANCELLED"},
			}},
			summary: "Workflows ended with an unexpected status",
			detail: "to wait for COMPLETE or FAILED.\n\n3 of 9 workflows ended with another status:\n" +
				`  - workflow "w1\x1b": FAILED\x1b: no\x1b` + "\n" + `  - workflow "w2": CANCELLED` + "\n  - and 1 more\n\n" +
				"The list can include old runs. To wait only for new ones, set query_start_date to a time before they start. " +
				"To accept these statuses, add them to wait_for.statuses."},
		"all ended workflows fit": {request: workflows,
			err:     &ListStatusError{Wait: wait, Ended: 1, Listed: 1, First: []EndedWorkflow{{ID: "w", Status: "FAILED"}}},
			summary: "Workflows ended with an unexpected status", detail: "FAILED\n\nThe list"},
		"canceled between polls": {ctx: canceled, err: &WaitError{Wait: wait, Err: canceled.Err()},
			summary: "Read canceled", detail: last},
		"poll failed": {err: pollFailed(codeError(500, "InternalServerException", "no")),
			summary: "Customer Profiles server error", detail: last + "GetWorkflow for"},
		"terminal status": {err: &StatusError{Wait: wait, Status: "FAILED"}, summary: "Workflow ended with status FAILED",
			detail: polled + `The run ended with status SPLIT\x1b.` + "\n\nThe run has ended. To accept this status"},
		"terminal status with details": {
			err: &StatusError{Wait: wait, Status: "X\x1b", ErrorDescription: "no\x1b", FailedSteps: []FailedStep{
				{FlowName: "flow-1", Message: "m\x1b"}, {FlowName: "flow-2", Message: "n"},
			}},
			summary: `Workflow ended with status X\x1b`, detail: "\n\nError description: no\\x1b\n\n" +
				"Failed steps:\n  - flow \"flow-1\": m\\x1b\n  - flow \"flow-2\": n\n\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkDiagnostic(t, cmp.Or(tc.ctx, t.Context()), tc.err, cmp.Or(tc.request, workflow), tc.summary, tc.detail)
		})
	}
}
