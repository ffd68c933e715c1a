// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrNoRegion is returned by [Clients.Client] if neither the data source nor
// the provider configures a Region. The SDK would send an unsigned request.
var ErrNoRegion = errors.New("no AWS Region is configured")

// InvalidRegionError is returned by [Clients.Client] for a Region that doesn't
// exist.
type InvalidRegionError struct {
	// Region is the name of the Region.
	Region string
}

// Error names the Region.
func (e *InvalidRegionError) Error() string {
	return fmt.Sprintf("%q is not a valid AWS Region", e.Region)
}

// UnknownConfigurationError is returned by [Clients.Client] if Terraform
// doesn't know the provider configuration yet.
type UnknownConfigurationError struct {
	// Arguments are the names of the provider's unknown arguments.
	Arguments []string
}

// Error names the arguments.
func (e *UnknownConfigurationError) Error() string {
	return "unknown until apply: " + strings.Join(e.Arguments, ", ")
}

// RequestError describes a failed request to Customer Profiles, including all
// of its attempts. Every error of an operation of [Client] is a RequestError.
type RequestError struct {
	// Operation is the name of the API operation, such as "GetWorkflow".
	Operation string
	// Region is the Region that the request was sent to.
	Region string
	// Err is the error of the last attempt, or the error of the context.
	Err error
	// LastTransientErr is the last retryable error, or nil if there was none.
	LastTransientErr error
	// Attempts is the number of attempts, including the first one.
	Attempts int
	// MaxAttempts is the configured maximum of Attempts.
	MaxAttempts int
	// Elapsed is the duration of the request, including backoff.
	Elapsed time.Duration
	// RequestID is the request ID of the last attempt's response, empty if it had
	// none.
	RequestID string
	// Endpoint is the host, with its port if any, that the request was sent to.
	// It is empty if nothing was sent.
	Endpoint string
	// CustomEndpoint reports whether the endpoint was configured.
	CustomEndpoint bool
	// Proxy is the host of the proxy that was used, empty if there was none.
	Proxy string
	// CredentialsSource is the SDK's name of the credentials provider.
	CredentialsSource string
	// Transient reports whether another attempt may succeed, so that the request may
	// be sent again. It is true if the retries are exhausted, too, and false if the
	// context ended.
	Transient bool
	// Adaptive reports whether the retry mode is "adaptive".
	Adaptive bool
}

// Error returns the text of Err.
func (e *RequestError) Error() string { return e.Err.Error() }

// Unwrap returns Err.
func (e *RequestError) Unwrap() error { return e.Err }

// CredentialsError is a failure to retrieve or renew credentials. Its cause is
// another service, a file, or a program, but not Customer Profiles.
type CredentialsError struct {
	Err error
}

// Error returns the text of Err.
func (e *CredentialsError) Error() string { return e.Err.Error() }

// Unwrap returns Err.
func (e *CredentialsError) Unwrap() error { return e.Err }

// MalformedResponseError is a response with a successful status code and an
// invalid body, or a redirect.
type MalformedResponseError struct {
	// Problem says what is wrong, such as "the body is empty".
	Problem string
}

// Error returns the problem.
func (e *MalformedResponseError) Error() string { return "malformed response: " + e.Problem }

// RetryableError reports false, so that no retryer of the SDK retries it.
func (*MalformedResponseError) RetryableError() bool { return false }

// attemptTimeoutError is an attempt that exceeded its time limit.
type attemptTimeoutError struct {
	limit time.Duration
	err   error
}

// Error returns the limit; the text of net/http doesn't have it.
func (e *attemptTimeoutError) Error() string {
	return fmt.Sprintf("no complete response within %s", e.limit)
}

// Unwrap returns the error of net/http, which the SDK retries.
func (e *attemptTimeoutError) Unwrap() error { return e.err }
