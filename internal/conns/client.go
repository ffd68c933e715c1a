// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"fmt"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

// pageSize is the number of items that a page of a list is requested with. It is
// the API's maximum.
const pageSize = 100

// The names of the API operations that [Client] offers.
const (
	GetWorkflow      = "GetWorkflow"
	GetWorkflowSteps = "GetWorkflowSteps"
	ListWorkflows    = "ListWorkflows"
	GetIntegration   = "GetIntegration"
	ListIntegrations = "ListIntegrations"
)

// Operation sends a request and returns its response, or a [RequestError].
type Operation[In, Out any] func(context.Context, *In) (*Out, error)

// PagedOperation requests the pages of a list one after the other. The operation
// sets the page size and the page token of its input. If a request fails, the
// sequence ends with a [RequestError].
type PagedOperation[In, Out any] func(context.Context, *In) iter.Seq2[*Out, error]

// Client has the operations of Customer Profiles in one Region that the
// provider uses.
//
// They are function values because the linker keeps all of the hundred
// operations of an SDK client that is stored in an interface.
type Client struct {
	// Region is the Region of the client, such as "eu-west-1".
	Region string
	// Logger writes to the provider's log and redacts all secrets.
	Logger *Logger

	// GetWorkflow returns one workflow. A response for another workflow is an error.
	GetWorkflow Operation[customerprofiles.GetWorkflowInput, customerprofiles.GetWorkflowOutput]
	// GetWorkflowSteps returns the steps of a workflow. A response for another
	// workflow is an error.
	GetWorkflowSteps PagedOperation[customerprofiles.GetWorkflowStepsInput, customerprofiles.GetWorkflowStepsOutput]
	// ListWorkflows returns the workflows of a domain.
	ListWorkflows PagedOperation[customerprofiles.ListWorkflowsInput, customerprofiles.ListWorkflowsOutput]
	// GetIntegration returns one integration. A response for another one is an error.
	GetIntegration Operation[customerprofiles.GetIntegrationInput, customerprofiles.GetIntegrationOutput]
	// ListIntegrations returns the integrations of a domain.
	ListIntegrations PagedOperation[customerprofiles.ListIntegrationsInput, customerprofiles.ListIntegrationsOutput]
}

func newClient(sdk *customerprofiles.Client, clients *Clients) *Client {
	r := &requester{clients: clients, options: sdk.Options()}
	return &Client{
		Region:         r.options.Region,
		Logger:         clients.logger,
		GetWorkflow:    operation(r, GetWorkflow, sdk.GetWorkflow, checkWorkflow),
		GetIntegration: operation(r, GetIntegration, sdk.GetIntegration, checkIntegration),
		GetWorkflowSteps: paged(r, GetWorkflowSteps, sdk.GetWorkflowSteps, checkWorkflowSteps,
			func(in *customerprofiles.GetWorkflowStepsInput, size *int32, token *string) {
				in.MaxResults, in.NextToken = size, token
			},
			func(out *customerprofiles.GetWorkflowStepsOutput) *string { return out.NextToken }),
		ListWorkflows: paged(r, ListWorkflows, sdk.ListWorkflows, nil,
			func(in *customerprofiles.ListWorkflowsInput, size *int32, token *string) {
				in.MaxResults, in.NextToken = size, token
			},
			func(out *customerprofiles.ListWorkflowsOutput) *string { return out.NextToken }),
		ListIntegrations: paged(r, ListIntegrations, sdk.ListIntegrations, nil,
			func(in *customerprofiles.ListIntegrationsInput, size *int32, token *string) {
				in.MaxResults, in.NextToken = size, token
			},
			func(out *customerprofiles.ListIntegrationsOutput) *string { return out.NextToken }),
	}
}

// paged returns the operation op of the SDK as an iterator over its pages. A
// page token that was seen before ends the list with an error, because the list
// would never end. A nil check accepts every page.
func paged[In, Out any](
	r *requester, name string, op sdkOperation[In, Out], check func(*In, *Out) string,
	setPage func(in *In, size *int32, token *string), nextToken func(*Out) *string,
) PagedOperation[In, Out] {
	return func(ctx context.Context, in *In) iter.Seq2[*Out, error] {
		return func(yield func(*Out, error) bool) {
			seen := map[string]bool{}
			fetch := operation(r, name, op, func(in *In, out *Out) string {
				if token := aws.ToString(nextToken(out)); seen[token] {
					return fmt.Sprintf("the page token %q was returned before", token)
				}
				if check == nil {
					return ""
				}
				return check(in, out)
			})
			for token := (*string)(nil); ; {
				setPage(in, aws.Int32(pageSize), token)
				out, err := fetch(ctx, in)
				if !yield(out, err) || err != nil {
					return
				}
				if token = nextToken(out); aws.ToString(token) == "" {
					return
				}
				seen[*token] = true
			}
		}
	}
}

// checkWorkflow rejects a response without a workflow ID or for another workflow.
func checkWorkflow(in *customerprofiles.GetWorkflowInput, out *customerprofiles.GetWorkflowOutput) string {
	switch {
	case out.WorkflowId == nil:
		return "WorkflowId is missing"
	case *out.WorkflowId != aws.ToString(in.WorkflowId):
		return fmt.Sprintf("it describes workflow %q", *out.WorkflowId)
	}
	return ""
}

// checkWorkflowSteps rejects steps of another workflow. The workflow ID is optional.
func checkWorkflowSteps(
	in *customerprofiles.GetWorkflowStepsInput, out *customerprofiles.GetWorkflowStepsOutput,
) string {
	if out.WorkflowId != nil && *out.WorkflowId != aws.ToString(in.WorkflowId) {
		return fmt.Sprintf("it describes workflow %q", *out.WorkflowId)
	}
	return ""
}

// checkIntegration rejects a response without a URI or for another integration.
func checkIntegration(in *customerprofiles.GetIntegrationInput, out *customerprofiles.GetIntegrationOutput) string {
	switch {
	case out.Uri == nil:
		return "Uri is missing"
	case *out.Uri != aws.ToString(in.Uri):
		return fmt.Sprintf("it describes integration %q", *out.Uri)
	case out.DomainName != nil && *out.DomainName != aws.ToString(in.DomainName):
		return fmt.Sprintf("it describes domain %q", *out.DomainName)
	}
	return ""
}
