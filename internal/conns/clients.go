// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

// ErrNoRegion is what [Clients.Client] returns where neither the data source
// nor the provider names a Region. The SDK would send an unsigned request then.
var ErrNoRegion = errors.New("no AWS Region is configured")

// Operation is one call of the Customer Profiles API, as the SDK's client
// offers it: context and input in, output or error out.
type Operation[In, Out any] func(context.Context, *In, ...func(*customerprofiles.Options)) (*Out, error)

// Client is Customer Profiles in one Region: the operations that data sources
// call, and nothing else.
//
// They are function values because an SDK client that reaches an interface
// value makes the linker keep all of its hundred operations.
type Client struct {
	// Region is the Region that the calls go to, such as "eu-west-1".
	Region string
	// GetWorkflow reads one workflow.
	GetWorkflow Operation[customerprofiles.GetWorkflowInput, customerprofiles.GetWorkflowOutput]
	// GetWorkflowSteps reads a page of a workflow's steps.
	GetWorkflowSteps Operation[customerprofiles.GetWorkflowStepsInput, customerprofiles.GetWorkflowStepsOutput]
	// ListWorkflows reads a page of a domain's workflows.
	ListWorkflows Operation[customerprofiles.ListWorkflowsInput, customerprofiles.ListWorkflowsOutput]
	// GetIntegration reads one integration.
	GetIntegration Operation[customerprofiles.GetIntegrationInput, customerprofiles.GetIntegrationOutput]
	// ListIntegrations reads a page of a domain's integrations.
	ListIntegrations Operation[customerprofiles.ListIntegrationsInput, customerprofiles.ListIntegrationsOutput]
}

// Clients makes a [Client] for each Region that is asked for, once, and keeps
// it. It is safe for concurrent use.
type Clients struct {
	cfg      aws.Config
	endpoint string

	mu       sync.Mutex
	byRegion map[string]*Client
}

// New returns the clients that use cfg: its credentials, HTTP client, retryer
// and Region. The endpoint is used as it is in every Region; where it is empty
// the SDK finds one.
func New(cfg aws.Config, endpoint string) *Clients {
	cfg.APIOptions = append(slices.Clone(cfg.APIOptions), addAnswerCheck)
	cfg.HTTPClient = sharedHTTPClient(cfg)
	return &Clients{cfg: cfg, endpoint: endpoint, byRegion: map[string]*Client{}}
}

// sharedHTTPClient returns the HTTP client that the SDK would use, in a form
// that it cannot copy: each copy would have a pool of connections of its own.
func sharedHTTPClient(cfg aws.Config) aws.HTTPClient {
	httpClient := customerprofiles.NewFromConfig(cfg).Options().HTTPClient
	if buildable, ok := httpClient.(*awshttp.BuildableClient); ok {
		return buildable.Freeze()
	}
	return httpClient
}

// Client returns the client of a Region, or of the provider's own Region where
// region is empty. It makes no call. The only error is [ErrNoRegion].
func (c *Clients) Client(region string) (*Client, error) {
	if region == "" {
		region = c.cfg.Region
	}
	if region == "" {
		return nil, ErrNoRegion
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	client, ok := c.byRegion[region]
	if !ok {
		client = c.newClient(region)
		c.byRegion[region] = client
	}
	return client, nil
}

func (c *Clients) newClient(region string) *Client {
	sdk := customerprofiles.NewFromConfig(c.cfg, func(o *customerprofiles.Options) {
		o.Region = region
		// In cfg it would give way to AWS_ENDPOINT_URL_CUSTOMER_PROFILES.
		if c.endpoint != "" {
			o.BaseEndpoint = aws.String(c.endpoint)
		}
	})
	return &Client{
		Region:           region,
		GetWorkflow:      sdk.GetWorkflow,
		GetWorkflowSteps: sdk.GetWorkflowSteps,
		ListWorkflows:    sdk.ListWorkflows,
		GetIntegration:   sdk.GetIntegration,
		ListIntegrations: sdk.ListIntegrations,
	}
}
