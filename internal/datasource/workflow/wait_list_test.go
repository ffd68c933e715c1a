// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// list is the response to a poll of a list, in two pages: the statuses of its
// workflows, whose IDs are w0, w1, … The status denied, unavailable, or hang is that
// of the second page.
type list []awstypes.Status

func (l list) items() []awstypes.ListWorkflowsItem {
	items := make([]awstypes.ListWorkflowsItem, len(l))
	for i, status := range l {
		items[i] = awstypes.ListWorkflowsItem{WorkflowId: aws.String(fmt.Sprint("w", i)), Status: status}
		if status == awstypes.StatusFailed {
			items[i].StatusDescription = aws.String("bad key")
		}
	}
	return items
}

// listClient returns a client whose polls return the lists in turn. The last one is
// repeated.
func listClient(lists []list, polls *int) *conns.Client {
	client := (&fakeAPI{}).client()
	client.ListWorkflows = func(
		ctx context.Context, _ *customerprofiles.ListWorkflowsInput,
	) iter.Seq2[*customerprofiles.ListWorkflowsOutput, error] {
		return func(yield func(*customerprofiles.ListWorkflowsOutput, error) bool) {
			*polls++
			items := lists[min(*polls, len(lists))-1].items()
			half := len(items) / 2
			if !yield(&customerprofiles.ListWorkflowsOutput{Items: items[:half]}, nil) {
				return
			}
			var err error
			for _, item := range items {
				switch item.Status {
				case denied:
					err = errDenied
				case unavailable:
					err = errUnavailable
				case hang:
					<-ctx.Done()
					err = ctx.Err()
				}
			}
			yield(&customerprofiles.ListWorkflowsOutput{Items: items[half:]}, err)
		}
	}
	return client
}

var listInput = &customerprofiles.ListWorkflowsInput{DomainName: aws.String("d")}

func TestWaitForWorkflows(t *testing.T) {
	t.Parallel()
	wait := diagnostics.Wait{Operation: conns.ListWorkflows, Region: "us-east-1", Statuses: []string{"COMPLETE"}}
	timedOut, answered := wait, wait
	timedOut.Elapsed, timedOut.SinceLastResponse = 30*time.Minute, 30*time.Minute
	timedOut.LastStatus = "workflows with these statuses: 1 COMPLETE, 2 IN_PROGRESS"
	answered.LastStatus = "workflows with these statuses: 1 IN_PROGRESS"
	failed := func(ids ...string) []diagnostics.EndedWorkflow {
		var workflows []diagnostics.EndedWorkflow
		for _, id := range ids {
			workflows = append(workflows, diagnostics.EndedWorkflow{ID: id, Status: "FAILED", Description: "bad key"})
		}
		return workflows
	}
	listStatusError := func(statuses string, ended, listed int, first ...diagnostics.EndedWorkflow) error {
		wait := wait
		wait.LastStatus = "workflows with these statuses: " + statuses
		return &diagnostics.ListStatusError{Wait: wait, Ended: ended, Listed: listed, First: first}
	}
	for name, tc := range map[string]struct {
		waitFor *waitFor // the default if nil
		lists   []list
		want    error
	}{
		"empty list":          {lists: []list{{}}},
		"complete at once":    {lists: []list{{"COMPLETE", "COMPLETE"}}},
		"complete one by one": {lists: []list{{"IN_PROGRESS", "RETRY"}, {"COMPLETE", "RETRY"}, {"COMPLETE", "COMPLETE"}}},
		"status missing":      {lists: []list{{"COMPLETE", ""}, {"COMPLETE", "COMPLETE"}}},
		"unknown status":      {lists: []list{{"PAUSED"}, {"COMPLETE"}}},
		"workflow appears":    {lists: []list{{"IN_PROGRESS"}, {"COMPLETE", "NOT_STARTED"}, {"COMPLETE", "COMPLETE"}}},
		"workflow disappears": {lists: []list{{"IN_PROGRESS", "COMPLETE"}, {"COMPLETE"}}},
		"transient errors":    {lists: []list{{unavailable}, {"IN_PROGRESS"}, {unavailable}, {unavailable}, {"COMPLETE"}}},
		"several statuses":    {lists: []list{{"FAILED", "SPLIT"}}, waitFor: waitArgument("", "FAILED", "SPLIT")},
		"first poll fails":    {lists: []list{{denied}}, want: errDenied},
		"later poll fails": {lists: []list{{"IN_PROGRESS"}, {denied}},
			want: &diagnostics.WaitError{Wait: answered, Err: errDenied}},
		"one failed": {lists: []list{{"IN_PROGRESS", "IN_PROGRESS"}, {"IN_PROGRESS", "FAILED"}},
			want: listStatusError("1 FAILED, 1 IN_PROGRESS", 1, 2, failed("w1")...)},
		"failed and canceled": {lists: []list{{"CANCELLED", "FAILED", "COMPLETE", ""}},
			want: listStatusError("1 without a status, 1 CANCELLED, 1 COMPLETE, 1 FAILED", 2, 4,
				diagnostics.EndedWorkflow{ID: "w0", Status: "CANCELLED"}, failed("w1")[0])},
		"more than five failed": {
			lists: []list{{"FAILED", "FAILED", "COMPLETE", "FAILED", "FAILED", "FAILED", "FAILED", "FAILED"}},
			want:  listStatusError("1 COMPLETE, 7 FAILED", 7, 8, failed("w0", "w1", "w3", "w4", "w5")...)},
		"timeout": {lists: []list{{"COMPLETE", "IN_PROGRESS", "IN_PROGRESS"}, {hang}},
			want: &diagnostics.WaitError{Wait: timedOut, Err: context.DeadlineExceeded}},
		"timeout after transient errors": {
			lists: []list{{"COMPLETE", "IN_PROGRESS", "IN_PROGRESS"}, {unavailable}},
			want:  &diagnostics.WaitError{Wait: timedOut, Err: context.DeadlineExceeded, LastPollErr: errUnavailable}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
				defer cancel()
				argument, polls := tc.waitFor, 0
				if argument == nil {
					argument = waitArgument("10s")
				}
				items, err := waitForWorkflows(ctx, listClient(tc.lists, &polls), listInput, argument)
				if !reflect.DeepEqual(rounded(err), tc.want) {
					t.Errorf("error %#v, want %#v", err, tc.want)
				}
				last := tc.lists[len(tc.lists)-1]
				if err == nil && (polls != len(tc.lists) || len(items) != len(last)) {
					t.Errorf("%d items after %d polls, want %d after %d", len(items), polls, len(last), len(tc.lists))
				}
			})
		})
	}
}

func TestWaitForWorkflows_log(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		polls := 0
		client := listClient([]list{{"SPLIT", "", "COMPLETE", "COMPLETE"}, {"COMPLETE"}}, &polls)
		entries := logEntries(t, func(ctx context.Context) error {
			_, err := waitForWorkflows(ctx, client, listInput, waitArgument("1m"))
			return err
		})
		if len(entries) != 2 {
			t.Fatalf("%d log entries, want one for each poll", len(entries))
		}
		want := map[string]any{
			"@level": "info", "@module": "provider", "@message": "Polled the workflows", "waited": "0s",
			"domain_name": "d", "workflows": 4.0, "statuses": "1 without a status, 2 COMPLETE, 1 SPLIT",
		}
		if !reflect.DeepEqual(entries[0], want) {
			t.Errorf("got  %v\nwant %v", entries[0], want)
		}
	})
}
