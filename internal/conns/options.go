// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"net"
	"time"
)

// defaultAttemptTimeout limits one attempt, including its body: a stalled
// connection costs one attempt instead of the whole read.
const defaultAttemptTimeout = 30 * time.Second

// Option configures the [Clients] that [New] returns. The options for the
// network are for tests.
type Option func(*options)

type options struct {
	endpointSource string
	validateRegion func(region string) error
	attemptTimeout time.Duration
	backoff        func(time.Duration) time.Duration
	dial           func(ctx context.Context, network, address string) (net.Conn, error)
}

func newOptions(opts []Option) options {
	o := options{
		validateRegion: func(string) error { return nil },
		attemptTimeout: defaultAttemptTimeout,
		backoff:        func(d time.Duration) time.Duration { return d },
	}
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

// WithRegionValidator validates each Region before its first request. The
// validator returns an error if the Region doesn't exist.
func WithRegionValidator(validate func(region string) error) Option {
	return func(o *options) { o.validateRegion = validate }
}

// WithEndpointSource names the argument, the environment variable, or the profile
// that has the URL of a custom endpoint.
func WithEndpointSource(source string) Option {
	return func(o *options) { o.endpointSource = source }
}

// WithAttemptTimeout limits the duration of one attempt, including its body.
// Defaults to 30 seconds.
func WithAttemptTimeout(timeout time.Duration) Option {
	return func(o *options) { o.attemptTimeout = timeout }
}

// WithBackoff replaces each delay that the retryer or the pacer chose before an
// attempt.
func WithBackoff(replace func(chosen time.Duration) time.Duration) Option {
	return func(o *options) { o.backoff = replace }
}

// WithDialer sets the function that opens connections.
func WithDialer(dial func(ctx context.Context, network, address string) (net.Conn, error)) Option {
	return func(o *options) { o.dial = dial }
}
