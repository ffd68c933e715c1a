// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Customerprofiles-simulator serves Amazon Connect Customer Profiles from memory
// on a local port, for demos and for tests of Terraform configurations.
//
// When it is ready, it prints a line to standard output. The part of the line
// from "export " on is a shell command that sets the environment variables for
// the provider and other AWS clients. SIGINT and SIGTERM stop it.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the linker in release builds.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // A second signal kills the process.
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
