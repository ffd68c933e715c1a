// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"errors"
	"fmt"
	"net/http"
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
	// StatusCode is the status code of the last attempt's response, or 0 if there was
	// none.
	StatusCode int
	// RequestID is the request ID of the last attempt's response, empty if it had
	// none.
	RequestID string
	// Endpoint is the host, with its port if any, that the request was sent to.
	// It is empty if nothing was sent.
	Endpoint string
	// EndpointSource is the argument, the environment variable, or the setting of the
	// profile that has the URL of a custom endpoint. It is empty if the endpoint is that of AWS.
	EndpointSource string
	// Proxy is the host of the proxy that was used, empty if there was none.
	Proxy string
	// CredentialsSource is the SDK's name of the credentials provider.
	CredentialsSource string
	// Transient reports whether another attempt may succeed. It is true even if the
	// retries are exhausted. It is false if the context ended.
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

// permanent is embedded in errors that would occur again in each attempt.
type permanent struct{}

// RetryableError reports false, so that no retryer of the SDK retries the error.
func (permanent) RetryableError() bool { return false }

// permanentError is an error of net/http that the SDK would retry.
type permanentError struct {
	permanent
	error
}

// Unwrap returns the error of net/http.
func (e *permanentError) Unwrap() error { return e.error }

// MalformedResponseError is a response that isn't one of the API: a success with
// an invalid body, a redirect, the status 101, or a head that can't be parsed.
type MalformedResponseError struct {
	permanent

	// Problem says what is wrong, such as "the body is empty".
	Problem string
}

// Error returns the problem.
func (e *MalformedResponseError) Error() string { return "malformed response: " + e.Problem }

// ProxyRefusedError is a proxy that refused to open a tunnel to the endpoint.
type ProxyRefusedError struct {
	// Proxy is the host of the proxy, with its port if any.
	Proxy string
	// Status is the status line of the response, such as "403 Forbidden".
	Status string
	// StatusCode is the status code of the response.
	StatusCode int
}

// Error names the proxy and the status.
func (e *ProxyRefusedError) Error() string {
	return fmt.Sprintf("the proxy %s responded to CONNECT with the status %s", e.Proxy, e.Status)
}

// RetryableError reports whether the proxy failed, instead of refusing the tunnel.
func (e *ProxyRefusedError) RetryableError() bool {
	return e.StatusCode >= http.StatusInternalServerError
}

// InvalidHeaderError is a request that can't be sent because the value of a header
// has a control character, such as a line break.
type InvalidHeaderError struct {
	permanent

	// Header is the name of the header.
	Header string
}

// Error names the header, but not its value, which may be a secret.
func (e *InvalidHeaderError) Error() string {
	return fmt.Sprintf("the value of the header %s has a control character, such as a line break", e.Header)
}

// InvalidEndpointError is a request that can't be sent because of the URL of the
// endpoint, which has no scheme, for example.
type InvalidEndpointError struct {
	permanent

	// Err is the error of net/http.
	Err error
}

// Error returns the text of Err.
func (e *InvalidEndpointError) Error() string { return "invalid endpoint: " + e.Err.Error() }

// Unwrap returns Err.
func (e *InvalidEndpointError) Unwrap() error { return e.Err }

// TLSAlertError is a TLS handshake that the server refuses in each attempt, for
// example because it requires a client certificate.
type TLSAlertError struct {
	permanent

	// Alert is the server's alert, such as "tls: certificate required".
	Alert string
}

// Error returns the alert.
func (e *TLSAlertError) Error() string { return "the server refused the TLS handshake: " + e.Alert }

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
