// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package release tests the output of `make release-snapshot`: its files against
// the requirements of the registry, and its installation as a user does it. `make
// testacc-release` runs the tests.
package release
