// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
