// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package server is how the provider is served to Terraform: what it logs when
// nobody reads it, how often memory is collected, and what is kept of requests
// that are over.
package server

import (
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/provider"
)

// Address is the provider's address in the registry.
const Address = "registry.terraform.io/customerprofiles/customerprofiles"

// Serve serves the provider until Terraform is done with it. With managedDebug
// it prints how Terraform attaches to this process, and serves until it is
// interrupted.
func Serve(version string, managedDebug bool) error {
	var opts []tf6server.ServeOpt
	if managedDebug {
		opts = append(opts, tf6server.WithManagedDebug())
	} else {
		prepare()
	}
	return tf6server.Serve(Address, func() tfprotov6.ProviderServer { return New(version) }, opts...)
}

// New returns the provider as Terraform's protocol sees it. The options of its
// AWS clients are for tests.
func New(version string, clients ...conns.Option) tfprotov6.ProviderServer {
	return requestServer{providerserver.NewProtocol6(provider.New(version, clients...)())()}
}

// prepare sets what the process as a whole runs with.
func prepare() {
	silenceUnreadLogs(os.Environ(), os.Setenv)
	if os.Getenv("GOGC") == "" {
		keepHeadroom()
	}
}

// silenceUnreadLogs sets the log levels of the plugin libraries and of the
// provider to off where no variable asks for logs. Their default is TRACE: all
// of it would be formatted and written to Terraform, which drops it.
func silenceUnreadLogs(environ []string, setenv func(key, value string) error) {
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		asks := name == "TF_LOG" || strings.HasPrefix(name, "TF_LOG_PROVIDER") || strings.HasPrefix(name, "TF_LOG_SDK")
		if asks && value != "" {
			return
		}
	}
	// Setenv fails for a name or a value that the system cannot hold.
	_ = setenv("TF_LOG_SDK", "off")
	_ = setenv("TF_LOG_PROVIDER_CUSTOMERPROFILES", "off")
}
