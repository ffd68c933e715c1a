// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const (
	// soakEndpoint is the environment variable with the simulator's URL. It is set in
	// the child process that reads.
	soakEndpoint = "SOAK_ENDPOINT"
	// defaultSoakReads is the number of reads if SOAK_READS isn't set.
	defaultSoakReads = 2000
	// soakReaders is the number of concurrent reads, as in Terraform.
	soakReaders = 10
	// soakMeasurements is how often the heap is measured.
	soakMeasurements = 20
	// keptPerRead is what the plugin framework keeps of each request until the
	// provider is stopped, in bytes. It was measured as 480 to 490.
	keptPerRead = 520
	// heapNoise is the difference between measurements of a constant heap, in bytes.
	heapNoise = 256 << 10
)

// TestSoak reads many times with one provider. A tenth of the responses have a
// transient fault: no read may fail, and the heap may not grow. A child process
// reads, so that the heap of the simulator isn't measured.
func TestSoak(t *testing.T) {
	t.Parallel()
	if endpoint := os.Getenv(soakEndpoint); endpoint != "" {
		soak(t, endpoint)
		return
	}
	sim := acctest.StartSimulator(t)
	sim.KeepCalls(0)
	faults := []*simulator.Response{withFault(simulator.Hang)}
	for _, tc := range append(transientErrors(), connectionFaults()...) {
		if tc.summary == noError {
			faults = append(faults, tc.responder(simulator.Call{Count: 1}))
		}
	}
	var calls atomic.Int64
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		n := int(calls.Add(1))
		if n%10 != 0 {
			return nil
		}
		return faults[n/10%len(faults)]
	})
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(executable, "-test.run=^TestSoak$", "-test.v")
	child.Env = append(os.Environ(), soakEndpoint+"="+sim.URL)
	output, err := child.CombinedOutput()
	t.Logf("%s\n%d calls", output, calls.Load())
	if err != nil {
		t.Error(err)
	}
	if want := int64(soakReads(t)); calls.Load() <= want {
		t.Errorf("%d calls, want more than the %d reads", calls.Load(), want)
	}
}

func soakReads(t *testing.T) int {
	t.Helper()
	value := os.Getenv("SOAK_READS")
	if value == "" {
		return defaultSoakReads
	}
	reads, err := strconv.Atoi(value)
	if err != nil {
		t.Fatal(err)
	}
	return reads
}

// soak runs in the child process. It reads, and compares the heap in the first
// quarter of the reads with the heap in the last.
func soak(t *testing.T, endpoint string) {
	t.Helper()
	reads := soakReads(t)
	p := newProvider(t, settings{
		endpoint: endpoint, maxAttempts: 25, options: []conns.Option{conns.WithAttemptTimeout(250 * time.Millisecond)},
	})
	heap := make([]uint64, soakMeasurements)
	for i := range heap {
		var readers sync.WaitGroup
		for range soakReaders {
			readers.Go(func() {
				for range reads / soakMeasurements / soakReaders {
					if got := p.read(t.Context(), t); got.summary != noError {
						t.Errorf("%s: %s", got.summary, got.detail)
					}
				}
			})
		}
		readers.Wait()
		heap[i] = heapInUse()
	}
	quarter := soakMeasurements / 4
	first, last := average(heap[:quarter]), average(heap[soakMeasurements-quarter:])
	t.Logf("%d reads; heap: %d KB in the first quarter, %d KB in the last", reads, first>>10, last>>10)
	limit := first + heapNoise + uint64(reads-reads/4)*keptPerRead //nolint:gosec // It is positive.
	if last > limit {
		t.Errorf("the heap grew from %d to %d bytes, want at most %d", first, last, limit)
	}
}

func heapInUse() uint64 {
	runtime.GC()
	runtime.GC() // The first collection only empties the pools.
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func average(values []uint64) uint64 {
	var sum uint64
	for _, value := range values {
		sum += value
	}
	return sum / uint64(len(values))
}
