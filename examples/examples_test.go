// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package examples runs every example, as it stands, against the simulator.
package examples

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
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
	want, ok := expected[dir]
	if !ok {
		return
	}
	if text := strings.Join(strings.Fields(applied), " "); !strings.Contains(text, want.warning) {
		t.Errorf("nothing warns %q:\n%s", want.warning, applied)
	}
	var got map[string]struct{ Value any }
	if err := json.Unmarshal([]byte(cli.MustRun(t, "output", "-json")), &got); err != nil {
		t.Fatal(err)
	}
	var outputs map[string]any
	if err := json.Unmarshal([]byte(want.outputs), &outputs); err != nil {
		t.Fatal(err)
	}
	for name, value := range outputs {
		if !reflect.DeepEqual(got[name].Value, value) {
			t.Errorf("%s:\ngot  %v\nwant %v", name, got[name].Value, value)
		}
	}
	for _, line := range want.report {
		if report, ok := got["report"].Value.(string); !ok || !slices.Contains(strings.Split(report, "\n"), line) {
			t.Errorf("the report has no line %q:\n%v", line, got["report"].Value)
		}
	}
	for operation, n := range want.calls {
		called := 0
		for _, call := range sim.Calls() {
			if call.Operation == operation {
				called++
			}
		}
		if called != n {
			t.Errorf("%s was called %d times, want %d", operation, called, n)
		}
	}
}

// expected is what an example must output, warn of and call, beyond that it
// applies: some of its outputs, as JSON.
var expected = map[string]struct {
	outputs, warning string
	report           []string // lines of it
	calls            map[string]int
}{
	"quickstart": {
		outputs: `{"report": "The ingestion from Salesforce is COMPLETE, with 184203 records processed."}`,
		calls:   map[string]int{"GetWorkflow": 1},
	},
	"find-and-wait": {
		outputs: `{
			"report": [
				"Salesforce-Contact is COMPLETE, with 120344 records.",
				"acme-salesforce-2022: COMPLETE, 41870 records",
				"acme-salesforce-2023: COMPLETE, 41642 records",
				"acme-salesforce-2024: COMPLETE, 36832 records"
			],
			"integrations": [
				"arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce",
				"arn:aws:appflow:us-east-1:123456789012:flow/acme-marketo",
				"arn:aws:s3:::acme-loyalty-exports",
				"arn:aws:events:us-east-1:123456789012:event-source/segment"
			],
			"failed": {
				"1a2b3c4d5e6f708192a3b4c5d6e7f801": "The connection to Marketo was refused: the client credentials of connector profile acme-marketo have expired."
			}
		}`,
		calls: map[string]int{"GetIntegration": 1, "GetWorkflow": 4, "GetWorkflowSteps": 1},
	},
	"gate": {
		outputs: `{"records": 184203}`,
	},
	"monitor": {
		outputs: `{"status": "IN_PROGRESS"}`,
		warning: "The ingestion 2b3c4d5e6f708192a3b4c5d6e7f80112 is IN_PROGRESS and has made no progress since 2024-06-05T09:23:35.902Z.",
	},
	"fleet": {
		outputs: `{"failed": ["eu-west-1/acme/1a2b3c4d5e6f708192a3b4c5d6e7f801", "us-east-1/acme/1a2b3c4d5e6f708192a3b4c5d6e7f801"]}`,
		report: []string{
			"workflow,status,source,records,last_updated_at",
			"us-east-1/acme/0123456789abcdef0123456789abcdef,COMPLETE,Salesforce,184203,2024-06-03T10:02:03.746Z",
			"us-east-1/acme/708192a3b4c5d6e7f801122334455667,,,,",
			"eu-west-1/globex/fedcba9876543210fedcba9876543210,COMPLETE,Servicenow,5321,2024-06-10T09:21:00.333Z",
		},
		calls: map[string]int{"ListWorkflows": 4},
	},
}

// A monitor fails no plan, whatever it watches: here a workflow of which the
// API says nothing but its ID.
func TestAccMonitorOfAlmostNothing(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, "check", acctest.Since{Terraform: "1.5.0", OpenTofu: "1.6.0"})
	sim := acctest.StartSimulator(t)
	cli := acctest.NewCLI(t, read(t, "monitor"), append(sim.Env(), "TF_VAR_workflow_id=708192a3b4c5d6e7f801122334455667")...)
	cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	if got := cli.MustRun(t, "output", "-raw", "status"); got != "UNKNOWN" {
		t.Errorf("status %q", got)
	}
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
