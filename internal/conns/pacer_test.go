// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"golang.org/x/time/rate"
)

var errThrottled = &smithy.GenericAPIError{Code: "ThrottlingException"}

// attempt waits for an attempt and finishes it with err.
func (p *pacer) attempt(t *testing.T, err error) {
	t.Helper()
	attempt, waitErr := p.wait(t.Context())
	if waitErr != nil {
		t.Fatal(waitErr)
	}
	p.finish(attempt, err)
}

func TestPacerRate(t *testing.T) {
	t.Parallel()
	const lowered = initialRate * lowerFactor
	type step func(*testing.T, *pacer)
	throttle := func(t *testing.T, p *pacer) { t.Helper(); p.attempt(t, errThrottled) }
	succeed := func(t *testing.T, p *pacer) { t.Helper(); p.attempt(t, nil) }
	fail := func(t *testing.T, p *pacer) { t.Helper(); p.attempt(t, errors.New("connection reset")) }
	stop := func(t *testing.T, p *pacer) {
		t.Helper()
		for throttle(t, p); p.isOn(); {
			throttle(t, p)
		}
	}
	sleep := func(d time.Duration) step { return func(*testing.T, *pacer) { time.Sleep(d) } }
	for name, tc := range map[string]struct {
		steps []step
		want  rate.Limit
	}{
		"not throttled":                {steps: []step{succeed, fail}, want: rate.Inf},
		"throttled once":               {steps: []step{throttle}, want: initialRate},
		"throttled twice":              {steps: []step{throttle, throttle}, want: lowered},
		"success":                      {steps: []step{throttle, throttle, succeed}, want: lowered * raiseFactor},
		"success that wasn't delayed":  {steps: []step{throttle, sleep(time.Second), succeed}, want: initialRate},
		"other failure":                {steps: []step{throttle, fail}, want: initialRate},
		"throttled after a success":    {steps: []step{throttle, succeed, throttle}, want: lowered * raiseFactor},
		"throttled at the lowest rate": {steps: []step{stop}, want: rate.Inf},
		"throttled during the pause":   {steps: []step{stop, sleep(pacingPause - 1), throttle}, want: rate.Inf},
		"throttled after the pause":    {steps: []step{stop, sleep(pacingPause), throttle}, want: initialRate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPacer(newOptions(nil))
				for _, step := range tc.steps {
					step(t, p)
				}
				if got := p.limiter.Limit(); got/tc.want < 0.999 || got/tc.want > 1.001 {
					t.Errorf("rate %f, want %f", got, tc.want)
				}
			})
		})
	}
}

// Results of attempts that started before the rate was lowered don't change it.
func TestPacerIgnoresEarlierAttempts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(newOptions(nil))
		earlier := make([]pacedAttempt, 10)
		for i := range earlier {
			earlier[i], _ = p.wait(t.Context())
		}
		for _, attempt := range earlier {
			p.finish(attempt, errThrottled)
		}
		if got := p.limiter.Limit(); got != initialRate {
			t.Errorf("rate %f, want %f", got, initialRate)
		}
	})
}

func TestPacerWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, started := newPacer(newOptions(nil)), time.Now()
		p.attempt(t, errThrottled)
		var mu sync.Mutex
		var got []string
		start := func(name string, timeout time.Duration) {
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			_, err := p.wait(ctx)
			mu.Lock()
			defer mu.Unlock()
			got = append(got, fmt.Sprint(name, " ", time.Since(started), " ", err))
		}
		for _, attempt := range []struct {
			name    string
			timeout time.Duration
		}{
			{"first", time.Minute},
			{"timed out before its turn", 100 * time.Millisecond},
			{"second", time.Minute},
			{"timed out during its turn", 500 * time.Millisecond},
			{"third", time.Minute},
		} {
			go start(attempt.name, attempt.timeout)
			synctest.Wait()
		}
		time.Sleep(time.Minute)
		synctest.Wait() // for the race detector, which doesn't know that the goroutines ended
		want := []string{
			"timed out before its turn 100ms context deadline exceeded",
			"first 200ms <nil>",
			"second 400ms <nil>",
			"timed out during its turn 500ms context deadline exceeded",
			"third 600ms <nil>",
		}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

// A request that times out while it waits for its turn has used no attempt.
func TestPacedRequestTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newQuotaService(1, 0)
		client := clientOf(t, service.clients())
		readWorkflows(t.Context(), client, 5, 5)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		err := getWorkflow(ctx, client)
		if failed := requestError(t, err); !errors.Is(err, context.DeadlineExceeded) || failed.Attempts != 0 {
			t.Errorf("error %v after %d attempts", err, failed.Attempts)
		}
	})
}

// Always throttled, a request makes all of its attempts: a few of them at the
// rates of the pacer, and the others with the SDK's backoff of up to 20 seconds.
func TestAlwaysThrottled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newQuotaService(0, 0)
		failed := requestError(t, getWorkflow(t.Context(), clientOf(t, service.clients())))
		if failed.Attempts != 25 || failed.Elapsed < time.Minute || failed.Elapsed > 10*time.Minute {
			t.Errorf("%d attempts in %s", failed.Attempts, failed.Elapsed)
		}
	})
}

func TestPacerIsOfOneOperation(t *testing.T) {
	t.Parallel()
	r := &requester{clients: &Clients{}, pacers: map[string]*pacer{}}
	first, again, other := r.pacer(GetWorkflow), r.pacer(GetWorkflow), r.pacer(ListWorkflows)
	if first != again || first == other {
		t.Errorf("got pacers %p and %p for one operation, and %p for another one", first, again, other)
	}
}

func TestPacedRetryModes(t *testing.T) {
	t.Parallel()
	for mode, want := range map[aws.RetryMode]bool{"": true, aws.RetryModeStandard: true, aws.RetryModeAdaptive: false} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newQuotaService(1, 0)
				client := clientOf(t, service.clients(func(cfg *aws.Config) { cfg.RetryMode = mode }))
				var output bytes.Buffer
				if failed := readWorkflows(tflogtest.RootLogger(t.Context(), &output), client, 5, 1); failed > 0 {
					t.Errorf("%d failed", failed)
				}
				if paced := strings.Contains(output.String(), paceMessage); paced != want {
					t.Errorf("paced: %t, want %t", paced, want)
				}
			})
		})
	}
}

// paceMessage begins the log messages of the pacer.
const paceMessage = "Customer Profiles pace: "

func TestPaceLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newQuotaService(0, 0)
		service.refuse = func(attempt int) bool { return attempt != 3 && attempt < 12 }
		var output bytes.Buffer
		ctx := tflogtest.RootLogger(t.Context(), &output)
		client := clientOf(t, service.clients())
		for range 2 {
			if err := getWorkflow(ctx, client); err != nil {
				t.Fatal(err)
			}
		}
		entries, err := tflogtest.MultilineJSONDecode(&output)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, entry := range entries {
			if text, ok := strings.CutPrefix(fmt.Sprint(entry["@message"]), paceMessage); ok {
				got = append(got, text)
				if entry["@level"] != "debug" || entry["operation"] != GetWorkflow || entry["region"] != "us-east-1" {
					t.Errorf("entry %v", entry)
				}
			}
		}
		want := []string{"unlimited for 1m0s, because slowing down did not reduce throttling"}
		for _, rate := range []string{"0.43", "0.62", "0.88", "1.26", "1.80", "2.57", "3.68", "3.50", "5.00"} {
			want = slices.Insert(want, 0, rate+" requests per second")
		}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

func TestIsThrottled(t *testing.T) {
	t.Parallel()
	response := func(status int) error {
		return &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: errors.New("no code"),
		}
	}
	for name, tc := range map[string]struct {
		err  error
		want bool
	}{
		"success":                   {},
		"throttling code":           {err: errThrottled, want: true},
		"status 429 without a code": {err: response(http.StatusTooManyRequests), want: true},
		"status 503":                {err: response(http.StatusServiceUnavailable)},
		"throttled for credentials": {err: &CredentialsError{Err: errThrottled}},
		"wrapped throttling code":   {err: &smithy.OperationError{Err: errThrottled}, want: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := isThrottled(tc.err); got != tc.want {
				t.Errorf("throttled: %t, want %t", got, tc.want)
			}
		})
	}
}
