// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// sample is the result of one run, or the medians of several. A measurement
// sets the fields that it needs.
type sample struct {
	wall, cpu float64 // seconds
	memory    float64 // bytes
	allocs    float64
	refused   float64 // requests
}

// alternate runs the measurements in turn and returns the medians of each. The
// speed of a machine changes over time. Because the measurements take turns, it
// affects all of them alike.
func alternate(runs int, measurements ...func() sample) []sample {
	samples := make([][]sample, len(measurements))
	for range runs {
		for i, measure := range measurements {
			samples[i] = append(samples[i], measure())
		}
	}
	medians := make([]sample, len(measurements))
	for i, all := range samples {
		medians[i] = sample{
			wall:    median(all, func(s sample) float64 { return s.wall }),
			cpu:     median(all, func(s sample) float64 { return s.cpu }),
			memory:  median(all, func(s sample) float64 { return s.memory }),
			allocs:  median(all, func(s sample) float64 { return s.allocs }),
			refused: median(all, func(s sample) float64 { return s.refused }),
		}
	}
	return medians
}

func median(samples []sample, field func(sample) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = field(s)
	}
	slices.Sort(values)
	middle := len(values) / 2
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (values[middle-1] + values[middle]) / 2
}

// run runs a command and returns the wall time and the CPU time that it took.
// The CPU time includes the processes that the command started and waited for.
func run(t *testing.T, cmd *exec.Cmd) sample {
	t.Helper()
	start := time.Now()
	output, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, output)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return sample{
		wall: wall.Seconds(),
		cpu:  time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds(),
	}
}
