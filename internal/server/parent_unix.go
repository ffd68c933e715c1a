// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build !windows

package server

import (
	"os"
	"time"
)

// waitForParent returns after the parent process has ended. This process then gets
// another parent: init, or a closer process that adopts orphans.
func waitForParent(parent int) {
	for os.Getppid() == parent {
		time.Sleep(parentInterval)
	}
}
