// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"errors"
	"os"
)

// waitForParent returns after the parent process has ended. It never returns if
// this process isn't allowed to open its parent.
func waitForParent(parent int) {
	process, err := os.FindProcess(parent)
	if err == nil {
		_, err = process.Wait()
	}
	if errors.Is(err, os.ErrPermission) {
		select {}
	}
}
