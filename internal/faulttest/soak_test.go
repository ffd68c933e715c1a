// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"context"
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
	// soakReads is how many reads the soak makes where SOAK_READS says nothing.
	soakReads = 2000
	// soakEndpoint tells the process that reads where the service is.
	soakEndpoint = "SOAK_ENDPOINT"
	// soakSteps is how often the memory is measured.
	soakSteps = 20
	// frameworkKeeps is the bytes that the plugin framework keeps of a request
	// that is over, until it is stopped: a context and its cancel function. They
	// are 480 to 490, however many reads there are. All else must be flat.
	frameworkKeeps = 520
	// heapNoise is how far two measurements of a flat heap may lie apart.
	heapNoise = 256 << 10
	// soakReaders is how many reads Terraform has under way at once.
	soakReaders = 10
)

// Many reads through one provider, a tenth of which fail in some way that
// passes: none fails for good, and memory does not grow. The provider is in a
// process of its own, so that nothing else is measured.
func TestSoak(t *testing.T) {
	t.Parallel()
	if endpoint := os.Getenv(soakEndpoint); endpoint != "" {
		soak(t, endpoint)
		return
	}
	sim := acctest.StartSimulator(t)
	sim.KeepCalls(0)
	faults := passingAnswers()
	var calls, failed atomic.Int64
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		n := calls.Add(1)
		if n%10 != 0 {
			return nil
		}
		failed.Add(1)
		return faults[int(n/10)%len(faults)]
	})
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	process := exec.Command(executable, "-test.run=^TestSoak$", "-test.v")
	process.Env = append(os.Environ(), soakEndpoint+"="+sim.URL)
	output, err := process.CombinedOutput()
	t.Logf("%s\n%d calls, %d failed on purpose", output, calls.Load(), failed.Load())
	if err != nil {
		t.Error(err)
	}
	if reads := wantedReads(t); calls.Load() < int64(reads) || failed.Load() < int64(reads/10) {
		t.Errorf("%d calls and %d failures for %d reads", calls.Load(), failed.Load(), reads)
	}
}

// passingAnswers are the answers of the matrix that a read survives.
func passingAnswers() []*simulator.Response {
	var answers []*simulator.Response
	for _, part := range [][]fault{passingServerFaults(workflow), brokenConnections(workflow)} {
		for _, row := range part {
			if row.summary == passes {
				answers = append(answers, row.script(simulator.Call{Count: 1}))
			}
		}
	}
	return append(answers, broken(simulator.Hang))
}

func wantedReads(t *testing.T) int {
	t.Helper()
	text := os.Getenv("SOAK_READS")
	if text == "" {
		return soakReads
	}
	reads, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return reads
}

// soak reads and measures, in the process of its own.
func soak(t *testing.T, endpoint string) {
	reads := wantedReads(t)
	p := newProvider(t, settings{endpoint: endpoint, maxRetries: 25, clients: []conns.Option{conns.WithAttemptTimeout(250 * time.Millisecond)}})
	heap := make([]uint64, soakSteps)
	for step := range heap {
		var readers sync.WaitGroup
		for range soakReaders {
			readers.Go(func() {
				for range reads / soakSteps / soakReaders {
					if got := p.read(t, context.Background(), ""); got.summary != passes {
						t.Errorf("%s: %s", got.summary, got.detail)
					}
				}
			})
		}
		readers.Wait()
		heap[step] = heapInUse()
	}
	quarter := soakSteps / 4
	first, last := average(heap[:quarter]), average(heap[soakSteps-quarter:])
	t.Logf("%d reads; heap after collection: %d KB in the first quarter, %d KB in the last", reads, first>>10, last>>10)
	between := uint64(reads - reads/4) //nolint:gosec // It is positive.
	if last > first+heapNoise+between*frameworkKeeps {
		t.Errorf("the heap grew from %d to %d bytes within %d reads", first, last, between)
	}
}

func heapInUse() uint64 {
	runtime.GC()
	runtime.GC() // What finalizers and pools let go of is collected by the next.
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
