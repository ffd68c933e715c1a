// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

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
			warnings := logEntries(t, func(ctx context.Context) error {
				for _, failed := range failedSteps(ctx, client, input) {
					got = append(got, failed.FlowName)
				}
				return nil
			})
			if !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			isRead := !slices.ContainsFunc(tc.pages, func(page stepPage) bool { return page.err != nil })
			if isRead != (len(warnings) == 0) {
				t.Errorf("warnings %v", warnings)
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
