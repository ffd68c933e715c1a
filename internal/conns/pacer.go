// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	smithytime "github.com/aws/smithy-go/time"
	"golang.org/x/time/rate"
)

// The rates of a [pacer] are in attempts per second. benchmarks/README.md lists
// other values that were tried.
const (
	// initialRate is the default quota of an account.
	initialRate rate.Limit = 5
	// minRate is far below any quota.
	minRate rate.Limit = 0.5
	// raiseFactor and lowerFactor are proportions, so that a quota of 100 is found
	// as well as a quota of 2.
	raiseFactor, lowerFactor = 1.05, 0.7
	// pacingPause is how long the pacer is off if slowing down did not help.
	pacingPause = time.Minute
)

// pacer spaces the attempts of one operation in one Region, so that they stay
// within a quota that the provider doesn't know. It is off until an attempt is
// throttled. From then on, attempts start one after the other at a rate that
// each throttled attempt lowers and each successful one raises.
//
// If attempts are throttled even at the lowest rate, pacing doesn't help: the
// pacer is off for a while, and the SDK's backoff applies.
type pacer struct {
	limiter *rate.Limiter                     // unlimited while the pacer is off
	turn    chan struct{}                     // held by the only attempt that waits for the limiter
	backoff func(time.Duration) time.Duration // see WithBackoff

	mu       sync.Mutex
	epoch    int // incremented when the pacer starts, slows down, or stops
	offUntil time.Time
}

// pacedAttempt is what a [pacer] needs to know about an attempt that ended.
type pacedAttempt struct {
	epoch     int
	isDelayed bool
}

func newPacer(o options) *pacer {
	return &pacer{limiter: rate.NewLimiter(rate.Inf, 1), turn: make(chan struct{}, 1), backoff: o.backoff}
}

func (p *pacer) isOn() bool { return p.limiter.Limit() != rate.Inf }

// wait waits until an attempt may start. Its error is the context's.
func (p *pacer) wait(ctx context.Context) (pacedAttempt, error) {
	attempt := p.newAttempt(false) // before isOn: if the pacer starts in between, the attempt counts as an earlier one
	if !p.isOn() {
		return attempt, nil
	}
	// A reservation keeps the rate at which it was made, so there is only one at a
	// time. All other attempts wait here, in the order of their arrival.
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return pacedAttempt{}, ctx.Err()
	}
	defer func() { <-p.turn }()
	// Limiter.Wait isn't used because it fails before the deadline, with its own error.
	reservation := p.limiter.Reserve()
	delay := reservation.Delay()
	if err := smithytime.SleepWithContext(ctx, p.backoff(delay)); err != nil {
		reservation.Cancel()
		return pacedAttempt{}, err
	}
	return p.newAttempt(delay > 0), nil
}

func (p *pacer) newAttempt(isDelayed bool) pacedAttempt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return pacedAttempt{epoch: p.epoch, isDelayed: isDelayed}
}

// finish adapts the rate to the result of an attempt. It reports whether the
// rate changed. An attempt of an earlier epoch says nothing about the current
// rate. A success raises only a rate that delayed it, because it doesn't show
// that a higher one is possible.
func (p *pacer) finish(attempt pacedAttempt, err error) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	current, throttled := p.limiter.Limit(), isThrottled(err)
	switch {
	case attempt.epoch != p.epoch:
		return false
	case throttled && !p.isOn() && time.Now().Before(p.offUntil):
		return false
	case throttled && !p.isOn():
		p.limiter.SetLimit(initialRate)
		p.limiter.Allow() // The quota is used up, so the next attempt has to wait, too.
	case throttled && current < minRate:
		p.limiter.SetLimit(rate.Inf)
		p.offUntil = time.Now().Add(pacingPause)
	case throttled:
		p.limiter.SetLimit(current * lowerFactor)
	case err == nil && attempt.isDelayed:
		p.limiter.SetLimit(current * raiseFactor)
		return true
	default:
		return false
	}
	p.epoch++
	return true
}

// isThrottled reports whether Customer Profiles throttled an attempt. A service
// that issues credentials has another quota.
func isThrottled(err error) bool {
	var credentials *CredentialsError
	var response interface{ HTTPStatusCode() int }
	return err != nil && !errors.As(err, &credentials) &&
		(errors.As(err, &response) && response.HTTPStatusCode() == http.StatusTooManyRequests ||
			retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err) == aws.TrueTernary)
}

// pacedRetryer has the attempts of a request wait for a pacer, which replaces
// the backoff after throttling while it is on.
type pacedRetryer struct {
	aws.RetryerV2
	pacer   *pacer
	request *request
}

// GetAttemptToken waits until the attempt may start.
func (r *pacedRetryer) GetAttemptToken(ctx context.Context) (func(error) error, error) {
	attempt, err := r.pacer.wait(ctx)
	if err != nil {
		return nil, err
	}
	release, err := r.RetryerV2.GetAttemptToken(ctx)
	if err != nil {
		return nil, err
	}
	return func(err error) error {
		if r.pacer.finish(attempt, err) {
			r.log(ctx)
		}
		return release(err)
	}, nil
}

// RetryDelay returns the backoff before the next attempt.
func (r *pacedRetryer) RetryDelay(attempt int, err error) (time.Duration, error) {
	if r.pacer.isOn() && isThrottled(err) {
		return 0, nil
	}
	return r.RetryerV2.RetryDelay(attempt, err)
}

// log writes the rate to the log.
func (r *pacedRetryer) log(ctx context.Context) {
	text := "unlimited for " + pacingPause.String() + ", because slowing down did not reduce throttling"
	if r.pacer.isOn() {
		text = fmt.Sprintf("%.2f requests per second", r.pacer.limiter.Limit())
	}
	r.request.clients.logger.Debug(ctx, "Customer Profiles pace: "+text,
		map[string]any{"operation": r.request.operation, "region": r.request.options.Region})
}
