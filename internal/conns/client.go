// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"iter"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

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
	r := &requester{clients: clients, options: sdk.Options(), pacers: map[string]*pacer{}}
	return &Client{
		Region:         r.options.Region,
		Logger:         clients.logger,
		GetWorkflow:    operation(r, GetWorkflow, sdk.GetWorkflow, checkWorkflow),
		GetIntegration: operation(r, GetIntegration, sdk.GetIntegration, checkIntegration),
		GetWorkflowSteps: paged(r, GetWorkflowSteps, sdk.GetWorkflowSteps, checkWorkflowSteps,
			func(in *customerprofiles.GetWorkflowStepsInput, size *int32, token *string) {
				in.MaxResults, in.NextToken = size, token
			},
			func(out *customerprofiles.GetWorkflowStepsOutput) (int, *string) {
				return len(out.Items), out.NextToken
			}),
		ListWorkflows: paged(r, ListWorkflows, sdk.ListWorkflows, checkWorkflows,
			func(in *customerprofiles.ListWorkflowsInput, size *int32, token *string) {
				in.MaxResults, in.NextToken = size, token
			},
			func(out *customerprofiles.ListWorkflowsOutput) (int, *string) { return len(out.Items), out.NextToken }),
		ListIntegrations: paged(r, ListIntegrations, sdk.ListIntegrations, checkIntegrations,
			func(in *customerprofiles.ListIntegrationsInput, size *int32, token *string) {
				in.MaxResults, in.NextToken = size, token
			},
			func(out *customerprofiles.ListIntegrationsOutput) (int, *string) {
				return len(out.Items), out.NextToken
			}),
	}
}
