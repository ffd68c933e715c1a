// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package release installs what `make release-snapshot` built, as a user does,
// and holds its files against what the registry asks for. `make
// testacc-release` runs it; there is nothing here without its build tag.
package release
