// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Credentials is a credentials provider that adds the secrets it returns to a
// [Redactor], remembers where the last credentials came from, and returns its
// errors as a [CredentialsError]. It is safe for concurrent use.
type Credentials struct {
	aws.CredentialsProvider
	redactor *Redactor
	pending  func() string
	last     atomic.Pointer[aws.Credentials]
}

// NewCredentials returns a credentials provider that wraps provider. If provider
// is a *Credentials already, it is returned as it is. The function pending, which
// can be nil, returns the request for credentials that has no response yet, or an
// empty string.
func NewCredentials(provider aws.CredentialsProvider, redactor *Redactor, pending func() string) *Credentials {
	if credentials, ok := provider.(*Credentials); ok {
		return credentials
	}
	return &Credentials{CredentialsProvider: provider, redactor: redactor, pending: pending}
}

// Retrieve returns the credentials, or a [CredentialsError].
func (c *Credentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	credentials, err := c.CredentialsProvider.Retrieve(ctx)
	if err == nil && !credentials.HasKeys() { // The SDK's providers don't check every response.
		err = &MalformedResponseError{Problem: "the credentials have no keys"}
	}
	if err != nil {
		return credentials, &CredentialsError{Err: c.describeEnd(ctx, err)}
	}
	if last := c.last.Load(); last == nil || *last != credentials {
		c.redactor.Add(credentials.SecretAccessKey, credentials.SessionToken)
		c.last.Store(&credentials)
	}
	return credentials, nil
}

// describeEnd adds the request that had no response to an error if ctx has ended.
func (c *Credentials) describeEnd(ctx context.Context, err error) error {
	if ctx.Err() == nil || c.pending == nil {
		return err
	}
	if request := c.pending(); request != "" {
		return fmt.Errorf("%s didn't respond: %w", request, err)
	}
	return err
}

// ProviderSources returns the sources that the SDK names in the User-Agent header.
func (c *Credentials) ProviderSources() []aws.CredentialSource {
	if provider, ok := c.CredentialsProvider.(aws.CredentialProviderSource); ok {
		return provider.ProviderSources()
	}
	return nil
}

// source returns the SDK's name of the provider of the last credentials, or an
// empty string if there were none.
func (c *Credentials) source() string {
	if last := c.last.Load(); last != nil {
		return last.Source
	}
	return ""
}
