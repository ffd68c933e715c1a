// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// Credentials are a source of credentials that remembers where the latest came
// from, for a diagnostic that tells its reader what to renew. It marks the
// errors of fetching them, which are another service's and look like Customer
// Profiles' own, and takes the secrets out of them.
type Credentials struct {
	aws.CredentialsProvider
	secrets Secrets
	last    atomic.Pointer[aws.Credentials]
}

// NewCredentials returns credentials that come from provider. The secrets are
// hidden in its errors, beside those of the latest credentials.
func NewCredentials(provider aws.CredentialsProvider, secrets Secrets) *Credentials {
	return &Credentials{CredentialsProvider: provider, secrets: secrets}
}

// Retrieve returns the credentials, or an [diagnostics.CredentialsError].
func (c *Credentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	creds, err := c.CredentialsProvider.Retrieve(ctx)
	previous := c.last.Load()
	if err != nil {
		secrets := c.secrets
		if previous != nil {
			secrets = append(slices.Clone(secrets), previous.SecretAccessKey, previous.SessionToken)
		}
		return creds, &diagnostics.CredentialsError{Err: secrets.hideIn(err)}
	}
	if previous == nil || *previous != creds {
		c.last.Store(&creds)
	}
	return creds, nil
}

// ProviderSources tells AWS, in the user agent, how the credentials are found.
func (c *Credentials) ProviderSources() []aws.CredentialSource {
	if provider, ok := c.CredentialsProvider.(aws.CredentialProviderSource); ok {
		return provider.ProviderSources()
	}
	return nil
}

// lastSource is the SDK's name of where the latest credentials came from,
// empty where there were none yet.
func (c *Credentials) lastSource() string {
	if last := c.last.Load(); last != nil {
		return last.Source
	}
	return ""
}

// hideIn is err whose texts do not show the secrets. What it is remains to be
// seen: the SDK retries by it.
func (s Secrets) hideIn(err error) error {
	without := &redactedError{text: s.Hide(err.Error()), err: err}
	var api smithy.APIError
	if errors.As(err, &api) {
		return &redactedAPIError{redactedError: without, APIError: api, message: s.Hide(api.ErrorMessage())}
	}
	return without
}

type redactedError struct {
	text string
	err  error
}

// Error returns the text without secrets.
func (e *redactedError) Error() string { return e.text }

// Unwrap returns the error as it came.
func (e *redactedError) Unwrap() error { return e.err }

// redactedAPIError is found before the service's own error.
type redactedAPIError struct {
	*redactedError
	smithy.APIError
	message string
}

// Error returns the text without secrets.
func (e *redactedAPIError) Error() string { return e.text }

// ErrorMessage returns the message without secrets.
func (e *redactedAPIError) ErrorMessage() string { return e.message }
