// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

// ErrNoRegion is what [Clients.Client] returns where neither the data source
// nor the provider names a Region. The SDK would send an unsigned request then.
var ErrNoRegion = errors.New("no AWS Region is configured")

// RegionError is what [Clients.Client] returns for a Region that does not exist.
type RegionError struct {
	// Region is its name.
	Region string
}

// Error names the Region.
func (e *RegionError) Error() string { return fmt.Sprintf("there is no AWS Region %q", e.Region) }

// UnknownError is what [Clients.Client] returns where the provider block is not
// known yet.
type UnknownError struct {
	// Arguments are the names of the provider's arguments that are not known.
	Arguments []string
}

// Error names the arguments.
func (e *UnknownError) Error() string {
	return "not known until apply: " + strings.Join(e.Arguments, ", ")
}

// Operation is one call of the Customer Profiles API, as the SDK's client
// offers it: context and input in, output or error out.
type Operation[In, Out any] func(context.Context, *In, ...func(*customerprofiles.Options)) (*Out, error)

// Client is Customer Profiles in one Region: the operations that data sources
// call, and nothing else. Their errors are of the type diagnostics.CallError.
//
// They are function values because an SDK client that reaches an interface
// value makes the linker keep all of its hundred operations.
type Client struct {
	// Region is the Region that the calls go to, such as "eu-west-1".
	Region string
	// GetWorkflow reads one workflow. An answer about another one is an error.
	GetWorkflow Operation[customerprofiles.GetWorkflowInput, customerprofiles.GetWorkflowOutput]
	// GetWorkflowSteps reads a page of a workflow's steps. Another one's are an error.
	GetWorkflowSteps Operation[customerprofiles.GetWorkflowStepsInput, customerprofiles.GetWorkflowStepsOutput]
	// ListWorkflows reads a page of a domain's workflows.
	ListWorkflows Operation[customerprofiles.ListWorkflowsInput, customerprofiles.ListWorkflowsOutput]
	// GetIntegration reads one integration. An answer about another one is an error.
	GetIntegration Operation[customerprofiles.GetIntegrationInput, customerprofiles.GetIntegrationOutput]
	// ListIntegrations reads a page of a domain's integrations.
	ListIntegrations Operation[customerprofiles.ListIntegrationsInput, customerprofiles.ListIntegrationsOutput]
}

// Clients makes a [Client] for each Region that is asked for, once, and keeps
// it. It is safe for concurrent use.
type Clients struct {
	options
	cfg         aws.Config
	endpoint    string
	credentials *Credentials
	proxy       proxyFunc
	unknown     []string

	mu       sync.Mutex
	byRegion map[string]*Client
}

// WithRegionValidator has check say of each Region, before its first call, whether
// it exists.
func WithRegionValidator(check func(region string) error) Option {
	return func(o *options) { o.checkRegion = check }
}

// New returns the clients that use cfg: its credentials, HTTP client, retryer
// and Region. The endpoint is used as it is in every Region; where it is empty
// the SDK finds one.
func New(cfg aws.Config, endpoint string, opts ...Option) *Clients {
	c := &Clients{options: newOptions(opts), endpoint: endpoint, byRegion: map[string]*Client{}}
	var marked bool
	if c.credentials, marked = cfg.Credentials.(*Credentials); !marked {
		c.credentials = NewCredentials(cfg.Credentials, nil)
	}
	cfg.APIOptions = append(slices.Clone(cfg.APIOptions), addPlainBody, addAnswerCheck(c.attemptLimit), addSecretFilter, addLogging)
	cfg.Credentials = c.credentials
	cfg.HTTPClient, c.proxy = sharedHTTPClient(cfg, c.options)
	cfg.Retryer = newRetryer(cfg.Retryer, c.wait)
	c.cfg = cfg
	return c
}

// NewUnknown returns clients of a provider whose named arguments are not known
// yet: it has none, and says so when it is asked for one.
func NewUnknown(arguments []string) *Clients { return &Clients{unknown: arguments} }

// Client returns the client of a Region, or of the provider's own Region where
// region is empty. It makes no call. The error is [ErrNoRegion], a
// [RegionError] or an [UnknownError].
func (c *Clients) Client(region string) (*Client, error) {
	if len(c.unknown) > 0 {
		return nil, &UnknownError{Arguments: c.unknown}
	}
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
		if c.checkRegion != nil && c.checkRegion(region) != nil {
			return nil, &RegionError{Region: region}
		}
		client = c.newClient(region)
		c.byRegion[region] = client
	}
	return client, nil
}

// Endpoint returns the URL that is called in place of AWS's own, wherever it
// comes from, or an empty string.
func (c *Clients) Endpoint() string {
	if c.endpoint != "" {
		return c.endpoint
	}
	return aws.ToString(customerprofiles.NewFromConfig(c.cfg).Options().BaseEndpoint)
}

func (c *Clients) newClient(region string) *Client {
	sdk := customerprofiles.NewFromConfig(c.cfg, func(o *customerprofiles.Options) {
		o.Region = region
		// In cfg it would give way to AWS_ENDPOINT_URL_CUSTOMER_PROFILES.
		if c.endpoint != "" {
			o.BaseEndpoint = aws.String(c.endpoint)
		}
		// A given endpoint is called as it is. The SDK would refuse it, and
		// the environment often sets these for everything.
		if o.BaseEndpoint != nil {
			o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateDisabled
			o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateDisabled
		}
	})
	of := sdk.Options()
	return &Client{
		Region:           region,
		GetWorkflow:      observed(c, of, sdk.GetWorkflow, anotherWorkflow),
		GetWorkflowSteps: observed(c, of, sdk.GetWorkflowSteps, stepsOfAnotherWorkflow),
		ListWorkflows:    observed(c, of, sdk.ListWorkflows, nil),
		GetIntegration:   observed(c, of, sdk.GetIntegration, anotherIntegration),
		ListIntegrations: observed(c, of, sdk.ListIntegrations, nil),
	}
}
