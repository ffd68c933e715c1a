// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"fmt"
	"net/http"
	"os/exec"
	"strconv"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// quotaPlan is a terraform plan against a service with a quota for each
// operation. Its limits are those of the wall time, compared with the time that
// the quota needs, and of the refused requests for each read.
type quotaPlan struct {
	reads, perSecond, parallelism, runs int
	wall, refused                       float64
}

// quota measures terraform plan if the service throttles requests. It compares
// one of the plans with boto3.
func (s *suite) quota(t *testing.T) {
	runs := min(3, *runs)
	for _, p := range []quotaPlan{
		{reads: 100, perSecond: 5, parallelism: 10, runs: runs, wall: 1.10, refused: 0.4},
		{reads: 100, perSecond: 5, parallelism: 60, runs: runs, wall: 1.20, refused: 1.2},
		{reads: 1000, perSecond: 5, parallelism: 100, runs: 1, wall: 1.10, refused: 1.0},
		{reads: 40, perSecond: 2, parallelism: 10, runs: runs, wall: 1.10, refused: 2.0},
		{reads: 200, perSecond: 20, parallelism: 10, runs: runs, wall: 1.60, refused: 0.6},
	} {
		if testing.Short() {
			p.reads = 2 * p.perSecond
		}
		name := fmt.Sprintf("terraform plan, %s workflows, %d requests per second, -parallelism=%d",
			thousands(p.reads), p.perSecond, p.parallelism)
		plan := s.planner(t, provider, singleReads(p.reads), p.parallelism, 0)
		s.addQuota(t, bound, name, p, plan)
	}
	s.boto3(t, runs)
	s.quotaList(t, runs)
	s.throttledTwice(t, runs)
}

// quotaList measures terraform plan of one list with a thousand workflows.
func (s *suite) quotaList(t *testing.T, runs int) {
	const perSecond, length = 5, 1000
	plan := s.planner(t, provider, fmt.Sprintf(`
data "customerprofiles_workflows" "all" {
  domain_name = %q
}
`, listDomain(length)), parallelism, 0)
	s.service.SetQuota(perSecond)
	defer s.service.SetQuota(0)
	median := alternate(runs, func() sample {
		s.service.SetQuota(perSecond) // Starts with a full token bucket again.
		return plan()
	})[0]
	s.add(t, noLimit, fmt.Sprintf("terraform plan, list of %s workflows, %d requests per second, wall time",
		thousands(length), perSecond), seconds.format(median.wall), "", true)
}

// throttledTwice measures terraform plan if slowing down doesn't help.
func (s *suite) throttledTwice(t *testing.T, runs int) {
	reads := scale(200)
	plan := s.planner(t, provider, singleReads(reads), 60, 0)
	median := alternate(runs, func() sample {
		s.service.ResetCalls()
		s.service.SetResponder(func(call simulator.Call) *simulator.Response {
			if call.Count > 2 {
				return nil
			}
			return simulator.ErrorResponse(http.StatusTooManyRequests, "ThrottlingException", "Rate exceeded")
		})
		defer s.service.SetResponder(nil)
		return plan()
	})[0]
	name := fmt.Sprintf("terraform plan, %d workflows, each throttled twice, -parallelism=60, wall time", reads)
	s.add(t, bound, name,
		seconds.format(median.wall), "at most 90 s", median.wall <= 90)
}

// addQuota measures the reads of p, and adds a row for their duration and one
// for the refused requests.
func (s *suite) addQuota(t *testing.T, kind kind, name string, p quotaPlan, read func() sample) {
	t.Helper()
	median := alternate(p.runs, func() (result sample) {
		s.service.SetQuota(float64(p.perSecond))
		defer s.service.SetQuota(0)
		calls, _ := s.service.count(func() { result = read() })
		result.refused = float64(calls["GetWorkflow"] - p.reads)
		return result
	})[0]
	needed := float64(p.reads-p.perSecond) / float64(p.perSecond)
	s.compare(t, kind, fmt.Sprintf("%s, wall time, compared with (%d − %d) ÷ %d s",
		name, p.reads, p.perSecond, p.perSecond), seconds, median.wall, needed, p.wall)
	refused := median.refused / float64(p.reads)
	s.add(t, kind, name+", refused requests", fmt.Sprintf("%.0f, %.2f for each read", median.refused, refused),
		fmt.Sprintf("at most %.2f for each read", p.refused), refused <= p.refused)
}

// boto3 measures ten threads of boto3 in its retry mode adaptive.
func (s *suite) boto3(t *testing.T, runs int) {
	const name = "boto3, retry mode adaptive"
	if output, err := exec.Command("python3", "-c", "import boto3").CombinedOutput(); err != nil {
		t.Logf("%v: %s", err, output)
		s.add(t, noLimit, name, "not measured: Python 3 with boto3 isn't installed", "", true)
		return
	}
	p := quotaPlan{reads: 100, perSecond: 5, runs: runs}
	if testing.Short() {
		p.reads = 2 * p.perSecond
	}
	s.addQuota(t, noLimit, fmt.Sprintf("%s, %d workflows, 5 requests per second, 10 threads", name, p.reads), p,
		func() sample {
			return run(t, exec.Command("python3", "boto3_loop.py", s.service.server.URL, strconv.Itoa(p.reads)))
		})
}
