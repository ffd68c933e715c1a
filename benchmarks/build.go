// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// build builds everything that is measured as releases are built, and a mirror
// for each provider that Terraform installs it from.
func (b *bench) build() error {
	b.binaries = map[string]string{}
	for name, pkg := range map[string]string{
		"provider": "github.com/customerprofiles/terraform-provider-customerprofiles",
		"floor":    "./floor", "bareloop": "./bareloop", "service": "./service",
	} {
		b.binaries[name] = b.path(name)
		build := exec.Command("go", "build", "-trimpath", "-tags=grpcnotrace", "-ldflags=-s -w", "-o", b.binaries[name], pkg)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if output, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("building %s: %w\n%s", name, err, output)
		}
	}
	for _, name := range []string{"provider", "floor"} {
		for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			dir := b.path("mirror-"+name, host, "customerprofiles", "customerprofiles", "1.0.0", runtime.GOOS+"_"+runtime.GOARCH)
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			if err := os.Link(b.binaries[name], filepath.Join(dir, "terraform-provider-customerprofiles_v1.0.0")); err != nil {
				return err
			}
		}
	}
	return nil
}

// module is a root module that reads n workflows, ready to be planned with one
// of the providers.
func (b *bench) module(provider, endpoint string, n int) (func(args ...string) *exec.Cmd, error) {
	dir, err := os.MkdirTemp(b.dir, "module-")
	if err != nil {
		return nil, err
	}
	files := map[string]string{
		"terraform.rc": fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", b.path("mirror-"+provider)),
		"main.tf": fmt.Sprintf(`
terraform {
  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}

provider "customerprofiles" {
  region     = "us-east-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  endpoints {
    customerprofiles = %q
  }
}

data "customerprofiles_workflow" "all" {
  count       = %d
  domain_name = "acme"
  workflow_id = format("%%032x", count.index)
}
`, endpoint, n),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			return nil, err
		}
	}
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(b.terraform, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(dir, "terraform.rc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
		return cmd
	}
	_, err = measured(command("init", "-input=false"))
	return command, err
}
