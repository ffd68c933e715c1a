// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest has what acceptance tests share: an isolated environment, the
// simulator on a free port, the provider in the process of the test or built and
// started by Terraform, and checks of values and errors.
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

// The credentials of the simulator's default data, and the Region of
// [Simulator.ProviderBlock].
const (
	AccessKey = "AKIAIOSFODNN7EXAMPLE"
	SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	Region    = "us-east-1"
)

// tempHome is a directory that is removed after the tests of this process.
var tempHome string

// Main runs the tests of a package without the developer's AWS, proxy, and
// Terraform settings, and exits. TestMain calls it with its [testing.M].
func Main(m interface{ Run() int }) {
	os.Exit(run(m))
}

func run(m interface{ Run() int }) int {
	home, err := os.MkdirTemp("", "customerprofiles-acctest-")
	if err == nil {
		tempHome = home
		defer func() { _ = os.RemoveAll(home) }()
		err = isolate(home)
	}
	if err == nil {
		err = configureOpenTofu()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// isolate removes settings from the environment that could affect a test, and
// keeps the SDK from reading the files and the metadata service of this machine.
func isolate(home string) error {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		upper := strings.ToUpper(name)
		if strings.HasPrefix(upper, "AWS_") || strings.HasSuffix(upper, "_PROXY") ||
			strings.HasPrefix(upper, "TF_") && !strings.HasPrefix(upper, "TF_ACC") {
			_ = os.Unsetenv(name)
		}
	}
	for name, value := range map[string]string{
		"AWS_CONFIG_FILE":             filepath.Join(home, "config"),
		"AWS_SHARED_CREDENTIALS_FILE": filepath.Join(home, "credentials"),
		"AWS_EC2_METADATA_DISABLED":   "true",
		"CHECKPOINT_DISABLE":          "1",
	} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}

// configureOpenTofu sets the address of the provider for the testing library,
// which defaults to Terraform's registry, if OpenTofu runs the tests.
func configureOpenTofu() error {
	if os.Getenv("TF_ACC") == "" || os.Getenv("TF_ACC_TERRAFORM_PATH") == "" {
		return nil
	}
	running, err := runningVersion()
	if err != nil || !strings.HasPrefix(running, "OpenTofu") {
		return err
	}
	if err := os.Setenv("TF_ACC_PROVIDER_HOST", "registry.opentofu.org"); err != nil {
		return err
	}
	return os.Setenv("TF_ACC_PROVIDER_NAMESPACE", "customerprofiles")
}

// Factories serves the provider in the process of the test.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"customerprofiles": func() (tfprotov6.ProviderServer, error) { return server.New("test"), nil },
	}
}

// Simulator is a running simulator.
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

// Env returns environment variables that configure the provider for the
// simulator.
func (s Simulator) Env() []string {
	return []string{
		"AWS_ENDPOINT_URL_CUSTOMER_PROFILES=" + s.URL, "AWS_REGION=" + Region,
		"AWS_ACCESS_KEY_ID=" + AccessKey, "AWS_SECRET_ACCESS_KEY=" + SecretKey,
	}
}

// ProviderBlock returns a provider block for the simulator. The arguments are
// added to it.
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
