// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package faulttest only has tests: of everything that can go wrong between the
// provider and the service. Each test breaks one thing, and checks that the read
// recovers from a transient fault, and that the diagnostic of a permanent one is
// clear. Most tests use Terraform's protocol within their own process, with
// shortened backoff. Those named TestAcc run Terraform. No goroutine may remain.
package faulttest
