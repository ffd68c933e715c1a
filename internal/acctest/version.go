// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"
)

// Since is the first version of Terraform, and of OpenTofu, that has a feature.
type Since struct {
	Terraform, OpenTofu string
}

// RequireVersion skips a test of a feature that the Terraform or OpenTofu that
// runs the tests is too old for, and says so.
func RequireVersion(t testing.TB, feature string, since Since) {
	t.Helper()
	running, err := runningVersion(Terraform(t))
	if err != nil {
		t.Fatal(err)
	}
	first := since.Terraform
	if running.openTofu {
		first = since.OpenTofu
	}
	if running.version.Core().LessThan(version.Must(version.NewVersion(first))) {
		t.Skipf("%s needs version %s, this is %s", feature, first, running.version)
	}
}

type product struct {
	openTofu bool
	version  *version.Version
}

var (
	versionsMu sync.Mutex
	versions   = map[string]product{}
)

// runningVersion is what the binary says that it is.
func runningVersion(path string) (product, error) {
	versionsMu.Lock()
	defer versionsMu.Unlock()
	if known, ok := versions[path]; ok {
		return known, nil
	}
	// "Terraform v1.11.4" or "OpenTofu v1.10.0", then more lines.
	output, err := exec.Command(path, "version").Output()
	if err != nil {
		return product{}, err
	}
	first, _, _ := strings.Cut(string(output), "\n")
	name, number, _ := strings.Cut(strings.TrimSpace(first), " v")
	parsed, err := version.NewVersion(number)
	if err != nil {
		return product{}, err
	}
	versions[path] = product{openTofu: name == "OpenTofu", version: parsed}
	return versions[path], nil
}
