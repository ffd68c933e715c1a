// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package server serves the provider to Terraform. It sets the log levels
// and the garbage collection of the process, and wraps the framework's server.
package server

import (
	"os"
	"runtime/debug"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/provider"
)

// Address is the address of the provider in the registry.
const Address = "registry.terraform.io/customerprofiles/customerprofiles"

// Serve serves the provider until Terraform stops it or ends. If managedDebug is
// true, it prints the TF_REATTACH_PROVIDERS variable with which Terraform attaches
// to this process, and serves until it is interrupted.
func Serve(version string, managedDebug bool) error {
	var opts []tf6server.ServeOpt
	if managedDebug {
		opts = append(opts, tf6server.WithManagedDebug())
	} else {
		tuneProcess()
		exitWithParent()
	}
	return tf6server.Serve(Address, func() tfprotov6.ProviderServer { return New(version) }, opts...)
}

// New returns the provider as a server of Terraform's protocol. The options of
// its AWS clients are for tests.
func New(version string, options ...conns.Option) tfprotov6.ProviderServer {
	redactor := conns.NewRedactor()
	framework := providerserver.NewProtocol6(provider.New(version, redactor, options...)())()
	return redactingServer{ProviderServer: releasingServer{framework}, redactor: redactor}
}

// tuneProcess sets the log levels and the pace of the garbage collector. The
// collector takes a fifth of the CPU time at Go's default of 100, because the
// heap is only a few megabytes.
func tuneProcess() {
	silenceUnreadLogs(os.Environ(), os.Setenv)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

// silenceUnreadLogs turns off the logs of the plugin libraries and the provider
// unless an environment variable requests them. By default, the libraries format
// every message at TRACE and Terraform discards it, which takes a third of the
// CPU time.
func silenceUnreadLogs(environ []string, setenv func(key, value string) error) {
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		requestsLogs := name == "TF_LOG" ||
			strings.HasPrefix(name, "TF_LOG_PROVIDER") || strings.HasPrefix(name, "TF_LOG_SDK")
		if requestsLogs && value != "" {
			return
		}
	}
	// Setenv can't fail for these names and values.
	_ = setenv("TF_LOG_SDK", "off")
	_ = setenv("TF_LOG_PROVIDER_CUSTOMERPROFILES", "off")
}
