// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

var (
	errDenied      = &conns.RequestError{Err: errors.New("access denied")}
	errUnavailable = &conns.RequestError{Err: errors.New("unavailable"), Transient: true}
)

// Statuses that make fakeAPI fail, or block until the context ends.
const (
	denied      awstypes.Status = "denied"
	unavailable awstypes.Status = "unavailable"
	hang        awstypes.Status = "hang"
)

// fakeAPI has a workflow with one failed step.
type fakeAPI struct {
	// statuses are the statuses that the polls return. The last one is repeated.
	statuses []awstypes.Status
	// polledAt are the times of the polls.
	polledAt []time.Time
}

func (f *fakeAPI) client() *conns.Client {
	return &conns.Client{
		Region:      "us-east-1",
		Logger:      conns.NewLogger(conns.NewRedactor()),
		GetWorkflow: f.getWorkflow,
		GetWorkflowSteps: stepPages(stepPage{items: []awstypes.WorkflowStepItem{
			step("import", awstypes.StatusFailed, "bad key"),
		}}),
	}
}

func (f *fakeAPI) getWorkflow(
	ctx context.Context, in *customerprofiles.GetWorkflowInput,
) (*customerprofiles.GetWorkflowOutput, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	f.polledAt = append(f.polledAt, time.Now())
	n := min(len(f.polledAt), len(f.statuses))
	switch f.statuses[n-1] {
	case denied:
		return nil, errDenied
	case unavailable:
		return nil, errUnavailable
	case hang:
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return &customerprofiles.GetWorkflowOutput{
		WorkflowId:       in.WorkflowId,
		Status:           f.statuses[n-1],
		ErrorDescription: aws.String("broken"),
		Metrics: &awstypes.WorkflowMetrics{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowMetrics{
			RecordsProcessed: int64(1000 * n),
			StepsCompleted:   int64(n),
			TotalSteps:       9,
		}},
	}, nil
}

var input = &customerprofiles.GetWorkflowInput{DomainName: aws.String("d"), WorkflowId: aws.String("w")}

// waitArgument returns the argument wait_for.
func waitArgument(interval string, statuses ...string) *waitFor {
	argument := &waitFor{Interval: types.StringNull(), Statuses: types.SetNull(types.StringType)}
	if interval != "" {
		argument.Interval = types.StringValue(interval)
	}
	if len(statuses) > 0 {
		elements := make([]attr.Value, len(statuses))
		for i, status := range statuses {
			elements[i] = types.StringValue(status)
		}
		argument.Statuses = types.SetValueMust(types.StringType, elements)
	}
	return argument
}

// statuses are the statuses of successive polls.
func statuses(s ...awstypes.Status) []awstypes.Status { return s }

func TestWaitForWorkflow(t *testing.T) {
	t.Parallel()
	threeMinutes := slices.Repeat(statuses(unavailable), 18)
	for name, tc := range map[string]struct {
		waitFor  *waitFor
		statuses []awstypes.Status
		polls    int
		want     error
	}{
		"complete at once": {
			waitFor:  waitArgument("1m"),
			statuses: statuses("COMPLETE"),
			polls:    1,
		},
		"complete after several polls": {
			waitFor:  waitArgument("1m"),
			statuses: statuses("NOT_STARTED", "IN_PROGRESS", "SPLIT", "RETRY", "COMPLETE"),
			polls:    5,
		},
		"unknown and missing status": {
			waitFor:  waitArgument("1m"),
			statuses: statuses("PAUSED", "", "COMPLETE"),
			polls:    3,
		},
		"one of several statuses": {
			waitFor:  waitArgument("1m", "SPLIT", "RETRY"),
			statuses: statuses("NOT_STARTED", "RETRY"),
			polls:    2,
		},
		"failure is accepted": {
			waitFor:  waitArgument("1m", "COMPLETE", "FAILED"),
			statuses: statuses("IN_PROGRESS", "FAILED"),
			polls:    2,
		},
		"failed": {
			waitFor:  waitArgument("1m"),
			statuses: statuses("IN_PROGRESS", "FAILED"),
			polls:    2,
			want:     statusError("FAILED", 2, "COMPLETE"),
		},
		"canceled": {
			waitFor:  waitArgument("1m", "RETRY", "COMPLETE"),
			statuses: statuses("CANCELLED"),
			polls:    1,
			want:     statusError("CANCELLED", 1, "COMPLETE", "RETRY"),
		},
		"complete is not accepted": {
			waitFor:  waitArgument("1m", "IN_PROGRESS"),
			statuses: statuses("COMPLETE"),
			polls:    1,
			want:     statusError("COMPLETE", 1, "IN_PROGRESS"),
		},
		"first poll fails": {
			waitFor:  waitArgument("1m"),
			statuses: statuses(denied),
			polls:    1,
			want:     errDenied,
		},
		"later poll fails": {
			waitFor:  waitArgument("1m"),
			statuses: statuses("IN_PROGRESS", denied),
			polls:    2,
			want:     waitError("IN_PROGRESS", 0, errDenied),
		},
		"transient errors at first": {
			waitFor:  waitArgument("10s"),
			statuses: append(threeMinutes, "COMPLETE"),
			polls:    len(threeMinutes) + 1,
		},
		"transient errors later": {
			waitFor:  waitArgument("10s"),
			statuses: append(append(statuses("IN_PROGRESS"), threeMinutes...), "IN_PROGRESS", unavailable, "COMPLETE"),
			polls:    len(threeMinutes) + 4,
		},
		"failed after transient errors": {
			waitFor:  waitArgument("1m"),
			statuses: statuses(unavailable, "FAILED"),
			polls:    2,
			want:     statusError("FAILED", 2, "COMPLETE"),
		},
		"permanent error after transient errors": {
			waitFor:  waitArgument("1m"),
			statuses: statuses("IN_PROGRESS", unavailable, denied),
			polls:    3,
			want:     outageError("IN_PROGRESS", 0, errDenied),
		},
		"permanent error without a response": {
			waitFor:  waitArgument("1m"),
			statuses: statuses(unavailable, denied),
			polls:    2,
			want:     outageError("", 0, errDenied),
		},
		"timeout between transient errors": {
			waitFor:  waitArgument("40m"),
			statuses: statuses(unavailable),
			polls:    1,
			want:     outageError("", 30*time.Minute, context.DeadlineExceeded),
		},
		"timeout during a poll after transient errors": {
			waitFor:  waitArgument("1m"),
			statuses: statuses("IN_PROGRESS", unavailable, hang),
			polls:    3,
			want:     outageError("IN_PROGRESS", 30*time.Minute, context.DeadlineExceeded),
		},
		"timeout after recovery": {
			waitFor:  waitArgument("20m"),
			statuses: statuses(unavailable, "IN_PROGRESS"),
			polls:    2,
			want: &diagnostics.WaitError{
				Wait: diagnostics.Wait{
					Operation: conns.GetWorkflow, Region: "us-east-1", Statuses: []string{"COMPLETE"}, Elapsed: 30 * time.Minute,
					LastStatus: describe("IN_PROGRESS", 2), SinceLastResponse: 10 * time.Minute,
				},
				Err: context.DeadlineExceeded,
			},
		},
		"timeout during first poll": {
			waitFor:  waitArgument("1m"),
			statuses: statuses(hang),
			polls:    1,
			want: &diagnostics.WaitError{
				Wait: diagnostics.Wait{
					Operation: conns.GetWorkflow, Region: "us-east-1", Statuses: []string{"COMPLETE"}, Elapsed: 30 * time.Minute,
				},
				Err: context.DeadlineExceeded,
			},
		},
		"timeout during later poll": {
			waitFor:  waitArgument("1m"),
			statuses: statuses("IN_PROGRESS", hang),
			polls:    2,
			want:     waitError("IN_PROGRESS", 30*time.Minute, context.DeadlineExceeded),
		},
		"timeout without a status": {
			waitFor:  waitArgument("40m"),
			statuses: statuses(""),
			polls:    1,
			want:     waitError("", 30*time.Minute, context.DeadlineExceeded),
		},
		"timeout between polls": {
			waitFor:  waitArgument("40m"),
			statuses: statuses("IN_PROGRESS"),
			polls:    1,
			want:     waitError("IN_PROGRESS", 30*time.Minute, context.DeadlineExceeded),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
				defer cancel()
				api := &fakeAPI{statuses: tc.statuses}
				out, err := waitForWorkflow(ctx, api.client(), input, tc.waitFor)
				if !reflect.DeepEqual(rounded(err), tc.want) {
					t.Errorf("error %#v, want %#v", rounded(err), tc.want)
				}
				if last := tc.statuses[len(tc.statuses)-1]; err == nil && out.Status != last {
					t.Errorf("returned the response with status %s, want %s", out.Status, last)
				}
				if len(api.polledAt) != tc.polls {
					t.Errorf("%d polls, want %d", len(api.polledAt), tc.polls)
				}
			})
		})
	}
}

// statusError returns the error for a terminal status in the response of the nth
// poll.
func statusError(status string, n int, accepted ...string) error {
	return &diagnostics.StatusError{
		Wait: diagnostics.Wait{
			Operation:  conns.GetWorkflow,
			Region:     "us-east-1",
			Statuses:   accepted,
			LastStatus: describe(status, n),
		},
		Status:           status,
		ErrorDescription: "broken",
		FailedSteps:      []diagnostics.FailedStep{{FlowName: "import", Message: "bad key"}},
	}
}

// waitError returns the error for a wait that ends after one response, which had
// the status.
func waitError(status string, elapsed time.Duration, err error) error {
	return &diagnostics.WaitError{
		Wait: diagnostics.Wait{
			Operation:         conns.GetWorkflow,
			Region:            "us-east-1",
			Statuses:          []string{"COMPLETE"},
			Elapsed:           elapsed,
			LastStatus:        describe(status, 1),
			SinceLastResponse: elapsed,
		},
		Err: err,
	}
}

// outageError returns the error for a wait that ends after a transient error. If
// status isn't empty, the first poll had a response.
func outageError(status string, elapsed time.Duration, err error) error {
	failed := &diagnostics.WaitError{
		Wait: diagnostics.Wait{
			Operation: conns.GetWorkflow, Region: "us-east-1", Statuses: []string{"COMPLETE"}, Elapsed: elapsed,
		},
		Err:         err,
		LastPollErr: errUnavailable,
	}
	if status != "" {
		failed.LastStatus, failed.SinceLastResponse = describe(status, 1), elapsed
	}
	return failed
}

func describe(status string, n int) string {
	if status == "" {
		status = "no status"
	} else {
		status = "status " + status
	}
	return fmt.Sprintf("%s, %d of 9 steps completed, %d000 records processed", status, n, n)
}

// rounded rounds the durations of err, which jitter varies, to 10 minutes.
func rounded(err error) error {
	var status *diagnostics.StatusError
	var list *diagnostics.ListStatusError
	var failed *diagnostics.WaitError
	var wait *diagnostics.Wait
	switch {
	case errors.As(err, &status):
		wait = &status.Wait
	case errors.As(err, &list):
		wait = &list.Wait
	case errors.As(err, &failed):
		wait = &failed.Wait
	default:
		return err
	}
	wait.Elapsed = wait.Elapsed.Round(10 * time.Minute)
	wait.SinceLastResponse = wait.SinceLastResponse.Round(10 * time.Minute)
	return err
}

func TestWaitForWorkflow_cancel(t *testing.T) {
	t.Parallel()
	for name, statuses := range map[string][]awstypes.Status{
		"between polls": {"IN_PROGRESS"},
		"during a poll": {"IN_PROGRESS", hang},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(90*time.Second, cancel)
				started := time.Now()
				_, err := waitForWorkflow(ctx, (&fakeAPI{statuses: statuses}).client(), input, waitArgument("1m"))
				var wait *diagnostics.WaitError
				if elapsed := time.Since(started); !errors.As(err, &wait) || elapsed != 90*time.Second {
					t.Errorf("ended after %s with %v, want 1m30s and a WaitError", elapsed, err)
				}
			})
		})
	}
}
