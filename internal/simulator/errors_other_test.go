// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build !windows

package simulator_test

import "syscall"

const errConnectionReset = syscall.ECONNRESET
