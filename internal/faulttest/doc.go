// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package faulttest tests what can go wrong between the provider and the service.
// Each test causes one fault. It checks that the read recovers from a transient
// fault, and that the diagnostic of a permanent one is clear. Most tests call the
// provider in their own process through Terraform's protocol, with a shortened
// backoff. Tests named TestAcc run Terraform. The package fails if a test leaks a
// goroutine.
package faulttest
