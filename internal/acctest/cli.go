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

	"github.com/hashicorp/go-version"
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

// CLI runs Terraform, which starts the provider as a process. Tests that don't
// depend on the process use [Factories].
type CLI struct {
	// Dir is the directory of the root module.
	Dir string
	// Env is the environment of each command, as KEY=VALUE.
	Env []string

	terraform string
}

// Terraform returns the path of Terraform or OpenTofu. It skips the test if
// TF_ACC isn't set, as the testing library does.
func Terraform(t testing.TB) string {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance test: set TF_ACC=1, or use make testacc")
	}
	path, err := terraformPath()
	if err != nil {
		t.Fatalf("TF_ACC is set, but Terraform was not found: %v", err)
	}
	return path
}

func terraformPath() (string, error) {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path, nil
	}
	return exec.LookPath("terraform")
}

// RequireVersion skips the test if Terraform or OpenTofu is older than the
// version, such as "1.5.0". The first version of OpenTofu, 1.6.0, has the features
// of Terraform 1.5.
func RequireVersion(t testing.TB, minimum string) {
	t.Helper()
	Terraform(t)
	running, err := runningVersion()
	if err != nil {
		t.Fatal(err)
	}
	_, number, _ := strings.Cut(running, " v")
	if version.Must(version.NewVersion(number)).Core().LessThan(version.Must(version.NewVersion(minimum))) {
		t.Skipf("requires version %s, but this is %s", minimum, running)
	}
}

// runningVersion returns the product and version that run the tests, such as
// "Terraform v1.11.4" or "OpenTofu v1.10.0".
var runningVersion = sync.OnceValues(func() (string, error) {
	path, err := terraformPath()
	if err != nil {
		return "", err
	}
	output, err := exec.Command(path, "version").Output()
	first, _, _ := strings.Cut(string(output), "\n")
	return strings.TrimSpace(first), err
})

// NewCLI writes the files, by their path, to a new directory, and runs
// `terraform init` there. Without files, the directory is empty and `terraform
// init` is not run. The environment is that of this process and env.
func NewCLI(t testing.TB, files map[string]string, env ...string) *CLI {
	t.Helper()
	terraform := Terraform(t)
	mirror, err := providerMirror()
	if err != nil {
		t.Fatal(err)
	}
	cli := &CLI{Dir: t.TempDir(), terraform: terraform}
	rc := filepath.Join(t.TempDir(), "terraform.rc")
	writeFile(t, rc, fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror))
	cli.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+rc, "TF_IN_AUTOMATION=1")
	cli.Env = append(cli.Env, env...)
	if len(files) == 0 {
		return cli
	}
	for name, content := range files {
		writeFile(t, filepath.Join(cli.Dir, name), content)
	}
	cli.MustRun(t, "init", "-input=false", "-no-color")
	return cli
}

// Run runs a command of Terraform, and returns its output and error output.
func (c *CLI) Run(args ...string) (string, error) {
	var output bytes.Buffer
	cmd := c.Command(args...)
	cmd.Stdout, cmd.Stderr = &output, &output
	err := cmd.Run()
	return output.String(), err
}

// Command returns a command of Terraform, which is not started.
func (c *CLI) Command(args ...string) *exec.Cmd {
	cmd := exec.Command(c.terraform, args...)
	cmd.Dir, cmd.Env = c.Dir, c.Env
	return cmd
}

// MustRun is like [CLI.Run], but fails the test if the command fails.
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

// providerMirror builds the provider once per process, and returns a filesystem
// mirror for Terraform and OpenTofu.
var providerMirror = sync.OnceValues(func() (string, error) {
	mirror := filepath.Join(tempHome, "mirror")
	name := "terraform-provider-customerprofiles_v" + buildVersion
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	built := filepath.Join(tempHome, name)
	build := exec.Command("go", "build", "-tags=grpcnotrace", "-ldflags=-X main.version="+buildVersion,
		"-o", built, modulePath)
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the provider: %w\n%s", err, output)
	}
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		dir := filepath.Join(mirror, host, "customerprofiles", "customerprofiles", buildVersion,
			runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", err
		}
		if err := os.Link(built, filepath.Join(dir, name)); err != nil {
			return "", err
		}
	}
	return mirror, nil
})
