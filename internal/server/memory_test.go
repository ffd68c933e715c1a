// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"runtime"
	"testing"
	"time"
)

func TestPercentFor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		live uint64
		want int
	}{
		"nothing lives":                {0, 500},
		"less than the smallest heap":  {1 << 20, 500},
		"twice the smallest":           {8 << 20, 250},
		"as much as the headroom":      {20 << 20, 100},
		"more than the headroom":       {100 << 20, 100},
		"more than any machine's heap": {1 << 62, 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := percentFor(test.live); got != test.want {
				t.Errorf("percentFor(%d) = %d, want %d", test.live, got, test.want)
			}
		})
	}
}

func TestAfterEachCollection(t *testing.T) {
	t.Parallel()
	called := make(chan uint64, 1)
	afterEachCollection(func() {
		select {
		case called <- liveBytes():
		default:
		}
	})
	timeout := time.After(10 * time.Second)
	for n := 0; n < 3; {
		runtime.GC()
		select {
		case live := <-called:
			if live == 0 {
				t.Error("nothing lives after a collection")
			}
			n++
		case <-timeout:
			t.Fatalf("called %d times", n)
		case <-time.After(time.Millisecond):
		}
	}
}
