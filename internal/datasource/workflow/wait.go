// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	smithytime "github.com/aws/smithy-go/time"
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

// waitTimeouts are the defaults of timeouts.read of a data source with wait_for.
const waitTimeouts = "Defaults to `5m`, or to `30m` with `wait_for`."

// assumedTerminal is a part of the description of wait_for.
const assumedTerminal = "The API doesn't document which statuses are terminal; the provider assumes `COMPLETE`, " +
	"`FAILED`, and `CANCELLED`. "

// waitForArgument returns the schema of the argument wait_for.
func waitForArgument(description string, validators ...validator.Object) schema.SingleNestedAttribute {
	statuses := framework.Strings(awstypes.Status("").Values())
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: description,
		Validators:          validators,
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
// Without wait_for, w is nil.
func (w *waitFor) defaultTimeout() time.Duration {
	if w == nil {
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

// poller is what a wait for one workflow and a wait for a list of workflows share:
// which statuses they accept, how long they pause, and what they report.
type poller struct {
	client    *conns.Client
	operation string
	subject   map[string]any // says in the log what the wait is for
	statuses  []awstypes.Status
	interval  time.Duration
	started   time.Time
	// lastStatus describes the last response, which arrived at lastAt.
	lastStatus string
	lastAt     time.Time
	// lastPollErr is the transient error of the last poll, nil if it succeeded.
	lastPollErr error
}

func newPoller(client *conns.Client, operation string, subject map[string]any, argument *waitFor) *poller {
	return &poller{
		client:    client,
		operation: operation,
		subject:   subject,
		statuses:  argument.statuses(),
		interval:  argument.interval(),
		started:   time.Now(),
	}
}

// accepts reports whether the wait accepts a status.
func (p *poller) accepts(status awstypes.Status) bool { return slices.Contains(p.statuses, status) }

// rejects reports whether a run ended with a status that the wait doesn't accept.
func (p *poller) rejects(status awstypes.Status) bool {
	return slices.Contains(terminalStatuses, status) && !p.accepts(status)
}

// received stores a description of a response, and writes it to the log.
func (p *poller) received(ctx context.Context, lastStatus, message string, fields map[string]any) {
	p.lastStatus, p.lastAt, p.lastPollErr = lastStatus, time.Now(), nil
	p.client.Logger.Info(ctx, message, p.logFields(fields))
}

// logFields adds the fields that each log entry of the wait has.
func (p *poller) logFields(fields map[string]any) map[string]any {
	maps.Copy(fields, p.subject)
	fields["waited"] = time.Since(p.started).Round(time.Second).String()
	return fields
}

// pause waits until the next poll is due. The error err is that of the last poll,
// or nil. If it isn't transient, or if ctx ends, pause returns the error of the wait.
func (p *poller) pause(ctx context.Context, err error) error {
	var request *conns.RequestError
	switch {
	case err == nil:
	case errors.As(err, &request) && request.Transient:
		p.lastPollErr = err
		p.client.Logger.Warn(ctx, "A poll failed and will be repeated", p.logFields(map[string]any{
			"operation": p.operation,
			"error":     err.Error(),
		}))
	case ctx.Err() == nil && p.lastAt.IsZero() && p.lastPollErr == nil:
		return err // The wait failed at its first poll like a read, and has nothing to add.
	default:
		return &diagnostics.WaitError{Wait: p.wait(), Err: err, LastPollErr: p.lastPollErr}
	}
	if err := smithytime.SleepWithContext(ctx, jitter(p.interval)); err != nil {
		return &diagnostics.WaitError{Wait: p.wait(), Err: err, LastPollErr: p.lastPollErr}
	}
	return nil
}

// wait describes the wait for a diagnostic.
func (p *poller) wait() diagnostics.Wait {
	wait := diagnostics.Wait{
		Operation:  p.operation,
		Region:     p.client.Region,
		Statuses:   framework.Strings(p.statuses),
		Elapsed:    time.Since(p.started),
		LastStatus: p.lastStatus,
	}
	if !p.lastAt.IsZero() {
		wait.SinceLastResponse = time.Since(p.lastAt)
	}
	return wait
}

// jitter returns d, up to 10 percent shorter or longer, so that the waits for
// many workflows don't poll at the same time.
func jitter(d time.Duration) time.Duration {
	d = min(d, math.MaxInt64/2)                                   // 10 percent more must not overflow.
	return time.Duration(float64(d) * (0.9 + 0.2*rand.Float64())) //nolint:gosec // It needn't be unpredictable.
}

// waitForWorkflow polls the workflow until it reaches one of the statuses, and
// returns that response. The error is a [conns.RequestError] of the first poll, a
// [diagnostics.WaitError], or a [diagnostics.StatusError].
func waitForWorkflow(
	ctx context.Context, client *conns.Client, input *customerprofiles.GetWorkflowInput, argument *waitFor,
) (*customerprofiles.GetWorkflowOutput, error) {
	p := newPoller(client, conns.GetWorkflow, map[string]any{
		"domain_name": aws.ToString(input.DomainName),
		"workflow_id": aws.ToString(input.WorkflowId),
	}, argument)
	for {
		out, err := client.GetWorkflow(ctx, input)
		if err == nil {
			p.received(ctx, describeProgress(out), "Polled a workflow", progressFields(out))
			switch {
			case p.accepts(out.Status):
				return out, nil
			case p.rejects(out.Status):
				return nil, &diagnostics.StatusError{
					Wait:             p.wait(),
					Status:           string(out.Status),
					ErrorDescription: aws.ToString(out.ErrorDescription),
					FailedSteps:      failedSteps(ctx, client, input),
				}
			}
		}
		if err := p.pause(ctx, err); err != nil {
			return nil, err
		}
	}
}

// appflowMetricsOf returns the metrics of a response, or nil if it has none. The
// SDK doesn't distinguish an absent counter from 0.
func appflowMetricsOf(out *customerprofiles.GetWorkflowOutput) *awstypes.AppflowIntegrationWorkflowMetrics {
	if out.Metrics == nil || out.Metrics.AppflowIntegration == nil {
		return nil
	}
	metrics := out.Metrics.AppflowIntegration
	if metrics.RecordsProcessed == 0 && metrics.StepsCompleted == 0 && metrics.TotalSteps == 0 {
		return nil
	}
	return metrics
}

// describeProgress returns the status and the progress of a run.
func describeProgress(out *customerprofiles.GetWorkflowOutput) string {
	progress := "no status"
	if out.Status != "" {
		progress = "status " + string(out.Status)
	}
	if metrics := appflowMetricsOf(out); metrics != nil {
		progress += fmt.Sprintf(", %d of %d steps completed, %d records processed",
			metrics.StepsCompleted, metrics.TotalSteps, metrics.RecordsProcessed)
	}
	return progress
}

// progressFields returns the same as describeProgress for the log.
func progressFields(out *customerprofiles.GetWorkflowOutput) map[string]any {
	fields := map[string]any{}
	if out.Status != "" {
		fields["status"] = string(out.Status)
	}
	if metrics := appflowMetricsOf(out); metrics != nil {
		fields["steps_completed"] = metrics.StepsCompleted
		fields["total_steps"] = metrics.TotalSteps
		fields["records_processed"] = metrics.RecordsProcessed
	}
	return fields
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
