// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/framework"
)

const (
	// defaultWaitTimeout is the default of timeouts.read with wait_for.
	defaultWaitTimeout = 30 * time.Minute
	// defaultInterval is the pause between two polls if interval isn't set.
	defaultInterval = 10 * time.Second
	// maxFailedSteps is how many failed steps a diagnostic describes.
	maxFailedSteps = 5
	// stepsTimeout limits how long a diagnostic waits for the failed steps.
	stepsTimeout = 10 * time.Second
)

// terminalStatuses are the statuses that end a run. The API doesn't document
// them. An unknown status isn't terminal.
var terminalStatuses = []awstypes.Status{awstypes.StatusComplete, awstypes.StatusFailed, awstypes.StatusCancelled}

func waitForArgument() schema.SingleNestedAttribute {
	statuses := framework.Strings(awstypes.Status("").Values())
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Waits until the workflow reaches one of `statuses`, then stores that response. " +
			"If the run ends with another terminal status (`COMPLETE`, `FAILED`, or `CANCELLED`), the read fails at once. " +
			"If omitted, the workflow is read once.",
		Attributes: map[string]schema.Attribute{
			"statuses": schema.SetAttribute{
				Optional:    true,
				ElementType: types.StringType,
				MarkdownDescription: "Statuses to wait for, at least one. Valid values: `" +
					strings.Join(statuses, "`, `") + "`. Defaults to `[\"COMPLETE\"]`.",
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					setvalidator.NoNullValues(),
					setvalidator.ValueStringsAre(stringvalidator.OneOf(statuses...)),
				},
			},
			"interval": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Pause between two polls, as a duration such as `15s` or `1m`. Must be at least `1s`. " +
					"Defaults to `10s`. Each pause varies by up to 10 percent.",
				Validators: []validator.String{framework.DurationAtLeast(time.Second)},
			},
		},
	}
}

// defaultTimeout returns how long the read may take if timeouts.read isn't set.
func (m *model) defaultTimeout() time.Duration {
	if m.WaitFor == nil {
		return framework.DefaultTimeout
	}
	return defaultWaitTimeout
}

// statuses returns the statuses to wait for, sorted.
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

// interval returns the pause between two polls.
func (w *waitFor) interval() time.Duration {
	if interval, err := time.ParseDuration(w.Interval.ValueString()); err == nil {
		return interval
	}
	return defaultInterval // The validator accepts only a duration, so the argument is null.
}

// waitForWorkflow polls the workflow until it reaches one of the statuses, and
// returns that response. The error is that of the first poll, a
// [diagnostics.WaitError], or a [diagnostics.StatusError].
func waitForWorkflow(
	ctx context.Context, client *conns.Client, input *customerprofiles.GetWorkflowInput, wait *waitFor,
) (*customerprofiles.GetWorkflowOutput, error) {
	statuses, interval, started := wait.statuses(), wait.interval(), time.Now()
	var last *customerprofiles.GetWorkflowOutput
	var lastAt time.Time
	progress := func() diagnostics.Wait {
		return diagnostics.Wait{
			Operation:         conns.GetWorkflow,
			Region:            client.Region,
			Statuses:          framework.Strings(statuses),
			Elapsed:           time.Since(started),
			LastStatus:        describeProgress(last),
			SinceLastResponse: time.Since(lastAt),
		}
	}
	for {
		out, err := client.GetWorkflow(ctx, input)
		switch {
		case err != nil && last == nil:
			return nil, err
		case err != nil:
			return nil, &diagnostics.WaitError{Wait: progress(), Err: err}
		}
		last, lastAt = out, time.Now()
		logPoll(ctx, client.Logger, input, out, time.Since(started))
		switch {
		case slices.Contains(statuses, out.Status):
			return out, nil
		case slices.Contains(terminalStatuses, out.Status):
			return nil, &diagnostics.StatusError{
				Wait:             progress(),
				Status:           string(out.Status),
				ErrorDescription: aws.ToString(out.ErrorDescription),
				FailedSteps:      failedSteps(ctx, client, input),
			}
		}
		if !sleep(ctx, jitter(interval)) {
			return nil, &diagnostics.WaitError{Wait: progress(), Err: ctx.Err()}
		}
	}
}

// jitter returns d, up to 10 percent shorter or longer, so that the waits for
// many workflows don't poll at the same time.
func jitter(d time.Duration) time.Duration {
	d = min(d, math.MaxInt64/2)                                   // 10 percent more must not overflow.
	return time.Duration(float64(d) * (0.9 + 0.2*rand.Float64())) //nolint:gosec // It needn't be unpredictable.
}

// sleep pauses for d. It reports false if ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// appflowMetricsOf returns the metrics of a response, or zeros if it has none.
func appflowMetricsOf(out *customerprofiles.GetWorkflowOutput) awstypes.AppflowIntegrationWorkflowMetrics {
	if out.Metrics == nil || out.Metrics.AppflowIntegration == nil {
		return awstypes.AppflowIntegrationWorkflowMetrics{}
	}
	return *out.Metrics.AppflowIntegration
}

// describeProgress returns the status and the progress of a run.
func describeProgress(out *customerprofiles.GetWorkflowOutput) string {
	metrics := appflowMetricsOf(out)
	status := out.Status
	if status == "" {
		status = "(none)"
	}
	return fmt.Sprintf("status %s, %d of %d steps completed, %d records processed",
		status, metrics.StepsCompleted, metrics.TotalSteps, metrics.RecordsProcessed)
}

func logPoll(
	ctx context.Context, logger *conns.Logger, input *customerprofiles.GetWorkflowInput,
	out *customerprofiles.GetWorkflowOutput, elapsed time.Duration,
) {
	metrics := appflowMetricsOf(out)
	logger.Info(ctx, "Polled a workflow", map[string]any{
		"domain_name":       aws.ToString(input.DomainName),
		"workflow_id":       aws.ToString(input.WorkflowId),
		"status":            string(out.Status),
		"steps_completed":   metrics.StepsCompleted,
		"total_steps":       metrics.TotalSteps,
		"records_processed": metrics.RecordsProcessed,
		"waited":            elapsed.Round(time.Second).String(),
	})
}

// failedSteps returns the first failed steps. If they can't be read, it returns
// those that were read, because the failure of the run matters more.
func failedSteps(
	ctx context.Context, client *conns.Client, workflow *customerprofiles.GetWorkflowInput,
) []diagnostics.FailedStep {
	ctx, cancel := context.WithTimeout(ctx, stepsTimeout)
	defer cancel()
	var failed []diagnostics.FailedStep
	for page, err := range client.GetWorkflowSteps(ctx, &customerprofiles.GetWorkflowStepsInput{
		DomainName: workflow.DomainName,
		WorkflowId: workflow.WorkflowId,
	}) {
		if err != nil {
			client.Logger.Warn(ctx, "Could not read the steps of a workflow", map[string]any{"error": err.Error()})
			return failed
		}
		for _, item := range page.Items {
			step := item.AppflowIntegration
			if step == nil || step.Status != awstypes.StatusFailed {
				continue
			}
			failed = append(failed, diagnostics.FailedStep{
				FlowName: aws.ToString(step.FlowName),
				Message:  aws.ToString(step.ExecutionMessage),
			})
			if len(failed) == maxFailedSteps {
				return failed
			}
		}
	}
	return failed
}
