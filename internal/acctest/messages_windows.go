// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package acctest

// Messages of the operating system.
const (
	ConnectionRefused = "No connection could be made because the target machine actively refused it."
	ConnectionReset   = "An existing connection was forcibly closed by the remote host."
	FileNotFound      = "The system cannot find the file specified."
)
