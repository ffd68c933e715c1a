// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"errors"
	"os"
	"syscall"
)

// errorInvalidParameter is the error of Windows for the ID of a process that has
// ended.
const errorInvalidParameter syscall.Errno = 87

// waitForParent returns after the parent process has ended. It never returns if
// this process can't observe its parent.
func waitForParent(parent int) {
	process, err := os.FindProcess(parent)
	if err == nil {
		_, err = process.Wait()
	}
	if err != nil && !errors.Is(err, errorInvalidParameter) {
		select {}
	}
}
