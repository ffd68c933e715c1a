// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package aws has the acceptance tests that make sense on a real account. They
// read, and change nothing. `make testacc-aws` runs them with the caller's own
// credentials and Region.
package aws
