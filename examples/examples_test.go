// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package examples runs every example, as it stands, against the simulator.
package examples

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// An example is a root module: a folder whose files have a provider block. The
// registry's snippets have none, and get what they need from the test.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	roots := 0
	err := filepath.WalkDir(".", func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || dir == "modules" {
			if dir == "modules" {
				return filepath.SkipDir
			}
			return err
		}
		files := read(t, dir)
		own, ok := direct(files)
		switch {
		case !ok:
			return nil
		case !strings.Contains(own, `provider "customerprofiles"`) && !strings.HasPrefix(dir, "data-sources"):
			// A child module: its root's test applies it.
			return nil
		}
		if !strings.Contains(own, "required_providers") {
			files["required_providers.tf"] = strings.TrimPrefix(acctest.RequiredProviders, "\n")
		}
		roots++
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			requireFeatures(t, own)
			apply(t, dir, files)
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if roots < 5 {
		t.Errorf("only %d examples were found", roots)
	}
}

// requireFeatures skips an example that this Terraform is too old for.
func requireFeatures(t *testing.T, source string) {
	t.Helper()
	if strings.Contains(source, "\ncheck \"") {
		acctest.RequireVersion(t, "check", acctest.Since{Terraform: "1.5.0", OpenTofu: "1.6.0"})
	}
	if strings.Contains(source, "terraform_data") {
		acctest.RequireVersion(t, "terraform_data", acctest.Since{Terraform: "1.4.0", OpenTofu: "1.6.0"})
	}
}

func apply(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	sim := acctest.StartSimulator(t)
	cli := acctest.NewCLI(t, files, sim.Env()...)
	cli.MustRun(t, "fmt", "-check", "-recursive", "-diff")
	cli.MustRun(t, "validate", "-no-color")
	applied := cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	if len(sim.Calls()) == 0 && !strings.HasPrefix(dir, "provider") {
		t.Error("the example calls nothing")
	}
	if check, ok := checks[dir]; ok {
		var outputs map[string]struct{ Value any }
		if err := json.Unmarshal([]byte(cli.MustRun(t, "output", "-json")), &outputs); err != nil {
			t.Fatal(err)
		}
		values := map[string]any{}
		for name, output := range outputs {
			values[name] = output.Value
		}
		check(t, applied, values)
	}
}

// checks are what an example must print or output, beyond that it applies.
var checks = map[string]func(t *testing.T, applied string, outputs map[string]any){
	"gate": func(t *testing.T, _ string, outputs map[string]any) {
		if outputs["records"] != 184203.0 {
			t.Errorf("records %v", outputs["records"])
		}
	},
	"monitor": func(t *testing.T, applied string, outputs map[string]any) {
		// Terraform breaks a warning's text over lines.
		applied = strings.Join(strings.Fields(applied), " ")
		if outputs["status"] != "IN_PROGRESS" || !strings.Contains(applied, "has made no progress since") || strings.Contains(applied, "failed:") {
			t.Errorf("status %v:\n%s", outputs["status"], applied)
		}
	},
	"fleet": func(t *testing.T, _ string, outputs map[string]any) {
		report, _ := outputs["report"].(string)
		for _, want := range []string{
			"workflow,status,source,records,last_updated_at\n",
			"us-east-1/acme/0123456789abcdef0123456789abcdef,COMPLETE,Salesforce,184203,2024-06-03T10:02:03.746Z",
			"eu-west-1/globex/fedcba9876543210fedcba9876543210,COMPLETE,",
		} {
			if !strings.Contains(report, want) {
				t.Errorf("the report has no %q:\n%s", want, report)
			}
		}
	},
}

// The module's unit tests call nothing; its others read from the simulator.
func TestAccWorkflowStatusModule(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, "mock_provider", acctest.Since{Terraform: "1.7.0", OpenTofu: "1.8.0"})
	for name, calls := range map[string]bool{"unit": false, "simulator": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			cli := acctest.NewCLI(t, read(t, "modules/workflow-status"), sim.Env()...)
			output := cli.MustRun(t, "test", "-no-color", "-filter=tests/"+name+".tftest.hcl")
			if !strings.Contains(output, "Success!") || strings.Contains(output, "0 passed") {
				t.Errorf("terraform test:\n%s", output)
			}
			if called := len(sim.Calls()) > 0; called != calls {
				t.Errorf("called the service: %t, want %t", called, calls)
			}
		})
	}
}

// read is every file of a folder and of those below it, by its path.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		files[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// direct is the Terraform source in the folder itself, if there is any.
func direct(files map[string]string) (string, bool) {
	var source strings.Builder
	for name, content := range files {
		if strings.HasSuffix(name, ".tf") && !strings.Contains(name, string(filepath.Separator)) {
			source.WriteString("\n" + content)
		}
	}
	return source.String(), source.Len() > 0
}
