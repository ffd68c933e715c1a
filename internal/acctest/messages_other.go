// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build !windows

package acctest

// Messages of the operating system.
const (
	ConnectionRefused = "connection refused"
	ConnectionReset   = "connection reset by peer"
	FileNotFound      = "no such file or directory"
)
