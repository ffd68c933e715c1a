// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

const (
	modulePath   = "github.com/customerprofiles/terraform-provider-customerprofiles"
	buildVersion = "0.0.1"
)

// RequiredProviders is the block that a module needs to use the provider.
const RequiredProviders = `
terraform {
  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}
`

// CLI is Terraform with the built provider, in a folder and an environment of
// its own, as a user runs it: the provider is a process that Terraform starts.
// Tests use it where the process matters; all others use [Factories].
type CLI struct {
	// Dir is the folder of the root module.
	Dir string
	// Env is the whole environment of each command, as KEY=VALUE.
	Env []string

	terraform string
}

// Terraform is the path of the Terraform or OpenTofu to run. It skips the test
// where acceptance tests are off (TF_ACC is not set), as the testing library
// does, and fails it where they are on and there is none.
func Terraform(t testing.TB) string {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs Terraform: set TF_ACC=1, or use make testacc")
	}
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path
	}
	path, err := exec.LookPath("terraform")
	if err != nil {
		t.Fatalf("TF_ACC is set, and there is no Terraform: %v", err)
	}
	return path
}

// NewCLI writes the files, by their path, into a new folder and runs
// `terraform init` there. Where there are no files, the folder is empty and
// nothing is run. The environment is this process's with env behind it.
func NewCLI(t testing.TB, files map[string]string, env ...string) *CLI {
	t.Helper()
	terraform := Terraform(t)
	mirror, err := providerMirror()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cli := &CLI{Dir: dir, terraform: terraform}
	rc := filepath.Join(t.TempDir(), "terraform.rc")
	writeFile(t, rc, fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror))
	cli.Env = append(os.Environ(), append([]string{"TF_CLI_CONFIG_FILE=" + rc, "TF_IN_AUTOMATION=1"}, env...)...)
	if len(files) == 0 {
		return cli
	}
	for name, content := range files {
		writeFile(t, filepath.Join(dir, name), content)
	}
	cli.MustRun(t, "init", "-input=false", "-no-color")
	return cli
}

// Run runs a command of Terraform and returns what it printed on both outputs.
func (c *CLI) Run(args ...string) (string, error) {
	var output bytes.Buffer
	cmd := c.Command(args...)
	cmd.Stdout, cmd.Stderr = &output, &output
	err := cmd.Run()
	return output.String(), err
}

// Command is a command of Terraform, not yet started.
func (c *CLI) Command(args ...string) *exec.Cmd {
	cmd := exec.Command(c.terraform, args...)
	cmd.Dir, cmd.Env = c.Dir, c.Env
	return cmd
}

// MustRun is [CLI.Run] that fails the test where the command fails.
func (c *CLI) MustRun(t testing.TB, args ...string) string {
	t.Helper()
	output, err := c.Run(args...)
	if err != nil {
		t.Fatalf("terraform %s: %v\n%s", strings.Join(args, " "), err, output)
	}
	return output
}

func writeFile(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// providerMirror builds the provider once for all tests of a process, and
// returns a folder from which Terraform and OpenTofu install it.
var providerMirror = sync.OnceValues(func() (string, error) {
	mirror := filepath.Join(tempHome, "mirror")
	platform := runtime.GOOS + "_" + runtime.GOARCH
	name := "terraform-provider-customerprofiles_v" + buildVersion
	built := filepath.Join(tempHome, name)
	build := exec.Command("go", "build", "-tags=grpcnotrace", "-ldflags=-X main.version="+buildVersion, "-o", built, modulePath)
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the provider: %w\n%s", err, output)
	}
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		dir := filepath.Join(mirror, host, "customerprofiles", "customerprofiles", buildVersion, platform)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", err
		}
		if err := os.Link(built, filepath.Join(dir, name)); err != nil {
			return "", err
		}
	}
	return mirror, nil
})
