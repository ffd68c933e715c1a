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

// Feature is what not every version has: its name, and the first version of
// Terraform, and of OpenTofu, that has it.
type Feature struct {
	Name, Terraform, OpenTofu string
}

// The features that tests need.
var (
	Conditions = Feature{"a precondition or postcondition", "1.2.0", "1.6.0"}
	// Before, Terraform does not know what is in a nested attribute, and refuses
	// to refer to it in the data source's own module.
	NestedReferences = Feature{"a reference into a nested attribute", "1.2.7", "1.6.0"}
	TerraformData    = Feature{"terraform_data", "1.4.0", "1.6.0"}
	Checks           = Feature{"check", "1.5.0", "1.6.0"}
	Mocks            = Feature{"mock_provider", "1.7.0", "1.8.0"}
)

// RequireVersion skips a test of a feature that the Terraform or OpenTofu that
// runs the tests is too old for, and says so.
func RequireVersion(t testing.TB, feature Feature) {
	t.Helper()
	running, err := runningVersion(Terraform(t))
	if err != nil {
		t.Fatal(err)
	}
	first := feature.Terraform
	if running.openTofu {
		first = feature.OpenTofu
	}
	if running.version.Core().LessThan(version.Must(version.NewVersion(first))) {
		t.Skipf("%s needs version %s, this is %s", feature.Name, first, running.version)
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
