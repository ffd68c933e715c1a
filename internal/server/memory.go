// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// headroom is how many bytes may be allocated between two collections. At Go's
// own GOGC of 100 that is as much as lives, which is a few megabytes, and the
// collector takes a fifth of the CPU time. A fixed multiple would be cheap too,
// but would multiply what the framework keeps of finished requests.
const headroom = 20 << 20

// keepHeadroom sets the collector's pace for the rest of the process.
func keepHeadroom() {
	debug.SetGCPercent(percentFor(0))
	afterEachCollection(func() { debug.SetGCPercent(percentFor(liveBytes())) })
}

// percentFor is the GOGC that leaves the headroom above what lives, and never
// less than Go's own.
func percentFor(live uint64) int {
	const smallest = 4 << 20                               // Go's smallest heap
	return max(100, int(headroom*100/max(live, smallest))) //nolint:gosec // At most headroom*100 over smallest.
}

// liveBytes is what the last collection found to be in use.
func liveBytes() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}

// afterEachCollection calls f after each collection, for as long as the process
// runs.
func afterEachCollection(f func()) {
	// It has a pointer, so that it is not put into one block with others, and
	// nothing holds it: the next collection finds it.
	type sentinel struct{ _ *byte }
	runtime.AddCleanup(&sentinel{}, func(struct{}) {
		f()
		afterEachCollection(f)
	}, struct{}{})
}
