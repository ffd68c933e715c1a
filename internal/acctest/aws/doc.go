// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package aws has acceptance tests for a real AWS account. They only read.
// `make testacc-aws` runs them with the credentials and the Region of the
// environment.
package aws
