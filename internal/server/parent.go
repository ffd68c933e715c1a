// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"os"
	"time"
)

// parentInterval is the pause between two checks of the parent process. Tests
// shorten it.
var parentInterval = 2 * time.Second

// exitWithParent ends this process after its parent process, which is Terraform.
// Terraform stops its providers when it exits, but it can't if it is killed. A
// provider would then continue to poll until its timeout.
//
// If the parent ends before this call, it isn't noticed here. The handshake with
// Terraform then writes to a closed pipe, which ends the process.
func exitWithParent() {
	parent := os.Getppid()
	go func() {
		waitForParent(parent)
		os.Exit(1)
	}()
}
