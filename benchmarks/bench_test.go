// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package benchmarks measures the CPU time, wall time, memory, and calls that
// the provider adds to Terraform's own, and writes the results to README.md.
// Run it with make bench.
package benchmarks

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var (
	runs   = flag.Int("runs", 5, "minimum number of runs of each measurement")
	readme = flag.String("readme", "", "write the results to the table in this file")
)

// binaries is the directory that make bench builds in. The others are names of
// binaries.
const (
	binaries = "../bin/bench"
	provider = "terraform-provider-customerprofiles"
	floor    = "floor"
	bareLoop = "bareloop"
)

// suite holds what the measurements share.
type suite struct {
	terraform string
	service   *service
	rows      []string
}

// TestBounds runs all measurements and fails if a result exceeds its bound. In
// short mode it only shows that the measurements work: it makes a hundredth of
// the reads and ignores the bounds.
func TestBounds(t *testing.T) { //nolint:paralleltest // Concurrent measurements would affect each other.
	s := &suite{terraform: os.Getenv("TERRAFORM")}
	if s.terraform == "" {
		t.Skip("TERRAFORM isn't set; run make bench")
	}
	s.service = startService(t)
	t.Run("size", s.size)
	t.Run("start", s.start)
	t.Run("plan", s.plan)
	t.Run("latency", s.latency)
	t.Run("read", s.read)
	t.Run("growth", s.growth)
	t.Run("regions", s.regions)
	t.Run("lists", s.lists)
	t.Run("quota", s.quota)
	t.Run("waits", s.waits)
	if *readme != "" {
		s.writeTable(t, *readme)
	}
}

// scale returns the number of reads to make instead of n.
func scale(n int) int {
	if testing.Short() {
		return max(1, n/100)
	}
	return n
}

// size compares the release binaries.
func (s *suite) size(t *testing.T) {
	sizes := map[string]int{}
	for _, name := range []string{provider, floor} {
		info, err := os.Stat(filepath.Join(binaries, name))
		if err != nil {
			t.Fatal(err)
		}
		sizes[name] = int(info.Size())
	}
	s.add(t, bound, "Binary", thousands(sizes[provider])+" bytes",
		"at most 25,000,000 bytes", sizes[provider] <= 25_000_000)
	s.compare(t, target, "Binary, compared with the floor", megabytes,
		float64(sizes[provider]), float64(sizes[floor]), 1.40)
}
