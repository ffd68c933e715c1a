// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// read compares the results of three Go benchmarks: a read of the provider, a
// read of the floor, and a call of the bare loop.
func (s *suite) read(t *testing.T) {
	benchmark := func(pkg string) func() sample {
		return func() sample {
			// With one CPU, the time of an operation is its CPU time.
			output, err := exec.Command(filepath.Join(binaries, pkg+".test"), "-test.run=^$",
				"-test.bench=^BenchmarkRead$", "-test.benchmem", "-test.cpu=1").CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", pkg, err, output)
			}
			_, result, _ := strings.Cut(string(output), "BenchmarkRead")
			var iterations, nanoseconds, bytes, allocs float64
			if _, err := fmt.Sscanf(result, "%f %f ns/op %f B/op %f allocs/op",
				&iterations, &nanoseconds, &bytes, &allocs); err != nil {
				t.Fatalf("%s: no result of BenchmarkRead: %v\n%s", pkg, err, output)
			}
			return sample{cpu: nanoseconds / float64(time.Second), allocs: allocs}
		}
	}
	medians := alternate(*runs, benchmark("server"), benchmark("floor"), benchmark("bareloop"))
	s.compare(t, target, "BenchmarkRead, CPU time, compared with floor + bare loop", microseconds,
		medians[0].cpu, medians[1].cpu+medians[2].cpu, 1.00)
	s.compare(t, target, "BenchmarkRead, allocations, compared with floor + bare loop", count,
		medians[0].allocs, medians[1].allocs+medians[2].allocs, 1.00)
}
