// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package conns builds one Customer Profiles client per Region and caches it.
// All clients share one credentials provider and one connection pool. Each
// response is read, checked, and logged by one middleware, and each failed
// request is returned as a [RequestError].
package conns

import (
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

// Clients builds a [Client] for each requested Region and caches it. It is safe
// for concurrent use.
type Clients struct {
	options
	cfg         aws.Config
	endpoint    string
	credentials *Credentials
	client      *HTTPClient
	logger      *Logger
	unknown     []string

	mu       sync.Mutex
	byRegion map[string]*Client
}

// New returns clients that use the Region, credentials, HTTP client, and
// retryer of cfg. An HTTP client that isn't from [NewHTTPClient] is replaced by one
// that is. If endpoint is not empty, all Regions use this URL. The
// secrets that the credentials provider returns are added to redactor, which is
// applied to the log.
func New(cfg aws.Config, endpoint string, redactor *Redactor, opts ...Option) *Clients {
	c := &Clients{
		options:     newOptions(opts),
		endpoint:    endpoint,
		credentials: NewCredentials(cfg.Credentials, redactor, nil),
		logger:      NewLogger(redactor),
		byRegion:    map[string]*Client{},
	}
	cfg.Credentials = c.credentials
	c.client = newHTTPClient(cfg, c.options)
	cfg.HTTPClient = c.client
	c.cfg = cfg
	return c
}

// NewUnknown returns clients of a provider whose named arguments are not known
// yet. Only its method Client may be called, which returns an
// [UnknownConfigurationError].
func NewUnknown(arguments []string) *Clients { return &Clients{unknown: arguments} }

// Client returns the client of a Region, or of the provider's Region if region
// is empty. It sends no request. The error is [ErrNoRegion], an
// [InvalidRegionError], or an [UnknownConfigurationError].
func (c *Clients) Client(region string) (*Client, error) {
	if len(c.unknown) > 0 {
		return nil, &UnknownConfigurationError{Arguments: c.unknown}
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
		if c.validateRegion(region) != nil {
			return nil, &InvalidRegionError{Region: region}
		}
		client = c.newClient(region)
		c.byRegion[region] = client
	}
	return client, nil
}

func (c *Clients) newClient(region string) *Client {
	sdk := customerprofiles.NewFromConfig(c.cfg, func(o *customerprofiles.Options) {
		o.Region = region
		// In cfg, it would have lower precedence than AWS_ENDPOINT_URL_CUSTOMER_PROFILES.
		if c.endpoint != "" {
			o.BaseEndpoint = aws.String(c.endpoint)
		}
		// The SDK rejects a custom endpoint combined with these options, which the
		// environment often sets for all services.
		if o.BaseEndpoint != nil {
			o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateDisabled
			o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateDisabled
		}
	})
	return newClient(sdk, c)
}
