// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"bytes"
	"context"
	"math"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

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
				ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
				defer cancel()
				if _, err := waitForWorkflow(ctx, api.client(), input, waitArgument(tc.interval)); err != nil {
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
	if got := (*waitFor)(nil).defaultTimeout(); got != 5*time.Minute {
		t.Errorf("without wait_for: %s, want 5m", got)
	}
	if got := waitArgument("").defaultTimeout(); got != 30*time.Minute {
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

// logEntries calls wait, and returns what it writes to the log.
func logEntries(t *testing.T, wait func(context.Context) error) []map[string]any {
	t.Helper()
	var log bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	if err := wait(tflogtest.RootLogger(ctx, &log)); err != nil {
		t.Fatal(err)
	}
	entries, err := tflogtest.MultilineJSONDecode(&log)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func TestWaitForWorkflow_log(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := &fakeAPI{statuses: statuses("IN_PROGRESS", unavailable, "COMPLETE")}
		entries := logEntries(t, func(ctx context.Context) error {
			_, err := waitForWorkflow(ctx, api.client(), input, waitArgument("1m"))
			return err
		})
		if len(entries) != 3 {
			t.Fatalf("%d log entries, want one for each poll", len(entries))
		}
		want := map[string]any{
			"@level": "info", "@module": "provider", "@message": "Polled a workflow", "waited": "0s",
			"domain_name": "d", "workflow_id": "w", "status": "IN_PROGRESS",
			"steps_completed": 1.0, "total_steps": 9.0, "records_processed": 1000.0,
		}
		if !reflect.DeepEqual(entries[0], want) {
			t.Errorf("got  %v\nwant %v", entries[0], want)
		}
		delete(entries[1], "waited") // It depends on the jitter.
		want = map[string]any{
			"@level": "warn", "@module": "provider", "@message": "A poll failed and will be repeated",
			"domain_name": "d", "workflow_id": "w", "operation": "GetWorkflow", "error": "unavailable",
		}
		if !reflect.DeepEqual(entries[1], want) {
			t.Errorf("got  %v\nwant %v", entries[1], want)
		}
	})
}

// What a response doesn't have is in neither the diagnostic nor the log.
func TestProgress_absent(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		out  customerprofiles.GetWorkflowOutput
		want string
	}{
		"no status, no metrics": {want: "no status"},
		"no metrics":            {out: customerprofiles.GetWorkflowOutput{Status: "FAILED"}, want: "status FAILED"},
		"no metrics of AppFlow": {
			out:  customerprofiles.GetWorkflowOutput{Metrics: &awstypes.WorkflowMetrics{}},
			want: "no status",
		},
		"empty metrics of AppFlow": {
			out: customerprofiles.GetWorkflowOutput{Status: "FAILED", Metrics: &awstypes.WorkflowMetrics{
				AppflowIntegration: &awstypes.AppflowIntegrationWorkflowMetrics{},
			}},
			want: "status FAILED",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := describeProgress(&tc.out); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			fields := map[string]any{}
			if tc.out.Status != "" {
				fields["status"] = string(tc.out.Status)
			}
			if got := progressFields(&tc.out); !reflect.DeepEqual(got, fields) {
				t.Errorf("got %v, want %v", got, fields)
			}
		})
	}
}
