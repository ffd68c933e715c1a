// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

var errDenied = errors.New("access denied")

// Statuses that make fakeAPI fail, or block until the context ends.
const (
	denied awstypes.Status = "denied"
	hang   awstypes.Status = "hang"
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

// stepPage is a page of GetWorkflowSteps, or its error.
type stepPage struct {
	items []awstypes.WorkflowStepItem
	err   error
}

func stepPages(
	pages ...stepPage,
) conns.PagedOperation[customerprofiles.GetWorkflowStepsInput, customerprofiles.GetWorkflowStepsOutput] {
	return func(
		context.Context, *customerprofiles.GetWorkflowStepsInput,
	) iter.Seq2[*customerprofiles.GetWorkflowStepsOutput, error] {
		return func(yield func(*customerprofiles.GetWorkflowStepsOutput, error) bool) {
			for _, page := range pages {
				if !yield(&customerprofiles.GetWorkflowStepsOutput{Items: page.items}, page.err) {
					return
				}
			}
		}
	}
}

func step(flow string, status awstypes.Status, message string) awstypes.WorkflowStepItem {
	return awstypes.WorkflowStepItem{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowStep{
		FlowName: &flow, Status: status, ExecutionMessage: &message,
	}}
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
		"timeout during first poll": {
			waitFor:  waitArgument("1m"),
			statuses: statuses(hang),
			polls:    1,
			want:     context.DeadlineExceeded,
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
			want:     waitError("(none)", 30*time.Minute, context.DeadlineExceeded),
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

func describe(status string, n int) string {
	return fmt.Sprintf("status %s, %d of 9 steps completed, %d000 records processed", status, n, n)
}

// rounded rounds the durations of err, which jitter varies, to 10 minutes.
func rounded(err error) error {
	var status *diagnostics.StatusError
	var wait *diagnostics.WaitError
	if errors.As(err, &status) {
		status.Elapsed = status.Elapsed.Round(10 * time.Minute)
		status.SinceLastResponse = status.SinceLastResponse.Round(10 * time.Minute)
	}
	if errors.As(err, &wait) {
		wait.Elapsed = wait.Elapsed.Round(10 * time.Minute)
		wait.SinceLastResponse = wait.SinceLastResponse.Round(10 * time.Minute)
	}
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

func TestWaitForWorkflow_interval(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		interval string
		want     time.Duration
	}{
		"default": {interval: "", want: 10 * time.Second},
		"minimum": {interval: "1s", want: time.Second},
		"longer":  {interval: "2m30s", want: 150 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := &fakeAPI{statuses: append(slices.Repeat(statuses("IN_PROGRESS"), 30), "COMPLETE")}
				if _, err := waitForWorkflow(t.Context(), api.client(), input, waitArgument(tc.interval)); err != nil {
					t.Fatal(err)
				}
				distinct := map[time.Duration]bool{}
				for i := 1; i < len(api.polledAt); i++ {
					pause := api.polledAt[i].Sub(api.polledAt[i-1])
					if pause < tc.want*9/10 || pause > tc.want*11/10 {
						t.Errorf("paused for %s, want %s ± 10%%", pause, tc.want)
					}
					distinct[pause] = true
				}
				if len(distinct) < 2 {
					t.Error("the pauses have no jitter")
				}
			})
		})
	}
}

func TestDefaultTimeout(t *testing.T) {
	t.Parallel()
	if got := (&model{}).defaultTimeout(); got != 5*time.Minute {
		t.Errorf("without wait_for: %s, want 5m", got)
	}
	if got := (&model{WaitFor: waitArgument("")}).defaultTimeout(); got != 30*time.Minute {
		t.Errorf("with wait_for: %s, want 30m", got)
	}
}

func TestJitter_overflow(t *testing.T) {
	t.Parallel()
	for range 100 {
		if got := jitter(math.MaxInt64); got < 100*365*24*time.Hour {
			t.Fatalf("jitter of the longest duration is %s", got)
		}
	}
}

func TestWaitForWorkflow_log(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		ctx := tflogtest.RootLogger(t.Context(), &log)
		api := &fakeAPI{statuses: statuses("IN_PROGRESS", "COMPLETE")}
		if _, err := waitForWorkflow(ctx, api.client(), input, waitArgument("1m")); err != nil {
			t.Fatal(err)
		}
		entries, err := tflogtest.MultilineJSONDecode(&log)
		if err != nil || len(entries) != 2 {
			t.Fatalf("%d log entries (%v), want one for each poll", len(entries), err)
		}
		want := map[string]any{
			"@level": "info", "@module": "provider", "@message": "Polled a workflow", "waited": "0s",
			"domain_name": "d", "workflow_id": "w", "status": "IN_PROGRESS",
			"steps_completed": 1.0, "total_steps": 9.0, "records_processed": 1000.0,
		}
		if !reflect.DeepEqual(entries[0], want) {
			t.Errorf("got  %v\nwant %v", entries[0], want)
		}
	})
}

func TestFailedSteps(t *testing.T) {
	t.Parallel()
	var seven []awstypes.WorkflowStepItem
	for i := range 7 {
		seven = append(seven, step(strconv.Itoa(i), awstypes.StatusFailed, "m"))
	}
	for name, tc := range map[string]struct {
		pages []stepPage
		want  []string // the names of the flows
	}{
		"no steps":        {pages: []stepPage{{}}},
		"unreadable":      {pages: []stepPage{{err: errDenied}}},
		"second page":     {pages: []stepPage{{}, {items: seven[:1]}}, want: []string{"0"}},
		"unreadable page": {pages: []stepPage{{items: seven[:1]}, {err: errDenied}}, want: []string{"0"}},
		"more than five":  {pages: []stepPage{{items: seven[:3]}, {items: seven}}, want: []string{"0", "1", "2", "0", "1"}},
		"other statuses": {
			pages: []stepPage{{items: []awstypes.WorkflowStepItem{
				{}, step("a", awstypes.StatusComplete, ""), seven[3], step("b", awstypes.StatusRetry, ""),
			}}},
			want: []string{"3"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := (&fakeAPI{}).client()
			client.GetWorkflowSteps = stepPages(tc.pages...)
			var got []string
			for _, failed := range failedSteps(t.Context(), client, input) {
				got = append(got, failed.FlowName)
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestFailedSteps_timeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := (&fakeAPI{}).client()
		client.GetWorkflowSteps = func(
			ctx context.Context, _ *customerprofiles.GetWorkflowStepsInput,
		) iter.Seq2[*customerprofiles.GetWorkflowStepsOutput, error] {
			<-ctx.Done()
			return stepPages(stepPage{err: ctx.Err()})(ctx, nil)
		}
		started := time.Now()
		failedSteps(t.Context(), client, input)
		if elapsed := time.Since(started); elapsed != stepsTimeout {
			t.Errorf("waited %s for the steps, want %s", elapsed, stepsTimeout)
		}
	})
}
