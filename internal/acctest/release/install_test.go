// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build testacc_release

package release

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

const config = `
terraform {
  required_providers {
    customerprofiles = {
      source  = "customerprofiles/customerprofiles"
      version = "= %s"
    }
  }
}

data "customerprofiles_workflow" "test" {
  domain_name = "acme"
  workflow_id = "0123456789abcdef0123456789abcdef"
}

output "status" {
  value = data.customerprofiles_workflow.test.status
}
`

// TestAccInstall installs the released provider from a filesystem mirror with a
// lock file, and applies a configuration against the released simulator.
func TestAccInstall(t *testing.T) {
	t.Parallel()
	dir, version := dist(t)
	mirror := t.TempDir()
	archive := fmt.Sprintf("%s_%s_%s_%s.zip", project, version, runtime.GOOS, runtime.GOARCH)
	addToMirror(t, mirror, archive, read(t, filepath.Join(dir, archive)))

	cli := acctest.NewCLI(t, nil, startSimulator(t, dir, version)...)
	write(t, filepath.Join(cli.Dir, "main.tf"), fmt.Appendf(nil, config, version))
	rc := filepath.Join(t.TempDir(), "terraform.rc")
	write(t, rc, fmt.Appendf(nil, "provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror))
	cli.Env = append(cli.Env, "TF_CLI_CONFIG_FILE="+rc)

	cli.MustRun(t, "init", "-input=false", "-no-color")
	lock := string(read(t, filepath.Join(cli.Dir, ".terraform.lock.hcl")))
	if !strings.Contains(lock, fmt.Sprintf("version     = %q", version)) || !strings.Contains(lock, `"h1:`) {
		t.Errorf("the lock file has no version or hash:\n%s", lock)
	}

	// A second installation uses the lock file.
	uninstall(t, cli)
	cli.MustRun(t, "init", "-input=false", "-no-color", "-lockfile=readonly")
	cli.MustRun(t, "plan", "-input=false", "-no-color", "-out=tfplan")
	cli.MustRun(t, "apply", "-input=false", "-no-color", "tfplan")
	if got := strings.TrimSpace(cli.MustRun(t, "output", "-raw", "status")); got != "COMPLETE" {
		t.Errorf("output %q, want COMPLETE", got)
	}

	// A different zip with the same name is rejected.
	uninstall(t, cli)
	other := fmt.Sprintf("%s_%s_freebsd_386.zip", project, version)
	addToMirror(t, mirror, archive, read(t, filepath.Join(dir, other)))
	if output, err := cli.Run("init", "-input=false", "-no-color", "-lockfile=readonly"); err == nil {
		t.Errorf("a zip that the lock file doesn't have was installed:\n%s", output)
	} else if !strings.Contains(output, "checksum") {
		t.Errorf("init failed for another reason than the checksum:\n%s", output)
	}
}

// addToMirror adds a zip to a mirror for Terraform and OpenTofu.
func addToMirror(t *testing.T, mirror, archive string, content []byte) {
	t.Helper()
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		write(t, filepath.Join(mirror, host, "customerprofiles", "customerprofiles", archive), content)
	}
}

// uninstall removes what init installed, except for the lock file.
func uninstall(t *testing.T, cli *acctest.CLI) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(cli.Dir, ".terraform")); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// startSimulator starts the released simulator, and returns the environment
// variables that its first line of output sets.
func startSimulator(t *testing.T, dir, version string) []string {
	t.Helper()
	archive := fmt.Sprintf("customerprofiles-simulator_%s_%s_%s.tar.gz", version, runtime.GOOS, runtime.GOARCH)
	unpacked := t.TempDir()
	unpack := exec.Command("tar", "-xzf", filepath.Join(dir, archive), "-C", unpacked)
	if output, err := unpack.CombinedOutput(); err != nil {
		t.Fatalf("unpacking %s: %v\n%s", archive, err, output)
	}
	program := filepath.Join(unpacked, "customerprofiles-simulator")

	got, err := exec.Command(program, "-version").Output()
	if want := "customerprofiles-simulator " + version; err != nil || strings.TrimSpace(string(got)) != want {
		t.Errorf("-version printed %q (%v), want %q", got, err, want)
	}
	cmd := exec.Command(program)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	_, exports, found := strings.Cut(strings.TrimSpace(line), "export ")
	if err != nil || !found {
		t.Fatalf("the simulator printed %q (%v)", line, err)
	}
	return strings.Fields(exports)
}
