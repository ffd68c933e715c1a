// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"net/http"
	"sync"

	"golang.org/x/time/rate"
)

// SetQuota limits each operation in each Region to a number of requests per
// second, with a burst of the same size and at least one. The service refuses
// further requests with a ThrottlingException. Only requests that are
// authenticated and that get the service's default response count. If perSecond
// is 0, there is no limit.
//
// Every call of SetQuota allows a full burst again.
func (s *Service) SetQuota(perSecond float64) {
	s.quota.mu.Lock()
	defer s.quota.mu.Unlock()
	s.quota.perSecond = perSecond
	s.quota.buckets = map[quotaKey]*rate.Limiter{}
}

// quota has a token bucket for each operation in each Region.
type quota struct {
	mu        sync.Mutex
	perSecond float64 // 0 if there is no limit
	buckets   map[quotaKey]*rate.Limiter
}

type quotaKey struct{ operation, region string }

// check takes a token for the request. It returns an error response if there is
// none, or nil.
func (q *quota) check(req *request) *Response {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.perSecond == 0 {
		return nil
	}
	key := quotaKey{req.operation.name, req.auth.region}
	bucket := q.buckets[key]
	if bucket == nil {
		burst := max(1, int(q.perSecond))
		bucket = rate.NewLimiter(rate.Limit(q.perSecond), burst)
		q.buckets[key] = bucket
	}
	if bucket.Allow() {
		return nil
	}
	return ErrorResponse(http.StatusTooManyRequests, "ThrottlingException", "Rate exceeded")
}
