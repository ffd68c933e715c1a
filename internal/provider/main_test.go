// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

// rowVariable makes this test binary read one row from standard input and serve
// it, in a process of its own: the library reads and writes the environment.
const rowVariable = "CUSTOMERPROFILES_TEST_ROW"

func TestMain(m *testing.M) {
	if os.Getenv(rowVariable) != "" {
		os.Exit(serveRow(os.Stdin, os.Stdout))
	}
	acctest.Main(m)
}
