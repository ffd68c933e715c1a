// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"
)

// Feature is a feature of the Terraform language, with the first versions of
// Terraform and OpenTofu that have it.
type Feature struct {
	Name, Terraform, OpenTofu string
}

// The features that tests require.
var (
	Conditions = Feature{"a precondition or postcondition", "1.2.0", "1.6.0"}
	// Earlier versions reject a reference into a nested attribute if it is in the
	// module of the data source.
	NestedReferences = Feature{"a reference into a nested attribute", "1.2.7", "1.6.0"}
	TerraformData    = Feature{"terraform_data", "1.4.0", "1.6.0"}
	Checks           = Feature{"check", "1.5.0", "1.6.0"}
	Mocks            = Feature{"mock_provider", "1.7.0", "1.8.0"}
)

// RequireVersion skips a test if the version of Terraform or OpenTofu that runs
// it doesn't have the feature.
func RequireVersion(t testing.TB, feature Feature) {
	t.Helper()
	Terraform(t)
	running, err := runningVersion()
	if err != nil {
		t.Fatal(err)
	}
	first := feature.Terraform
	if running.openTofu {
		first = feature.OpenTofu
	}
	if running.version.Core().LessThan(version.Must(version.NewVersion(first))) {
		t.Skipf("%s requires version %s, but this is %s", feature.Name, first, running.version)
	}
}

type product struct {
	openTofu bool
	version  *version.Version
}

// runningVersion returns the product and version that run the tests.
var runningVersion = sync.OnceValues(func() (product, error) {
	path, err := terraformPath()
	if err != nil {
		return product{}, err
	}
	// The first line is "Terraform v1.11.4" or "OpenTofu v1.10.0".
	output, err := exec.Command(path, "version").Output()
	if err != nil {
		return product{}, fmt.Errorf("%s version: %w", path, err)
	}
	first, _, _ := strings.Cut(string(output), "\n")
	name, number, _ := strings.Cut(strings.TrimSpace(first), " v")
	parsed, err := version.NewVersion(number)
	return product{openTofu: name == "OpenTofu", version: parsed}, err
})
