// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Credentials is a credentials provider that adds the secrets it returns to a
// [Redactor], remembers where the last credentials came from, and returns its
// errors as a [CredentialsError]. It is safe for concurrent use.
type Credentials struct {
	aws.CredentialsProvider
	redactor *Redactor
	last     atomic.Pointer[aws.Credentials]
}

// NewCredentials returns a credentials provider that wraps provider. If provider
// is a *Credentials already, it is returned as it is.
func NewCredentials(provider aws.CredentialsProvider, redactor *Redactor) *Credentials {
	if credentials, ok := provider.(*Credentials); ok {
		return credentials
	}
	return &Credentials{CredentialsProvider: provider, redactor: redactor}
}

// Retrieve returns the credentials, or a [CredentialsError].
func (c *Credentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	credentials, err := c.CredentialsProvider.Retrieve(ctx)
	if err == nil && !credentials.HasKeys() { // The SDK's providers don't check every response.
		err = &MalformedResponseError{Problem: "the credentials have no keys"}
	}
	if err != nil {
		return credentials, &CredentialsError{Err: err}
	}
	if last := c.last.Load(); last == nil || *last != credentials {
		c.redactor.Add(credentials.SecretAccessKey, credentials.SessionToken)
		c.last.Store(&credentials)
	}
	return credentials, nil
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
