// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package examples tests the examples and the guides with the simulator.
package examples

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// TestAccExamples applies every example and checks that it has no empty outputs.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	for _, directory := range configurations(t) {
		t.Run(directory, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			cli := newCLI(t, readFiles(t, directory), sim.Env()...)
			cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
			for name, value := range outputs(t, cli) {
				if slices.Contains([]string{"null", `""`, "[]", "{}"}, value) {
					t.Errorf("output %s is empty: %s", name, value)
				}
			}
		})
	}
}

// TestAccExamples_nullAttributes applies every example to responses that lack
// optional members.
func TestAccExamples_nullAttributes(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	for _, directory := range configurations(t) {
		if directory == "gate" {
			continue // Its postcondition requires the number of records.
		}
		t.Run(directory, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			removeOptionalMembers(t, sim)
			cli := newCLI(t, readFiles(t, directory), sim.Env()...)
			cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
		})
	}
}

// removeOptionalMembers replaces the domain of the examples by one whose
// responses lack optional members.
func removeOptionalMembers(t *testing.T, sim acctest.Simulator) {
	t.Helper()
	domain := simulator.Domain{DomainName: "acme", Steps: map[string][]json.RawMessage{}}
	for _, workflow := range []struct{ id, status, started string }{
		{"0123456789abcdef0123456789abcdef", "COMPLETE", "1800000000"},
		{"8192a3b4c5d6e7f80112233445566778", "COMPLETE", "1800000000"},
		{"1a2b3c4d5e6f708192a3b4c5d6e7f801", "FAILED", "1717300000"},
		{"2b3c4d5e6f708192a3b4c5d6e7f80112", "IN_PROGRESS", "1717300000"},
	} {
		domain.Workflows = append(domain.Workflows, json.RawMessage(
			`{"WorkflowId":"`+workflow.id+`","Status":"`+workflow.status+`","StartDate":`+workflow.started+`}`))
		domain.Steps[workflow.id] = []json.RawMessage{
			json.RawMessage(`{}`),
			json.RawMessage(`{"AppflowIntegration":{"Status":"` + workflow.status + `"}}`),
		}
	}
	for _, integration := range []string{
		`{"DomainName":"acme","Uri":"arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce",` +
			`"CreatedAt":1800000000,"LastUpdatedAt":1800000000,"WorkflowId":"8192a3b4c5d6e7f80112233445566778"}`,
		`{"DomainName":"acme","Uri":"arn:aws:appflow:us-east-1:123456789012:flow/none",` +
			`"CreatedAt":1800000000,"LastUpdatedAt":1800000000}`,
	} {
		domain.Integrations = append(domain.Integrations, json.RawMessage(integration))
	}
	if err := sim.Put(domain); err != nil {
		t.Fatal(err)
	}
}

// configurations returns the directories of the examples.
func configurations(t *testing.T) []string {
	t.Helper()
	var directories []string
	for _, pattern := range []string{"*/*.tf", "data-sources/*/*.tf"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			directories = append(directories, filepath.Dir(file))
		}
	}
	return slices.Compact(directories)
}

func TestAccMonitor(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, "1.5.0") // check blocks
	for _, tc := range []struct {
		name, workflowID, status, warning string
	}{
		{
			name:       "no progress for more than six hours",
			workflowID: "2b3c4d5e6f708192a3b4c5d6e7f80112",
			status:     "IN_PROGRESS",
			warning:    "the last update was at 2024-06-05T09:23:35.902Z",
		},
		{
			name:       "response without optional members",
			workflowID: "708192a3b4c5d6e7f801122334455667",
			status:     "UNKNOWN",
			warning:    "The workflow uses no role",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			cli := newCLI(t, readFiles(t, "monitor"), append(sim.Env(), "TF_VAR_workflow_id="+tc.workflowID)...)
			output := cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
			if !strings.Contains(strings.Join(strings.Fields(output), " "), tc.warning) {
				t.Errorf("output has no warning %q:\n%s", tc.warning, output)
			}
			if got := outputs(t, cli)["status"]; got != strconv.Quote(tc.status) {
				t.Errorf("status = %s, want %q", got, tc.status)
			}
		})
	}
}

// TestAccNewestWorkflow lists workflows out of order, some of which start in the
// same second.
func TestAccNewestWorkflow(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	id := func(digit string) string { return strings.Repeat(digit, 32) }
	sim := acctest.StartSimulator(t)
	err := sim.Put(simulator.Domain{DomainName: "acme", Workflows: []json.RawMessage{
		json.RawMessage(`{"WorkflowId":"` + id("1") + `","Status":"IN_PROGRESS","StartDate":1800000000}`),
		json.RawMessage(`{"WorkflowId":"` + id("2") + `","Status":"IN_PROGRESS","StartDate":1800000000.25}`),
		json.RawMessage(`{"WorkflowId":"` + id("3") + `","Status":"COMPLETE","StartDate":1800000000.5}`),
		json.RawMessage(`{"WorkflowId":"` + id("4") + `","Status":"IN_PROGRESS","StartDate":1790000000}`),
		json.RawMessage(`{"WorkflowId":"` + id("5") + `","Status":"IN_PROGRESS"}`),
	}})
	if err != nil {
		t.Fatal(err)
	}
	const example = "data-source-newest-workflow.tf"
	files := map[string]string{example: readFiles(t, "data-sources/customerprofiles_workflows")[example]}
	cli := newCLI(t, files, sim.Env()...)
	cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	got := outputs(t, cli)
	if got["newest"] != strconv.Quote(id("3")) || got["newest_in_progress"] != strconv.Quote(id("2")) {
		t.Errorf("newest = %s, newest_in_progress = %s", got["newest"], got["newest_in_progress"])
	}
}

func TestAccFindAndWait_notFound(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ variable, want string }{
		"no workflows": {
			variable: "TF_VAR_domain_name=initech",
			want:     "Domain initech has no workflows.",
		},
		"integration without a workflow": {
			variable: "TF_VAR_uri=arn:aws:events:us-east-1:123456789012:event-source/segment",
			want:     "event-source/segment has no workflow.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			cli := newCLI(t, readFiles(t, "find-and-wait"), append(sim.Env(), tc.variable)...)
			output, err := cli.Run("plan", "-input=false", "-no-color")
			if err == nil || !acctest.DiagnosticPattern(tc.want).MatchString(output) {
				t.Errorf("plan: %v, want %q in\n%s", err, tc.want, output)
			}
		})
	}
}

func TestAccWorkflowStatusModule(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, "1.8.0") // mock_provider, which Terraform has since 1.7.0
	for _, tc := range []struct {
		name         string
		wantRequests bool
	}{
		{name: "unit", wantRequests: false},
		{name: "simulator", wantRequests: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			cli := newCLI(t, readFiles(t, "modules/workflow-status"), sim.Env()...)
			output := cli.MustRun(t, "test", "-no-color", "-filter="+filepath.Join("tests", tc.name+".tftest.hcl"))
			if strings.Contains(output, "0 passed") {
				t.Errorf("terraform test ran no tests:\n%s", output)
			}
			if got := len(sim.Calls()) > 0; got != tc.wantRequests {
				t.Errorf("sent requests: %t, want %t", got, tc.wantRequests)
			}
		})
	}
}

func TestAccWaitForWorkflowModule(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, "1.6.0") // terraform test
	if _, err := exec.LookPath("curl"); err != nil {
		t.Fatal("the module's test needs curl: ", err)
	}
	sim := acctest.StartSimulator(t)
	cli := newCLI(t, readFiles(t, "modules/wait-for-workflow"), sim.Env()...)
	cli.MustRun(t, "test", "-no-color")
	failed := 0
	for _, call := range sim.Calls() {
		if call.Status == 429 || call.Fault == simulator.ResetBeforeHeaders {
			failed++
		}
	}
	if failed != 3 {
		t.Errorf("%d requests failed, want 3", failed)
	}
}

// TestDataSourceExamples checks that every data source has an example, which its
// page shows.
func TestDataSourceExamples(t *testing.T) {
	t.Parallel()
	server, err := acctest.Factories()["customerprofiles"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for name := range schemas.DataSourceSchemas {
		if _, err := os.Stat(filepath.Join("data-sources", name, "data-source.tf")); err != nil {
			t.Error(err)
		}
	}
}

// versions maps a pattern of Terraform source code to the first version that
// accepts it. Before 1.2.7, Terraform rejects a reference into a nested attribute
// if it is in the module of the data source.
var versions = map[string]string{
	`(?m)^\s*(pre|post)condition \{`:                               "1.2.0",
	`data\.customerprofiles_workflow\.\w+\.(attributes|metrics)\.`: "1.2.7",
	`"terraform_data"`:                                             "1.4.0",
	`(?m)^check "`:                                                 "1.5.0",
	`ephemeral\s*= true`:                                           "1.11.0", // Terraform has it since 1.10.0.
}

// newCLI initializes a configuration. It adds the required_providers block if
// there is none. It skips the test if the configuration needs a later version of
// Terraform.
func newCLI(t *testing.T, files map[string]string, env ...string) *acctest.CLI {
	t.Helper()
	var source strings.Builder
	for _, content := range files {
		source.WriteString(content + "\n")
	}
	for pattern, version := range versions {
		if regexp.MustCompile(pattern).MatchString(source.String()) {
			acctest.RequireVersion(t, version)
		}
	}
	if !strings.Contains(source.String(), "required_providers") {
		files["required_providers.tf"] = acctest.RequiredProviders
	}
	return acctest.NewCLI(t, files, env...)
}

// outputs returns the outputs of a configuration as JSON.
func outputs(t *testing.T, cli *acctest.CLI) map[string]string {
	t.Helper()
	var decoded map[string]struct{ Value json.RawMessage }
	if err := json.Unmarshal([]byte(cli.MustRun(t, "output", "-json")), &decoded); err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for name, output := range decoded {
		values[name] = string(output.Value)
	}
	return values
}

// readFiles returns the files in a directory and its subdirectories by path.
func readFiles(t *testing.T, directory string) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS(directory)
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, path)
		files[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
