// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"net"
	"time"
)

// attemptLimit is how long one attempt of a call may take, its body included:
// a connection that stalls costs one attempt, and not the whole read.
const attemptLimit = 30 * time.Second

// Option changes what [New] returns. Those about the network are for tests,
// which shorten what takes long and break what is whole.
type Option func(*options)

type options struct {
	checkRegion  func(region string) error
	attemptLimit time.Duration
	wait         func(time.Duration) time.Duration
	dial         func(ctx context.Context, network, address string) (net.Conn, error)
}

func newOptions(opts []Option) options {
	o := options{attemptLimit: attemptLimit, wait: func(d time.Duration) time.Duration { return d }}
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

// WithAttemptTimeout sets how long one attempt of a call may take, in place of
// 30 seconds.
func WithAttemptTimeout(limit time.Duration) Option {
	return func(o *options) { o.attemptLimit = limit }
}

// WithBackoff sets the wait before a retry from the one that the retryer chose.
func WithBackoff(wait func(chosen time.Duration) time.Duration) Option {
	return func(o *options) { o.wait = wait }
}

// WithDialer sets what opens connections.
func WithDialer(dial func(ctx context.Context, network, address string) (net.Conn, error)) Option {
	return func(o *options) { o.dial = dial }
}
