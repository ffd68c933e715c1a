// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// retryer retries transient errors that the SDK treats as permanent, and never
// retries permanent TLS and proxy errors. It belongs to one request, whose
// attempts it counts; the retryer that it wraps is shared, because the retry
// mode "adaptive" has one rate for all requests of a Region.
type retryer struct {
	aws.RetryerV2
	request *request
}

// IsErrorRetryable reports whether another attempt may succeed.
func (r *retryer) IsErrorRetryable(err error) bool {
	return !isPermanent(err) && (isTransient(err) || r.RetryerV2.IsErrorRetryable(err))
}

// GetAttemptToken waits until an attempt may start, and counts it.
func (r *retryer) GetAttemptToken(ctx context.Context) (func(error) error, error) {
	release, err := r.RetryerV2.GetAttemptToken(ctx)
	if err == nil {
		r.request.attempts++
		r.request.requestID = ""
	}
	return release, err
}

// GetRetryToken is called after a failed attempt that may be retried. It keeps
// the error, because a canceled backoff replaces it. There is no token if the
// context has ended.
func (r *retryer) GetRetryToken(ctx context.Context, attemptErr error) (func(error) error, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.request.lastTransientErr = attemptErr
	return r.RetryerV2.GetRetryToken(ctx, attemptErr)
}

// RetryDelay returns the backoff before the next attempt. An error ends the
// retries: aws-sdk-go-base gives up after nine attempts if the connection is
// refused or the host isn't found.
func (r *retryer) RetryDelay(attempt int, err error) (time.Duration, error) {
	delay, err := r.RetryerV2.RetryDelay(attempt, err)
	if err != nil {
		return 0, err
	}
	return r.request.clients.backoff(delay), nil
}

// isTransient reports whether err is a transient error that the SDK treats as
// permanent: a truncated body, throttling without a code, or a host name that
// isn't found.
func isTransient(err error) bool {
	var response interface{ HTTPStatusCode() int }
	var dns *net.DNSError
	return errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.As(err, &response) && response.HTTPStatusCode() == http.StatusTooManyRequests ||
		errors.As(err, &dns) && dns.IsNotFound
}

// isPermanent reports whether err is a permanent error that the SDK treats as a
// transient connection failure: an untrusted certificate, HTTP instead of HTTPS,
// a proxy that requires authentication, or an error of [transport].
func isPermanent(err error) bool {
	var certificate *tls.CertificateVerificationError
	var own interface{ RetryableError() bool }
	return errors.As(err, &certificate) ||
		errors.As(err, &own) && !own.RetryableError() ||
		errors.Is(err, http.ErrSchemeMismatch) ||
		// net/http has no error value for it, only the text of the status.
		strings.HasSuffix(err.Error(), ": "+http.StatusText(http.StatusProxyAuthRequired))
}
