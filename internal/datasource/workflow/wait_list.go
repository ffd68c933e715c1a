// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// maxEndedWorkflows is how many workflows a diagnostic lists.
const maxEndedWorkflows = 5

// waitForWorkflows polls the list until every workflow in it has reached one of the
// statuses, and returns the list. A workflow may be added to the list at any time.
// The error is a [conns.RequestError] of the first poll, a [diagnostics.WaitError],
// or a [diagnostics.ListStatusError].
func waitForWorkflows(
	ctx context.Context, client *conns.Client, input *customerprofiles.ListWorkflowsInput, argument *waitFor,
) ([]awstypes.ListWorkflowsItem, error) {
	p := newPoller(client, conns.ListWorkflows, map[string]any{"domain_name": aws.ToString(input.DomainName)}, argument)
	for {
		items, err := listWorkflows(ctx, client, input)
		if err == nil {
			statuses := countStatuses(items)
			p.received(ctx, "workflows with these statuses: "+statuses, "Polled the workflows", map[string]any{
				"workflows": len(items),
				"statuses":  statuses,
			})
			if err := p.ended(items); err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(items, func(i awstypes.ListWorkflowsItem) bool { return !p.accepts(i.Status) }) {
				return items, nil
			}
		}
		if err := p.pause(ctx, err); err != nil {
			return nil, err
		}
	}
}

// listWorkflows returns the workflows of all pages.
func listWorkflows(
	ctx context.Context, client *conns.Client, input *customerprofiles.ListWorkflowsInput,
) ([]awstypes.ListWorkflowsItem, error) {
	var items []awstypes.ListWorkflowsItem
	for page, err := range client.ListWorkflows(ctx, input) {
		if err != nil {
			return nil, err
		}
		items = append(items, page.Items...)
	}
	return items, nil
}

// ended returns an error if workflows ended with a status that the wait doesn't
// accept.
func (p *poller) ended(items []awstypes.ListWorkflowsItem) error {
	var first []diagnostics.EndedWorkflow
	ended := 0
	for _, item := range items {
		if !p.rejects(item.Status) {
			continue
		}
		if ended++; ended <= maxEndedWorkflows {
			first = append(first, diagnostics.EndedWorkflow{
				ID:          aws.ToString(item.WorkflowId),
				Status:      string(item.Status),
				Description: aws.ToString(item.StatusDescription),
			})
		}
	}
	if ended == 0 {
		return nil
	}
	return &diagnostics.ListStatusError{Wait: p.wait(), Ended: ended, Listed: len(items), First: first}
}

// countStatuses returns how many workflows have each status, such as "200 COMPLETE,
// 50 IN_PROGRESS".
func countStatuses(items []awstypes.ListWorkflowsItem) string {
	counts := map[awstypes.Status]int{}
	for _, item := range items {
		counts[item.Status]++
	}
	var texts []string
	for _, status := range slices.Sorted(maps.Keys(counts)) {
		if status == "" {
			texts = append(texts, fmt.Sprintf("%d without a status", counts[status]))
			continue
		}
		texts = append(texts, fmt.Sprintf("%d %s", counts[status], status))
	}
	return strings.Join(texts, ", ")
}
