// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/staticserver"
)

func BenchmarkRead(b *testing.B) {
	url, stop, err := staticserver.Listen(staticserver.Workflow)
	if err != nil {
		b.Fatal(err)
	}
	defer stop()
	client := newClient(url)
	b.ReportAllocs()
	for b.Loop() {
		if err := getWorkflow(client, staticserver.WorkflowID); err != nil {
			b.Fatal(err)
		}
	}
}
