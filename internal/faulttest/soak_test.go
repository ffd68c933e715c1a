// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"os"
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
	// soakReaders is the number of concurrent reads, as in Terraform.
	soakReaders = 10
	// keptPerRead is what the plugin framework keeps of each request until the
	// provider is stopped, in bytes. It was measured as 480 to 490.
	keptPerRead = 520
	// heapNoise is how much measurements of a constant heap differ, in bytes.
	heapNoise = 256 << 10
)

// TestSoak reads SOAK_READS times with one provider. A tenth of the responses have
// a transient fault: no read may fail, and the heap may not grow.
//
//nolint:paralleltest // Other tests would change the heap.
func TestSoak(t *testing.T) {
	reads := 2000
	if value, err := strconv.Atoi(os.Getenv("SOAK_READS")); err == nil {
		reads = value
	}
	sim := acctest.StartSimulator(t)
	faults := []*simulator.Response{withFault(simulator.Hang)}
	for _, tc := range append(transientErrors(), connectionFaults()...) {
		if tc.summary == noError {
			faults = append(faults, tc.responder(simulator.Call{Count: 1}))
		}
	}
	var calls atomic.Int64
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		if n := int(calls.Add(1)); n%10 == 0 {
			return faults[n/10%len(faults)]
		}
		return nil
	})
	p := newProvider(t, settings{
		endpoint: sim.URL, arguments: map[string]any{"max_retries": 25},
		options: []conns.Option{conns.WithAttemptTimeout(250 * time.Millisecond)},
	})
	read := func(n int) uint64 {
		var readers sync.WaitGroup
		for range soakReaders {
			readers.Go(func() {
				for range n / soakReaders {
					if got := p.read(t.Context(), t); got.summary != noError {
						t.Errorf("%s: %s", got.summary, got.detail)
					}
				}
			})
		}
		readers.Wait()
		sim.ResetCalls()
		runtime.GC()
		runtime.GC() // The first collection only empties the pools.
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before := read(reads / 10)
	after := read(reads)
	t.Logf("%d reads, %d attempts; heap: %d KB before, %d KB after", reads, calls.Load(), before>>10, after>>10)
	if limit := before + heapNoise + uint64(reads)*keptPerRead; after > limit {
		t.Errorf("the heap grew from %d to %d bytes, want at most %d", before, after, limit)
	}
}
