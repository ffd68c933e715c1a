// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// parallelism is the default of terraform -parallelism.
const parallelism = 10

const rootModule = `
terraform {
  required_providers {
    customerprofiles = {
      source = "registry.terraform.io/customerprofiles/customerprofiles"
    }
  }
}

provider "customerprofiles" {
  region     = "us-east-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  endpoints {
    customerprofiles = %q
  }
}

%s
`

// singleReads returns a configuration that reads n workflows one by one.
func singleReads(n int) string {
	return fmt.Sprintf(`
data "customerprofiles_workflow" "all" {
  count       = %d
  domain_name = "acme"
  workflow_id = format("%%032x", count.index)
}
`, n)
}

// plan measures terraform plan of 1 and of 1,000 workflows.
func (s *suite) plan(t *testing.T) {
	one := alternate(4**runs, s.planner(t, provider, singleReads(1), parallelism, 0),
		s.planner(t, floor, singleReads(1), parallelism, 0))
	s.compare(t, target, "terraform plan, 1 workflow, wall time, compared with the floor", milliseconds,
		one[0].wall, one[1].wall, 1.05)
	s.compare(t, bound, "terraform plan, 1 workflow, CPU time, compared with the floor", milliseconds,
		one[0].cpu, one[1].cpu, 1.05)

	n := scale(1000)
	withProvider := s.planner(t, provider, singleReads(n), parallelism, 0)
	withFloor := s.planner(t, floor, singleReads(n), parallelism, 0)
	loop := func() sample {
		return run(t, exec.Command(filepath.Join(binaries, bareLoop), "-endpoint", s.service.server.URL, "-n", strconv.Itoa(n)))
	}
	calls, connections := s.service.count(func() { withProvider() })
	many := alternate(*runs, withProvider, withFloor, loop)
	workflows := thousands(n) + " workflows"
	s.compare(t, bound, "terraform plan, "+workflows+", CPU time, compared with floor + bare loop", seconds,
		many[0].cpu, many[1].cpu+many[2].cpu, 0.80)
	s.compare(t, bound, "terraform plan, "+workflows+", wall time, compared with the floor", seconds,
		many[0].wall, many[1].wall, 1.00)
	reads, others := calls["GetWorkflow"], len(calls)-1
	s.add(t, bound, "Calls for "+workflows, fmt.Sprintf("%s GetWorkflow, %d other operations", thousands(reads), others),
		thousands(n)+" and 0", reads == n && others == 0)
	s.add(t, bound, "Connections for "+workflows+", 10 at a time", strconv.Itoa(connections),
		"at most 10", connections <= 10)
}

// latency measures terraform plan if each response takes 50 ms.
func (s *suite) latency(t *testing.T) {
	const delay = 50 * time.Millisecond
	n := scale(1000)
	s.service.SetResponder(func(simulator.Call) *simulator.Response { return &simulator.Response{Delay: delay} })
	defer s.service.SetResponder(nil)
	medians := alternate(*runs, s.planner(t, provider, singleReads(n), parallelism, delay),
		s.planner(t, floor, singleReads(n), parallelism, delay))
	plan := fmt.Sprintf("terraform plan, %s workflows, 50 ms latency, wall time", thousands(n))
	s.compare(t, target, fmt.Sprintf("%s, compared with %s × 50 ms ÷ 10", plan, thousands(n)), seconds,
		medians[0].wall, float64(n)*delay.Seconds()/parallelism, 1.10)
	s.compare(t, target, plan+", compared with the floor", seconds, medians[0].wall, medians[1].wall, 1.00)
}

// planner returns a function that measures terraform plan of a configuration
// with the given provider and parallelism. The floor waits for the given
// latency in each read. Planner runs the first plan, which reads the binaries
// from disk.
func (s *suite) planner(t *testing.T, binary, config string, parallelism int, latency time.Duration) func() sample {
	t.Helper()
	dir := t.TempDir()
	mirror := filepath.Join(dir, "mirror")
	link := filepath.Join(mirror, "registry.terraform.io", "customerprofiles", "customerprofiles", "1.0.0",
		runtime.GOOS+"_"+runtime.GOARCH, provider+"_v1.0.0")
	if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
		t.Fatal(err)
	}
	source, err := filepath.Abs(filepath.Join(binaries, binary))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(source, link); err != nil {
		t.Fatal(err)
	}
	module := fmt.Sprintf(rootModule, s.service.server.URL, config)
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(module), 0o600); err != nil {
		t.Fatal(err)
	}
	terraform := func(args ...string) sample {
		cmd := exec.Command(s.terraform, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "FLOOR_LATENCY="+latency.String())
		return run(t, cmd)
	}
	terraform("init", "-input=false", "-plugin-dir="+mirror)
	plan := func() sample {
		return terraform("plan", "-input=false", "-no-color", fmt.Sprintf("-parallelism=%d", parallelism))
	}
	plan()
	return plan
}
