// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Command bareloop makes the calls that a plan of n workflows makes, by the SDK
// and nothing else, as many at once as Terraform does.
package main

import (
	"flag"
	"log"

	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/loop"
)

func main() {
	endpoint := flag.String("endpoint", "", "URL of the service")
	n := flag.Int("n", 1000, "how many workflows to read")
	atOnce := flag.Int("parallelism", 10, "how many at once")
	flag.Parse()
	if err := loop.Run(*endpoint, *n, *atOnce); err != nil {
		log.Fatal(err)
	}
}
