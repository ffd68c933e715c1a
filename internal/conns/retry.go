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
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// retryer retries what the SDK gives up on although it passes, gives up on
// what the SDK retries although it stays, and tells the call's [record].
type retryer struct {
	aws.RetryerV2
	wait func(time.Duration) time.Duration
}

// newRetryer makes what cfg's retryers are made by, each in a wrapper. The
// retryer of a Region stays one: what it knows of the service's rate, in the
// mode "adaptive", is shared by all calls there.
func newRetryer(from func() aws.Retryer, wait func(time.Duration) time.Duration) func() aws.Retryer {
	return func() aws.Retryer {
		var inner aws.Retryer = retry.NewStandard()
		if from != nil {
			inner = from()
		}
		v2, ok := inner.(aws.RetryerV2)
		if !ok {
			return inner
		}
		return &retryer{RetryerV2: v2, wait: wait}
	}
}

// IsErrorRetryable is whether another attempt may end otherwise.
func (r *retryer) IsErrorRetryable(err error) bool {
	return !stays(err) && (passes(err) || r.RetryerV2.IsErrorRetryable(err))
}

// GetAttemptToken waits until an attempt may be made, and counts it.
func (r *retryer) GetAttemptToken(ctx context.Context) (func(error) error, error) {
	release, err := r.RetryerV2.GetAttemptToken(ctx)
	if err == nil {
		recordOf(ctx).attempts++
	}
	return release, err
}

// GetRetryToken is asked for after an attempt that failed and may be followed
// by another: it keeps the error for the diagnostic. Where the call's time is
// over, there is no other, and the error is only that.
func (r *retryer) GetRetryToken(ctx context.Context, attemptErr error) (func(error) error, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	recordOf(ctx).lastError = attemptErr
	return r.RetryerV2.GetRetryToken(ctx, attemptErr)
}

// RetryDelay is the wait before the next attempt, or an error where there is
// to be none: aws-sdk-go-base stops there after a ninth attempt that was
// refused, or whose host was not found.
func (r *retryer) RetryDelay(attempt int, err error) (time.Duration, error) {
	delay, err := r.RetryerV2.RetryDelay(attempt, err)
	if err != nil {
		return 0, err
	}
	return r.wait(delay), nil
}

// passes is whether an error may pass that the SDK does not retry: a body that
// broke off, throttling without a body that says so, and a name that does not
// resolve for now.
func passes(err error) bool {
	var answered interface{ HTTPStatusCode() int }
	var dns *net.DNSError
	return errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.As(err, &answered) && answered.HTTPStatusCode() == http.StatusTooManyRequests ||
		errors.As(err, &dns) && dns.IsNotFound
}

// stays is whether an error stays that the SDK takes for a connection that
// failed: a certificate that is not trusted, HTTP where HTTPS was expected, a
// proxy that wants a password.
func stays(err error) bool {
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &certificate) ||
		errors.Is(err, http.ErrSchemeMismatch) ||
		// net/http has no error value for it, only the text of the status.
		strings.HasSuffix(err.Error(), ": "+http.StatusText(http.StatusProxyAuthRequired))
}
