// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"golang.org/x/time/rate"
)

// quotaService is an HTTP client that serves workflows without a network, so
// that it can be used with virtual time.
type quotaService struct {
	refuse func(attempt int) bool // whether to throttle the nth attempt to read a workflow

	mu       sync.Mutex
	random   *rand.Rand // nil if responses take no time
	attempts map[string]int
	refused  int
}

// newQuotaService returns a service with a token bucket. Its responses take 2 to
// 6 milliseconds.
func newQuotaService(perSecond int, seed uint64) *quotaService {
	bucket := rate.NewLimiter(rate.Limit(perSecond), perSecond)
	return &quotaService{
		refuse:   func(int) bool { return !bucket.Allow() },
		random:   rand.New(rand.NewPCG(seed, 0)), //nolint:gosec // Tests must be reproducible.
		attempts: map[string]int{},
	}
}

// Do returns the workflow that the request names, or throttles the request.
func (s *quotaService) Do(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	if s.random != nil {
		defer time.Sleep(2*time.Millisecond + time.Duration(s.random.IntN(4000))*time.Microsecond)
	}
	defer s.mu.Unlock()
	id := path.Base(r.URL.Path)
	s.attempts[id]++
	status, body := http.StatusOK, `{"WorkflowId":"`+id+`"}`
	if s.refuse(s.attempts[id]) {
		s.refused++
		status, body = http.StatusTooManyRequests, `{"Message":"Rate exceeded"}`
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
}

// clients returns clients of the service that make 25 attempts, like the
// provider's.
func (s *quotaService) clients(configure ...func(*aws.Config)) *Clients {
	cfg := testConfig()
	cfg.HTTPClient = s
	cfg.Retryer = func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts, o.RateLimiter = 25, ratelimit.None
		})
	}
	for _, f := range configure {
		f(&cfg)
	}
	return New(cfg, "http://127.0.0.1", NewRedactor())
}

// readWorkflows reads a number of workflows, several at a time as Terraform
// does, and returns the number of failed reads.
func readWorkflows(ctx context.Context, client *Client, reads, parallelism int) int {
	var group sync.WaitGroup
	ids, failures := make(chan string), make(chan error, reads)
	for range parallelism {
		group.Go(func() {
			for id := range ids {
				in := &customerprofiles.GetWorkflowInput{DomainName: aws.String("acme"), WorkflowId: &id}
				if _, err := client.GetWorkflow(ctx, in); err != nil {
					failures <- err
				}
			}
		})
	}
	for i := range reads {
		ids <- fmt.Sprintf("%032x", i)
	}
	close(ids)
	group.Wait()
	return len(failures)
}

// TestPacing checks the bounds of benchmarks/README.md in virtual time.
func TestPacing(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		reads, quota, parallelism int
		ratio                     float64 // maximum of the duration, compared with the duration that the quota needs
		refused                   float64 // maximum for each read
	}{
		{reads: 100, quota: 5, parallelism: 10, ratio: 1.1, refused: 0.4},
		{reads: 100, quota: 5, parallelism: 60, ratio: 1.2, refused: 1.2},
		{reads: 1000, quota: 5, parallelism: 100, ratio: 1.1, refused: 1},
		{reads: 40, quota: 2, parallelism: 10, ratio: 1.1, refused: 2},
		{reads: 200, quota: 20, parallelism: 10, ratio: 1.6, refused: 0.6},
		{reads: 1000, quota: 100, parallelism: 40, ratio: 1.6, refused: 0.6},
	} {
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%d reads, quota %d, parallelism %d, seed %d",
				tc.reads, tc.quota, tc.parallelism, seed), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					service, started := newQuotaService(tc.quota, seed), time.Now()
					failed := readWorkflows(t.Context(), clientOf(t, service.clients()), tc.reads, tc.parallelism)
					ratio := time.Since(started).Seconds() / (float64(tc.reads-tc.quota) / float64(tc.quota))
					refused := float64(service.refused) / float64(tc.reads)
					if failed > 0 || ratio > tc.ratio || refused > tc.refused {
						t.Errorf("%d failed; %.2f times the duration, want %.2f; %.2f refused for each read, want %.2f",
							failed, ratio, tc.ratio, refused, tc.refused)
					}
					t.Logf("%.2f times the duration, %.2f refused for each read", ratio, refused)
				})
			})
		}
	}
}

func TestPacingWithoutQuota(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		refuse func(random *rand.Rand, attempt int) bool
		max    time.Duration
	}{
		// One response takes at most 6 ms.
		"never throttled": {
			refuse: func(*rand.Rand, int) bool { return false }, max: 200 / 60 * 6 * time.Millisecond * 2},
		"each read throttled twice": {
			refuse: func(_ *rand.Rand, attempt int) bool { return attempt <= 2 }, max: 90 * time.Second},
		"one of twenty throttled": {
			refuse: func(random *rand.Rand, _ int) bool { return random.IntN(20) == 0 }, max: 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service, started := newQuotaService(0, 0), time.Now()
				service.refuse = func(attempt int) bool { return tc.refuse(service.random, attempt) }
				failed := readWorkflows(t.Context(), clientOf(t, service.clients()), 200, 60)
				if elapsed := time.Since(started); failed > 0 || elapsed > tc.max {
					t.Errorf("%d failed in %s, want at most %s", failed, elapsed, tc.max)
				}
				t.Logf("%s, %d refused", time.Since(started), service.refused)
			})
		})
	}
}
