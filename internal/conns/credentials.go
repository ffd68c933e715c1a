// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/apierror"
)

// namedCredentials remembers where the credentials came from, for a diagnostic that
// tells its reader what to renew, and marks the errors of fetching them: they
// are another service's, and look like Customer Profiles' own.
type namedCredentials struct {
	aws.CredentialsProvider
	source atomic.Pointer[string]
}

// Retrieve returns the credentials, or an [apierror.CredentialsError].
func (c *namedCredentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	creds, err := c.CredentialsProvider.Retrieve(ctx)
	if err != nil {
		return creds, &apierror.CredentialsError{Err: err}
	}
	if previous := c.source.Load(); previous == nil || *previous != creds.Source {
		c.source.Store(&creds.Source)
	}
	return creds, nil
}

// ProviderSources tells AWS, in the user agent, how the credentials are found.
func (c *namedCredentials) ProviderSources() []aws.CredentialSource {
	if provider, ok := c.CredentialsProvider.(aws.CredentialProviderSource); ok {
		return provider.ProviderSources()
	}
	return nil
}

// lastSource is the SDK's name of where the latest credentials came from,
// empty where there were none yet.
func (c *namedCredentials) lastSource() string {
	if source := c.source.Load(); source != nil {
		return *source
	}
	return ""
}
