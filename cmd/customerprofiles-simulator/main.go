// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Customerprofiles-simulator serves Amazon Connect Customer Profiles from memory
// on a local port, for demonstrations and for tests of Terraform configurations.
//
// It prints one line on standard output once it listens; what follows
// "export " in it sets up the AWS SDKs, and so the provider, to use it. It stops
// on SIGINT and SIGTERM.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the linker in a release.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // After the first signal, a second one kills.
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
