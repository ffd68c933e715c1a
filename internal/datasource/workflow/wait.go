// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

const (
	// waitTimeout is how long a wait may take where timeouts.read is not set.
	waitTimeout = 30 * time.Minute
	// defaultInterval is the pause between two polls where interval is not set.
	defaultInterval = 10 * time.Second
	// maxFailedSteps is how many failed steps a diagnostic names.
	maxFailedSteps = 5
	// stepsTimeout is how long a failure waits for the steps that it would name.
	stepsTimeout = 10 * time.Second
)

// endStatuses are those that a run does not leave. A status that is not known
// is not among them.
var endStatuses = []awstypes.Status{awstypes.StatusComplete, awstypes.StatusFailed, awstypes.StatusCancelled}

// DefaultTimeout is longer for a wait than for one read.
func (m *model) DefaultTimeout() time.Duration {
	if m.WaitFor == nil {
		return m.Arguments.DefaultTimeout()
	}
	return waitTimeout
}

// statuses are what is waited for, in the order of the alphabet.
func (w *waitFor) statuses() []awstypes.Status {
	var statuses []awstypes.Status
	for _, element := range w.Statuses.Elements() {
		if status, ok := element.(types.String); ok {
			statuses = append(statuses, awstypes.Status(status.ValueString()))
		}
	}
	if len(statuses) == 0 {
		return []awstypes.Status{awstypes.StatusComplete}
	}
	slices.Sort(statuses)
	return statuses
}

func (w *waitFor) interval() time.Duration {
	// Whoever gave one gave a valid one: it was validated.
	if interval, diags := w.Interval.ValueGoDuration(); !diags.HasError() {
		return interval
	}
	return defaultInterval
}

// wait polls until the workflow has one of the statuses that are waited for, and
// fills the model from that answer.
func (m *model) wait(ctx context.Context, client *conns.Client) (diag.Diagnostics, error) {
	statuses, interval := m.WaitFor.statuses(), m.WaitFor.interval()
	seen := progress{started: time.Now()}
	for {
		out, err := m.get(ctx, client)
		switch {
		// An answer that came as the time ran out is still the answer.
		case seen.last != nil && diagnostics.EndedBy(ctx, err):
			return diag.Diagnostics{m.stopped(ctx, client, seen, err)}, nil
		case err != nil:
			return nil, err
		}
		seen.last, seen.lastAt = out, time.Now()
		tflog.Info(ctx, "Polled a workflow", m.logFields(seen))
		switch {
		case slices.Contains(statuses, out.Status):
			return m.fromAPI(out), nil
		case slices.Contains(endStatuses, out.Status):
			return diag.Diagnostics{m.ended(ctx, client, seen)}, nil
		}
		if !pause(ctx, jittered(interval)) {
			return diag.Diagnostics{m.stopped(ctx, client, seen, nil)}, nil
		}
	}
}

// jittered is a tenth shorter to a tenth longer, so that the waits of many
// workflows do not poll in step.
func jittered(d time.Duration) time.Duration {
	d = min(d, math.MaxInt64/2)                                   // A tenth more must not overflow into no pause at all.
	return time.Duration(float64(d) * (0.9 + 0.2*rand.Float64())) //nolint:gosec // It spreads calls; nothing hangs on its being unknown.
}

// pause is false where ctx is done first.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// progress is what a wait has seen so far.
type progress struct {
	started, lastAt time.Time
	last            *customerprofiles.GetWorkflowOutput
}

func (p progress) metrics() awstypes.AppflowIntegrationWorkflowMetrics {
	if p.last.Metrics == nil || p.last.Metrics.AppflowIntegration == nil {
		return awstypes.AppflowIntegrationWorkflowMetrics{}
	}
	return *p.last.Metrics.AppflowIntegration
}

func (p progress) waited() time.Duration { return time.Since(p.started).Round(time.Second) }

func (p progress) status() string {
	if p.last.Status == "" {
		return "(none)"
	}
	return diagnostics.Printable(string(p.last.Status))
}

func (p progress) String() string {
	metrics := p.metrics()
	return fmt.Sprintf("status %s, %d of %d steps done, %d records processed",
		p.status(), metrics.StepsCompleted, metrics.TotalSteps, metrics.RecordsProcessed)
}

func (m *model) logFields(p progress) map[string]any {
	metrics := p.metrics()
	return map[string]any{
		"domain_name":       m.DomainName.ValueString(),
		"workflow_id":       m.WorkflowID.ValueString(),
		"status":            p.status(),
		"steps_completed":   metrics.StepsCompleted,
		"total_steps":       metrics.TotalSteps,
		"records_processed": metrics.RecordsProcessed,
		"waited":            p.waited().String(),
	}
}

// awaited says what was asked, and of whom.
func (m *model) awaited(client *conns.Client) string {
	return fmt.Sprintf("GetWorkflow asked for workflow %q of domain %q in Region %s, to wait for %s.",
		m.WorkflowID.ValueString(), m.DomainName.ValueString(), client.Region, strings.Join(common.Strings(m.WaitFor.statuses()), " or "))
}

// stopped is the diagnostic of a wait that ctx ended: in a poll, of which err is
// what became, or in a pause, where it is nil.
func (m *model) stopped(ctx context.Context, client *conns.Client, seen progress, err error) diag.Diagnostic {
	detail := []string{
		m.awaited(client), fmt.Sprintf("Waited %s. Last answer, %s ago: %s.", seen.waited(), time.Since(seen.lastAt).Round(time.Second), seen),
	}
	if err != nil {
		detail = append(detail, "The next poll was under way. "+diagnostics.Stopped(err))
	}
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return diag.NewErrorDiagnostic("Cancelled", strings.Join(append(detail, "Terraform stopped the wait."), "\n\n"))
	}
	detail = append(detail, "Where that is too short, set timeouts { read = \"…\" } on the data source.")
	return diag.NewErrorDiagnostic("Timed out waiting for a workflow", strings.Join(detail, "\n\n"))
}

// ended is the diagnostic of a run that ended as nobody waits for.
func (m *model) ended(ctx context.Context, client *conns.Client, seen progress) diag.Diagnostic {
	detail := []string{m.awaited(client), fmt.Sprintf("The run has ended: %s.", seen)}
	if description := aws.ToString(seen.last.ErrorDescription); description != "" {
		detail = append(detail, "Error description: "+diagnostics.Printable(description))
	}
	if steps := m.failedSteps(ctx, client); len(steps) > 0 {
		detail = append(detail, "Steps that failed:\n"+strings.Join(steps, "\n"))
	}
	detail = append(detail, "It will not go on. Where this status is one to go on with, add it to wait_for.statuses.")
	return diag.NewErrorDiagnostic("Workflow ended with status "+seen.status(), strings.Join(detail, "\n\n"))
}

// failedSteps are the first steps that failed, each as a line of a list, as far
// as they can be read: the run's own failure matters more.
func (m *model) failedSteps(ctx context.Context, client *conns.Client) []string {
	ctx, cancel := context.WithTimeout(ctx, stepsTimeout)
	defer cancel()
	var failed []string
	err := common.EachStepsPage(ctx, client, m.DomainName, m.WorkflowID, func(page *customerprofiles.GetWorkflowStepsOutput) bool {
		for _, item := range page.Items {
			step := item.AppflowIntegration
			if step == nil || step.Status != awstypes.StatusFailed || len(failed) == maxFailedSteps {
				continue
			}
			failed = append(failed, fmt.Sprintf("  - flow %s: %s",
				diagnostics.Printable(strconv.Quote(aws.ToString(step.FlowName))), diagnostics.Printable(aws.ToString(step.ExecutionMessage))))
		}
		return len(failed) < maxFailedSteps
	})
	if err != nil {
		tflog.Warn(ctx, "The steps of a workflow that ended cannot be read", map[string]any{"error": diagnostics.Printable(err.Error())})
	}
	return failed
}
