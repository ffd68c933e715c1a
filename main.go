// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-customerprofiles is a Terraform provider that
// reads Amazon Connect Customer Profiles. Terraform starts it.
package main

import (
	"flag"
	"log"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// version is set by the linker: -X main.version=1.2.3.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print how Terraform attaches to this process")
	flag.Parse()

	if err := server.Serve(version, *debug); err != nil {
		log.Fatal(err)
	}
}
