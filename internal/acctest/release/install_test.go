// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build testacc_release

package release

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
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

// TestAccInstall goes the way of a user: the released zip in a filesystem
// mirror, a lock file, the released simulator in AWS's place.
func TestAccInstall(t *testing.T) {
	t.Parallel()
	folder, version := dist(t)
	mirror := t.TempDir()
	archive := fmt.Sprintf("%s_%s_%s_%s.zip", project, version, runtime.GOOS, runtime.GOARCH)
	fill(t, mirror, archive, read(t, filepath.Join(folder, archive)))

	cli := acctest.NewCLI(t, nil, startSimulator(t, folder, version)...)
	write(t, filepath.Join(cli.Dir, "main.tf"), fmt.Appendf(nil, config, version))
	rc := filepath.Join(t.TempDir(), "terraform.rc")
	write(t, rc, fmt.Appendf(nil, "provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror))
	cli.Env = append(cli.Env, "TF_CLI_CONFIG_FILE="+rc)

	cli.MustRun(t, "init", "-input=false", "-no-color")
	lock := string(read(t, filepath.Join(cli.Dir, ".terraform.lock.hcl")))
	if !strings.Contains(lock, fmt.Sprintf("version     = %q", version)) || !strings.Contains(lock, `"h1:`) {
		t.Errorf("the lock file does not hold the version and a hash:\n%s", lock)
	}

	// A colleague installs by the lock file.
	forget(t, cli)
	cli.MustRun(t, "init", "-input=false", "-no-color", "-lockfile=readonly")
	cli.MustRun(t, "plan", "-input=false", "-no-color", "-out=tfplan")
	cli.MustRun(t, "apply", "-input=false", "-no-color", "tfplan")
	if got := strings.TrimSpace(cli.MustRun(t, "output", "-raw", "status")); got != "COMPLETE" {
		t.Errorf("the applied status is %q", got)
	}

	// Another program under the same name is refused.
	forget(t, cli)
	fill(t, mirror, archive, zipOf(t, project+"_v"+version, "not the release"))
	if output, err := cli.Run("init", "-input=false", "-no-color", "-lockfile=readonly"); err == nil {
		t.Errorf("a zip that the lock file does not know was installed:\n%s", output)
	} else if !strings.Contains(output, "checksum") {
		t.Errorf("init failed, and not for the checksum:\n%s", output)
	}
}

// fill puts the zip where Terraform and OpenTofu look for it in a mirror.
func fill(t *testing.T, mirror, archive string, content []byte) {
	t.Helper()
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		write(t, filepath.Join(mirror, host, "customerprofiles", "customerprofiles", archive), content)
	}
}

// zipOf is a zip with one file in it.
func zipOf(t *testing.T, name, content string) []byte {
	t.Helper()
	var zipped bytes.Buffer
	archive := zip.NewWriter(&zipped)
	file, err := archive.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(file, content); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return zipped.Bytes()
}

// forget removes what init installed, and leaves the lock file.
func forget(t *testing.T, cli *acctest.CLI) {
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

// startSimulator runs the released simulator and returns the variables that
// its first line gives.
func startSimulator(t *testing.T, folder, version string) []string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "customerprofiles-simulator")
	unpack(t, filepath.Join(folder, fmt.Sprintf("customerprofiles-simulator_%s_%s_%s.tar.gz", version, runtime.GOOS, runtime.GOARCH)), program)

	if got, err := exec.Command(program, "-version").Output(); err != nil || strings.TrimSpace(string(got)) != "customerprofiles-simulator "+version {
		t.Errorf("the simulator says its version is %q (%v)", got, err)
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

// unpack writes the program in the archive to a file.
func unpack(t *testing.T, archive, program string) {
	t.Helper()
	file, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for files := tar.NewReader(unzipped); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			t.Fatalf("%s holds no %s", archive, filepath.Base(program))
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Name != filepath.Base(program) {
			continue
		}
		content, err := io.ReadAll(files)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(program, content, 0o755); err != nil {
			t.Fatal(err)
		}
		return
	}
}
