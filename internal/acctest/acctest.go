// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest is what the acceptance tests share: an environment that
// holds nothing of the developer's, the simulator on a port of its own, and the
// provider served in the test's process or built and run by Terraform.
package acctest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// The credentials and the Region that the simulator's default data knows.
const (
	AccessKey = "AKIAIOSFODNN7EXAMPLE"
	SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	Region    = "us-east-1"
)

// tempHome is a folder for what the tests of this process share.
var tempHome string

// Main runs a package's tests in an environment from which the AWS settings,
// the proxies and the Terraform settings of whoever runs them are gone. A
// TestMain calls it, with its [testing.M] or with what runs that.
func Main(m interface{ Run() int }) {
	os.Exit(run(m))
}

func run(m interface{ Run() int }) int {
	home, err := os.MkdirTemp("", "customerprofiles-acctest-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(home) }()
	tempHome = home

	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if foreign(name) {
			_ = os.Unsetenv(name)
		}
	}
	for name, value := range isolation(home) {
		if err := os.Setenv(name, value); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	if err := nameOpenTofuProvider(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// nameOpenTofuProvider tells the testing library the provider's full address
// where OpenTofu runs the tests: it looks in a registry of its own.
func nameOpenTofuProvider() error {
	path := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if os.Getenv("TF_ACC") == "" || path == "" {
		return nil
	}
	running, err := runningVersion(path)
	if err != nil {
		return fmt.Errorf("%s version: %w", path, err)
	}
	if !running.openTofu {
		return nil
	}
	if err := os.Setenv("TF_ACC_PROVIDER_HOST", "registry.opentofu.org"); err != nil {
		return err
	}
	return os.Setenv("TF_ACC_PROVIDER_NAMESPACE", "customerprofiles")
}

// foreign is whether a variable could change what a test sees.
func foreign(name string) bool {
	upper := strings.ToUpper(name)
	return strings.HasPrefix(upper, "AWS_") || strings.HasSuffix(upper, "_PROXY") ||
		strings.HasPrefix(upper, "TF_") && !strings.HasPrefix(upper, "TF_ACC")
}

// isolation is what keeps the SDK from files and services of this machine.
func isolation(home string) map[string]string {
	return map[string]string{
		"AWS_CONFIG_FILE":             filepath.Join(home, "config"),
		"AWS_SHARED_CREDENTIALS_FILE": filepath.Join(home, "credentials"),
		"AWS_EC2_METADATA_DISABLED":   "true",
		"CHECKPOINT_DISABLE":          "1",
	}
}

// Factories serves the provider in the test's process.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"customerprofiles": func() (tfprotov6.ProviderServer, error) { return server.New("test"), nil },
	}
}

// Simulator is the embedded service, listening for one test.
type Simulator struct {
	*simulator.Service
	*simulator.Server
}

// StartSimulator serves the simulator's default data until the test ends.
func StartSimulator(t testing.TB) Simulator {
	t.Helper()
	service, err := simulator.New(simulator.DefaultData())
	if err != nil {
		t.Fatal(err)
	}
	srv, err := simulator.Listen("127.0.0.1:0", service)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	return Simulator{Service: service, Server: srv}
}

// Env is what points Terraform at the simulator, as the simulator's program
// prints it.
func (s Simulator) Env() []string {
	return []string{
		"AWS_ENDPOINT_URL_CUSTOMER_PROFILES=" + s.URL, "AWS_REGION=" + Region,
		"AWS_ACCESS_KEY_ID=" + AccessKey, "AWS_SECRET_ACCESS_KEY=" + SecretKey,
	}
}

// ProviderBlock is a provider block that points at the simulator, with more
// arguments where there are any.
func (s Simulator) ProviderBlock(arguments ...string) string {
	return fmt.Sprintf(`
provider "customerprofiles" {
  region     = %q
  access_key = %q
  secret_key = %q
  %s
  endpoints {
    customerprofiles = %q
  }
}
`, Region, AccessKey, SecretKey, strings.Join(arguments, "\n  "), s.URL)
}
