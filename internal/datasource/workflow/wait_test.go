// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/aws/smithy-go"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

var errDenied = errors.New("denied")

// fake is Customer Profiles with one workflow. Its status is the one of each
// call in turn, and the last one stays; "fail" is a call that fails, "hang" one
// that does not end by itself, "throttled" one that is retried until its time is
// over, and "late" one whose failure comes just then.
type fake struct {
	statuses []string
	polls    []time.Time
}

func (f *fake) client() *conns.Client {
	return &conns.Client{Region: "us-east-1", GetWorkflow: f.getWorkflow, GetWorkflowSteps: f.getWorkflowSteps}
}

func (f *fake) getWorkflow(
	ctx context.Context, in *customerprofiles.GetWorkflowInput, _ ...func(*customerprofiles.Options),
) (*customerprofiles.GetWorkflowOutput, error) {
	f.polls = append(f.polls, time.Now())
	n := min(len(f.polls), len(f.statuses))
	switch f.statuses[n-1] {
	case "fail":
		return nil, errDenied
	case "hang":
		<-ctx.Done()
		return nil, ctx.Err()
	case "throttled":
		<-ctx.Done()
		throttling := &smithy.GenericAPIError{Code: "ThrottlingException", Message: "Slow \x1b[1m"}
		return nil, &diagnostics.CallError{Err: ctx.Err(), Attempts: 7, MaxAttempts: 25, Elapsed: time.Since(f.polls[n-1]), LastError: throttling}
	case "late":
		<-ctx.Done()
		return nil, errDenied
	}
	return &customerprofiles.GetWorkflowOutput{
		WorkflowId: in.WorkflowId, Status: awstypes.Status(f.statuses[n-1]), ErrorDescription: aws.String("why \x1b[31m"),
		Metrics: &awstypes.WorkflowMetrics{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowMetrics{
			RecordsProcessed: int64(1000 * n), StepsCompleted: int64(n), TotalSteps: 9,
		}},
	}, nil
}

func (f *fake) getWorkflowSteps(
	_ context.Context, _ *customerprofiles.GetWorkflowStepsInput, _ ...func(*customerprofiles.Options),
) (*customerprofiles.GetWorkflowStepsOutput, error) {
	return nil, errDenied
}

func waiting(interval string, statuses ...string) *model {
	m := &model{WorkflowID: types.StringValue("w"), WaitFor: &waitFor{}}
	m.DomainName = types.StringValue("d")
	if interval != "" {
		m.WaitFor.Interval = timetypes.NewGoDurationValueFromStringMust(interval)
	}
	elements := make([]attr.Value, len(statuses))
	for i, status := range statuses {
		elements[i] = types.StringValue(status)
	}
	if len(statuses) > 0 {
		m.WaitFor.Statuses = types.SetValueMust(types.StringType, elements)
	}
	return m
}

func TestWait(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		model    *model
		statuses []string
		polls    int
		want     []string // texts of the diagnostic; none where the wait ends well
		err      error
	}{
		"there already":          {waiting("1m"), []string{"COMPLETE"}, 1, nil, nil},
		"after several":          {waiting("1m"), []string{"NOT_STARTED", "IN_PROGRESS", "SPLIT", "RETRY", "IN_PROGRESS", "COMPLETE"}, 6, nil, nil},
		"a status not known":     {waiting("1m"), []string{"PAUSED", "", "COMPLETE"}, 3, nil, nil},
		"one of several":         {waiting("1m", "SPLIT", "RETRY"), []string{"NOT_STARTED", "RETRY"}, 2, nil, nil},
		"a failure waited for":   {waiting("1m", "COMPLETE", "FAILED"), []string{"IN_PROGRESS", "FAILED"}, 2, nil, nil},
		"failed":                 {waiting("1m"), []string{"IN_PROGRESS", "FAILED"}, 2, []string{"Workflow ended with status FAILED", "to wait for COMPLETE.", "The run has ended: status FAILED, 2 of 9 steps done, 2000 records processed.", `Error description: why \x1b[31m`}, nil},
		"cancelled by its owner": {waiting("1m", "RETRY", "COMPLETE"), []string{"CANCELLED"}, 1, []string{"Workflow ended with status CANCELLED", "to wait for COMPLETE or RETRY."}, nil},
		"complete, unwanted":     {waiting("1m", "IN_PROGRESS"), []string{"COMPLETE"}, 1, []string{"Workflow ended with status COMPLETE"}, nil},
		"a call that fails":      {waiting("1m"), []string{"IN_PROGRESS", "fail"}, 2, nil, errDenied},
		"the first call fails":   {waiting("1m"), []string{"fail"}, 1, nil, errDenied},
		"hangs at once":          {waiting("1m"), []string{"hang"}, 1, nil, context.DeadlineExceeded},
		"timeout in a pause": {
			waiting("40m"), []string{"IN_PROGRESS"}, 1,
			[]string{"Timed out waiting for a workflow", `GetWorkflow asked for workflow "w" of domain "d" in Region us-east-1, to wait for COMPLETE.`,
				"Waited 30m0s. Last answer, 30m0s ago: status IN_PROGRESS, 1 of 9 steps done, 1000 records processed.", "timeouts { read"}, nil,
		},
		"timeout in a call": {
			waiting("1m", "SPLIT"), []string{"", "hang"}, 2,
			[]string{"Timed out waiting for a workflow", "status (none), 1 of 9 steps done"}, nil,
		},
		"timeout in retries": {
			waiting("1s"), []string{"IN_PROGRESS", "throttled"}, 2,
			[]string{"Timed out waiting for a workflow", "Waited 30m0s.", "status IN_PROGRESS, 1 of 9 steps done",
				"The next poll was under way. No answer: stopped after 29m", "in attempt 7 of 25. The last error was: ThrottlingException: Slow \\x1b[1m\n", "timeouts { read"}, nil,
		},
		"a failure as the time ends": {waiting("1m"), []string{"IN_PROGRESS", "late"}, 2, nil, errDenied},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), test.model.DefaultTimeout())
				defer cancel()
				service := &fake{statuses: test.statuses}
				diags, err := test.model.Ask(ctx, service.client())
				if !errors.Is(err, test.err) {
					t.Errorf("error %v, want %v", err, test.err)
				}
				if len(service.polls) != test.polls {
					t.Errorf("%d polls, want %d", len(service.polls), test.polls)
				}
				if diags.HasError() != (test.want != nil) {
					t.Fatalf("diagnostics %v", diags)
				}
				for _, d := range diags {
					for _, want := range test.want {
						if !strings.Contains(d.Summary()+"\n"+d.Detail(), want) {
							t.Errorf("no %q in\n%s\n%s", want, d.Summary(), d.Detail())
						}
					}
				}
				if last := test.statuses[len(test.statuses)-1]; test.want == nil && test.err == nil && test.model.Status.ValueString() != last {
					t.Errorf("status %s is stored, want %s", test.model.Status, last)
				}
			})
		})
	}
}

// Each pause is the interval, a tenth shorter or longer, and not always the same.
func TestPauses(t *testing.T) {
	t.Parallel()
	for interval, want := range map[string]time.Duration{"": 10 * time.Second, "1s": time.Second, "2m30s": 150 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			service := &fake{statuses: []string{"IN_PROGRESS"}}
			ctx, cancel := context.WithTimeout(t.Context(), 30*want)
			defer cancel()
			if _, err := waiting(interval).Ask(ctx, service.client()); err != nil {
				t.Fatal(err)
			}
			different := map[time.Duration]bool{}
			for i := 1; i < len(service.polls); i++ {
				pause := service.polls[i].Sub(service.polls[i-1])
				if pause < want*9/10 || pause > want*11/10 {
					t.Errorf("interval %q: paused %s, want %s give or take a tenth", interval, pause, want)
				}
				different[pause] = true
			}
			if len(service.polls) < 27 || len(different) < 2 {
				t.Errorf("interval %q: %d polls with %d different pauses", interval, len(service.polls), len(different))
			}
		})
	}
}

// The longest interval that there is must not become none.
func TestLongestPause(t *testing.T) {
	t.Parallel()
	for range 100 {
		if got := jittered(math.MaxInt64); got < 100*365*24*time.Hour {
			t.Fatalf("paused %s", got)
		}
	}
}

func TestWaitIsCancelledAtOnce(t *testing.T) {
	t.Parallel()
	for name, statuses := range map[string][]string{"in a pause": {"IN_PROGRESS"}, "in a call": {"IN_PROGRESS", "hang"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(90*time.Second, cancel)
				started := time.Now()
				service := &fake{statuses: statuses}
				diags, err := waiting("1m").Ask(ctx, service.client())
				if err != nil || len(diags) != 1 || diags[0].Summary() != "Cancelled" || !strings.Contains(diags[0].Detail(), "Terraform stopped the wait.") {
					t.Errorf("got %v, %v", diags, err)
				}
				if took := time.Since(started); took != 90*time.Second {
					t.Errorf("it ended after %s, want 1m30s", took)
				}
			})
		})
	}
}

func TestDefaultTimeout(t *testing.T) {
	t.Parallel()
	if got := (&model{}).DefaultTimeout(); got != 5*time.Minute {
		t.Errorf("without wait_for: %s", got)
	}
	if got := waiting("").DefaultTimeout(); got != 30*time.Minute {
		t.Errorf("with wait_for: %s", got)
	}
}

func TestFailedSteps(t *testing.T) {
	t.Parallel()
	step := func(flow, status, message string) awstypes.WorkflowStepItem {
		return awstypes.WorkflowStepItem{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowStep{
			FlowName: &flow, Status: awstypes.Status(status), ExecutionMessage: &message,
		}}
	}
	var many []awstypes.WorkflowStepItem
	for i := range 7 {
		many = append(many, step(fmt.Sprint(i), "FAILED", "m"))
	}
	type page struct {
		items []awstypes.WorkflowStepItem
		err   error
	}
	for name, test := range map[string]struct {
		pages []page
		want  string
		calls int
	}{
		"none":              {[]page{{}}, "", 1},
		"not readable":      {[]page{{err: errDenied}}, "", 1},
		"among others":      {[]page{{items: []awstypes.WorkflowStepItem{{}, step("a", "COMPLETE", "x"), step("b", "FAILED", "bad\x1b"), step("c", "RETRY", "x")}}}, "  - flow \"b\": bad\\x1b", 1},
		"on a later page":   {[]page{{items: []awstypes.WorkflowStepItem{{}}}, {items: many[:1]}}, "  - flow \"0\": m", 2},
		"no further page":   {[]page{{items: many[:1]}, {err: errDenied}}, "  - flow \"0\": m", 2},
		"at great length":   {[]page{{items: []awstypes.WorkflowStepItem{step(strings.Repeat("f", 2000), "FAILED", strings.Repeat("m", 2000))}}}, "  - flow \"" + strings.Repeat("f", 999) + "…: " + strings.Repeat("m", 1000) + "…", 1},
		"five of them":      {[]page{{items: many}, {items: many}}, "  - flow \"0\": m\n  - flow \"1\": m\n  - flow \"2\": m\n  - flow \"3\": m\n  - flow \"4\": m", 1},
		"five of two pages": {[]page{{items: many[:3]}, {items: many}, {items: many}}, "  - flow \"0\": m\n  - flow \"1\": m\n  - flow \"2\": m\n  - flow \"0\": m\n  - flow \"1\": m", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := 0
			client := &conns.Client{GetWorkflowSteps: func(
				_ context.Context, _ *customerprofiles.GetWorkflowStepsInput, _ ...func(*customerprofiles.Options),
			) (*customerprofiles.GetWorkflowStepsOutput, error) {
				calls++
				answer := test.pages[calls-1]
				out := &customerprofiles.GetWorkflowStepsOutput{Items: answer.items}
				if calls < len(test.pages) {
					out.NextToken = aws.String(fmt.Sprint(calls))
				}
				return out, answer.err
			}}
			got := strings.Join(waiting("").failedSteps(t.Context(), client), "\n")
			if got != test.want || calls != test.calls {
				t.Errorf("got %d calls,\n%s\nwant %d,\n%s", calls, got, test.calls, test.want)
			}
		})
	}
}

// The steps of a run that failed are not waited for as long as the run is.
func TestFailedStepsThatHang(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := (&fake{statuses: []string{"FAILED"}}).client()
		service.GetWorkflowSteps = func(
			ctx context.Context, _ *customerprofiles.GetWorkflowStepsInput, _ ...func(*customerprofiles.Options),
		) (*customerprofiles.GetWorkflowStepsOutput, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		started := time.Now()
		diags, err := waiting("").Ask(t.Context(), service)
		if err != nil || !diags.HasError() || time.Since(started) != stepsTimeout {
			t.Errorf("got %v, %v after %s", diags, err, time.Since(started))
		}
	})
}
