// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// loopbackTimeout is how long a refused connection on loopback is retried.
const loopbackTimeout = 10 * time.Second

// errWindowsRefused is the error of a refused connection on Windows, where
// [syscall.ECONNREFUSED] is a constant without a use.
const errWindowsRefused = syscall.Errno(10061)

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
		r.request.statusCode, r.request.requestID = 0, ""
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

// RetryDelay returns the backoff before the next attempt, or an error to give up.
// A refused connection on loopback is given up early, because it is almost always
// a wrong port.
func (r *retryer) RetryDelay(attempt int, attemptErr error) (time.Duration, error) {
	// The backoff is the same for all connection failures, but aws-sdk-go-base gives
	// up after nine attempts if the connection is refused or the host isn't found.
	failure := attemptErr
	if _, ok := errors.AsType[*net.OpError](attemptErr); ok {
		failure = io.ErrUnexpectedEOF
	}
	delay, err := r.RetryerV2.RetryDelay(attempt, failure)
	if err != nil {
		return 0, err
	}
	if IsRefusedOnLoopback(attemptErr) {
		if r.request.firstRefused.IsZero() {
			r.request.firstRefused = time.Now()
		}
		remaining := loopbackTimeout - time.Since(r.request.firstRefused)
		if remaining <= 0 {
			return 0, &retry.MaxAttemptsError{Attempt: attempt, Err: attemptErr}
		}
		delay = min(delay, remaining)
	}
	return r.request.clients.backoff(delay), nil
}

// IsRefusedOnLoopback reports whether err is a refused connection to this machine.
func IsRefusedOnLoopback(err error) bool {
	if !errors.Is(err, syscall.ECONNREFUSED) && !errors.Is(err, errWindowsRefused) {
		return false
	}
	var dial *net.OpError
	for errors.As(err, &dial) && dial.Op != "dial" { // An error of a proxy wraps the one of its connection.
		err = dial.Err
	}
	if dial == nil || dial.Addr == nil {
		return false
	}
	address, parseErr := netip.ParseAddrPort(dial.Addr.String())
	return parseErr == nil && address.Addr().IsLoopback()
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

// isPermanent reports whether err is one of the permanent errors of this package.
func isPermanent(err error) bool {
	var own interface{ RetryableError() bool }
	return errors.As(err, &own) && !own.RetryableError()
}
