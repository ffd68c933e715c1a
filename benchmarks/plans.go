// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os/exec"
	"strconv"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/plugin"
)

// start measures from the start of the process to the schemas.
func (b *bench) start() error {
	serve := func(name string) func() (cost, error) {
		return func() (cost, error) {
			begin := time.Now()
			process, err := plugin.Start(b.binaries[name])
			if err != nil {
				return cost{}, err
			}
			if err := process.Schema(); err != nil {
				return cost{}, err
			}
			wall := time.Since(begin)
			return cost{wall: wall}, process.Stop()
		}
	}
	results, err := alternate(8*b.runs, serve("provider"), serve("floor"))
	if err != nil {
		return err
	}
	b.ratio("process start to schema served, against the floor", "ms", 1e3, median(results[0], wallOf), median(results[1], wallOf), 1.10)
	return nil
}

// plan measures terraform plan of 1 and of 1,000 workflows.
func (b *bench) plan() error {
	one, err := b.planned(1, 4*b.runs)
	if err != nil {
		return err
	}
	b.ratio("terraform plan, 1 workflow, wall, against the floor", "ms", 1e3, median(one.ours, wallOf), median(one.floor, wallOf), 1.05)
	b.ratio("terraform plan, 1 workflow, CPU, against the floor", "ms", 1e3, median(one.ours, cpuOf), median(one.floor, cpuOf), 1.05)

	many, err := b.planned(1000, b.runs)
	if err != nil {
		return err
	}
	b.ratio("terraform plan, 1,000 workflows, CPU, against floor + bare loop", "s", 1, median(many.ours, cpuOf), median(many.floor, cpuOf)+median(many.bare, cpuOf), 0.80)
	b.ratio("terraform plan, 1,000 workflows, wall, against the floor", "s", 1, median(many.ours, wallOf), median(many.floor, wallOf), 1.00)
	calls := many.asked.Calls["GetWorkflow"]
	others := -calls
	for _, n := range many.asked.Calls {
		others += n
	}
	b.add("calls for 1,000 workflows", fmt.Sprintf("%d GetWorkflow, %d others", calls, others), "1,000 and none", calls == 1000 && others == 0)
	b.add("connections for 1,000 workflows, 10 at once", strconv.Itoa(many.asked.Connections), "at most 10", many.asked.Connections <= 10)
	return nil
}

// plans are what plans of the same workflows took, by provider, and the loop.
type plans struct {
	ours, floor, bare []cost
	asked             asked // of one plan of ours
}

func (b *bench) planned(n, runs int) (plans, error) {
	service, err := startService(b.binaries["service"], "-n", strconv.Itoa(n))
	if err != nil {
		return plans{}, err
	}
	defer service.stop()
	ours, err := b.module("provider", service.url, n)
	if err != nil {
		return plans{}, err
	}
	bottom, err := b.module("floor", service.url, n)
	if err != nil {
		return plans{}, err
	}
	plan := func(command func(...string) *exec.Cmd) func() (cost, error) {
		return func() (cost, error) { return measured(command("plan", "-input=false", "-no-color")) }
	}
	// Not counted: what the first runs read into memory.
	if _, err := plan(bottom)(); err != nil {
		return plans{}, err
	}
	if _, err := service.asked(); err != nil {
		return plans{}, err
	}
	if _, err := plan(ours)(); err != nil {
		return plans{}, err
	}
	was, err := service.asked()
	if err != nil {
		return plans{}, err
	}
	results, err := alternate(runs, plan(ours), plan(bottom), func() (cost, error) {
		return measured(exec.Command(b.binaries["bareloop"], "-endpoint", service.url, "-n", strconv.Itoa(n)))
	})
	if err != nil {
		return plans{}, err
	}
	return plans{ours: results[0], floor: results[1], bare: results[2], asked: was}, nil
}

// latency measures a plan of a service that takes its time.
func (b *bench) latency() error {
	const n, each = 1000, 50 * time.Millisecond
	service, err := startService(b.binaries["service"], "-n", strconv.Itoa(n), "-latency", each.String())
	if err != nil {
		return err
	}
	defer service.stop()
	command, err := b.module("provider", service.url, n)
	if err != nil {
		return err
	}
	bottom, err := b.module("floor", service.url, n)
	if err != nil {
		return err
	}
	results, err := alternate(b.runs,
		func() (cost, error) { return measured(command("plan", "-input=false", "-no-color", "-parallelism=10")) },
		func() (cost, error) {
			plan := bottom("plan", "-input=false", "-no-color", "-parallelism=10")
			plan.Env = append(plan.Env, "FLOOR_LATENCY="+each.String())
			return measured(plan)
		},
	)
	if err != nil {
		return err
	}
	b.ratio("the same with 50 ms latency and -parallelism=10, wall, against 1,000 × 50 ms ÷ 10", "s", 1,
		median(results[0], wallOf), (n * each / 10).Seconds(), 1.10)
	b.ratio("the same, against the floor with the same latency", "s", 1, median(results[0], wallOf), median(results[1], wallOf), 1.00)
	return nil
}

// process measures one read through the plugin protocol.
func (b *bench) process() error {
	ours, bottom, bare, err := readCosts(4 * b.runs)
	if err != nil {
		return err
	}
	cpu := func(p perRead) float64 { return p.cpu.Seconds() }
	allocs := func(p perRead) float64 { return p.allocs }
	b.ratio("one read, in process, CPU, against the floor's read + a bare call", "µs", 1e6, median(ours, cpu), median(bottom, cpu)+median(bare, cpu), 1.00)
	b.ratio("one read, in process, allocations, against the same", "", 1, median(ours, allocs), median(bottom, allocs)+median(bare, allocs), 1.00)
	return nil
}
