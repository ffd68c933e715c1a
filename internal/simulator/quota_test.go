// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestQuota(t *testing.T) {
	t.Parallel()
	const workflow, steps = completePath, completePath + "/steps"
	for name, tc := range map[string]struct {
		perSecond float64
		paths     []string
		interval  time.Duration // between the requests
		served    int
	}{
		"no quota":                 {paths: []string{workflow}, served: 30},
		"burst":                    {perSecond: 5, paths: []string{workflow}, served: 5},
		"at the rate":              {perSecond: 5, paths: []string{workflow}, interval: 200 * time.Millisecond, served: 30},
		"twice the rate":           {perSecond: 5, paths: []string{workflow}, interval: 100 * time.Millisecond, served: 19},
		"less than one per second": {perSecond: 0.5, paths: []string{workflow}, interval: time.Second, served: 15},
		"each operation":           {perSecond: 5, paths: []string{workflow, steps}, served: 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newService(t)
				service.SetQuota(tc.perSecond)
				served := 0
				for i := range 30 {
					w := serve(service, signedRequest(t, http.MethodGet, tc.paths[i%len(tc.paths)], ""))
					if w.Code == http.StatusOK {
						served++
					} else {
						checkErrorResponse(t, w, apiError{status: 429, code: "ThrottlingException", message: "Rate exceeded"})
					}
					time.Sleep(tc.interval)
				}
				if served != tc.served {
					t.Errorf("%d of 30 requests were served, want %d", served, tc.served)
				}
			})
		})
	}
}

func TestQuotaCountsDefaultResponses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newService(t)
		get := func(status int, sign bool) {
			t.Helper()
			r := newRequest(t, http.MethodGet, completePath, "")
			if sign {
				validSignature("").sign(t, r)
			}
			if w := serve(service, r); w.Code != status {
				t.Errorf("status %d, want %d", w.Code, status)
			}
		}
		service.SetQuota(1)
		get(http.StatusForbidden, false)
		service.SetResponder(always(&simulator.Response{Status: http.StatusTeapot}))
		get(http.StatusTeapot, true)
		service.SetResponder(nil)
		get(http.StatusOK, true)
		get(http.StatusTooManyRequests, true)
		service.SetQuota(1)
		get(http.StatusOK, true)
		get(http.StatusTooManyRequests, true)
		service.SetQuota(0)
		get(http.StatusOK, true)
	})
}

func TestQuotaOfRegion(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	service.SetQuota(0.001)
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		client := newClient(t, server, func(o *customerprofiles.Options) { o.Region = region })
		if _, err := getWorkflow(t, client, "acme", completeID); err != nil {
			t.Errorf("first request in %s: %v", region, err)
		}
		_, err := getWorkflow(t, client, "acme", completeID)
		checkSDKError(t, err, apiError{status: 429, code: "ThrottlingException"})
	}
}
