// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package faulttest holds no code: its tests break everything between the
// provider and the service, one thing at a time, and see that a read passes
// what passes and fails clearly on what does not. They speak Terraform's
// protocol with the provider in their own process, with the waits between
// retries shortened; some of them run Terraform itself. None may leave a
// goroutine behind.
package faulttest
