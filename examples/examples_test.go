// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package examples runs every example, as it stands, against the simulator.
package examples

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/provider"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
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
			requireFeatures(t, strings.Join(slices.Collect(maps.Values(files)), "\n"))
			apply(t, files, own, expected[dir])
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

// features are what some examples need, and what shows that one does.
var features = map[string]acctest.Feature{
	`(?m)^\s*(pre|post)condition \{`:                               acctest.Conditions,
	`data\.customerprofiles_workflow\.\w+\.(attributes|metrics)\.`: acctest.NestedReferences,
	`"terraform_data"`:                                             acctest.TerraformData,
	`(?m)^check "`:                                                 acctest.Checks,
}

// requireFeatures skips an example that this Terraform is too old for.
func requireFeatures(t *testing.T, source string) {
	t.Helper()
	for pattern, feature := range features {
		if regexp.MustCompile(pattern).MatchString(source) {
			acctest.RequireVersion(t, feature)
		}
	}
}

var dataBlock = regexp.MustCompile(`(?m)^data "(\w+)" "(\w+)"`)

func apply(t *testing.T, files map[string]string, own string, want expectation) {
	t.Helper()
	sim := acctest.StartSimulator(t)
	cli := acctest.NewCLI(t, files, sim.Env()...)
	cli.MustRun(t, "fmt", "-check", "-recursive", "-diff")
	cli.MustRun(t, "validate", "-no-color")
	applied := cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	if len(sim.Calls()) == 0 {
		t.Error("the example calls nothing")
	}
	state := cli.MustRun(t, "state", "list")
	for _, block := range dataBlock.FindAllStringSubmatch(own, -1) {
		if address := "data." + block[1] + "." + block[2]; !strings.Contains(state, address) {
			t.Errorf("%s was not read:\n%s", address, state)
		}
	}
	want.check(t, cli, applied, sim.Calls())
}

// expectation is what an example must output, warn of and call, beyond that it
// applies.
type expectation struct {
	outputs string // some of its outputs, as JSON
	warning string
	report  []string // lines of it
	calls   map[string]int
}

func (want expectation) check(t *testing.T, cli *acctest.CLI, applied string, calls []simulator.Call) {
	t.Helper()
	if text := strings.Join(strings.Fields(applied), " "); !strings.Contains(text, want.warning) {
		t.Errorf("nothing warns %q:\n%s", want.warning, applied)
	}
	var got map[string]struct{ Value any }
	if err := json.Unmarshal([]byte(cli.MustRun(t, "output", "-json")), &got); err != nil {
		t.Fatal(err)
	}
	var outputs map[string]any
	if err := json.Unmarshal([]byte(cmp.Or(want.outputs, "{}")), &outputs); err != nil {
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
		for _, call := range calls {
			if call.Operation == operation {
				called++
			}
		}
		if called != n {
			t.Errorf("%s was called %d times, want %d", operation, called, n)
		}
	}
}

var expected = map[string]expectation{
	"data-sources/customerprofiles_integration": {
		outputs: `{"workflow_id": "8192a3b4c5d6e7f80112233445566778"}`,
		calls:   map[string]int{"GetIntegration": 2, "GetWorkflow": 1},
	},
	"data-sources/customerprofiles_integrations": {
		outputs: `{"status": {
			"arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce": "NOT_STARTED",
			"arn:aws:appflow:us-east-1:123456789012:flow/acme-marketo": "FAILED",
			"arn:aws:s3:::acme-loyalty-exports": "SPLIT"
		}}`,
		calls: map[string]int{"ListIntegrations": 2, "GetWorkflow": 3},
	},
	"data-sources/customerprofiles_workflow": {
		outputs: `{"records_processed": 184203}`,
		calls:   map[string]int{"GetWorkflow": 2},
	},
	"data-sources/customerprofiles_workflow_steps": {
		outputs: `{"failed": ["acme-marketo-leads-2: Marketo answered 401: the access token is invalid"]}`,
		calls:   map[string]int{"GetWorkflowSteps": 2},
	},
	"data-sources/customerprofiles_workflows": {
		outputs: `{"failed": ["1a2b3c4d5e6f708192a3b4c5d6e7f801"], "records_so_far": {"2b3c4d5e6f708192a3b4c5d6e7f80112": 48210}}`,
		calls:   map[string]int{"ListWorkflows": 2, "GetWorkflow": 1},
	},
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
	acctest.RequireVersion(t, acctest.Checks)
	sim := acctest.StartSimulator(t)
	cli := acctest.NewCLI(t, read(t, "monitor"), append(sim.Env(), "TF_VAR_workflow_id=708192a3b4c5d6e7f801122334455667")...)
	cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	if got := cli.MustRun(t, "output", "-raw", "status"); got != "UNKNOWN" {
		t.Errorf("status %q", got)
	}
}

// Every data source has a page, which shows all of its example's files, and
// nothing else has one.
func TestEveryDataSource(t *testing.T) {
	t.Parallel()
	var known, folders []string
	for _, source := range provider.New("test")().DataSources(t.Context()) {
		var metadata datasource.MetadataResponse
		source().Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: provider.TypeName}, &metadata)
		known = append(known, metadata.TypeName)
	}
	entries, err := os.ReadDir("data-sources")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		folders = append(folders, entry.Name())
	}
	slices.Sort(known)
	if !slices.Equal(known, folders) {
		t.Fatalf("examples/data-sources has %q, the provider %q", folders, known)
	}
	for _, name := range known {
		page, err := os.ReadFile("../templates/data-sources/" + strings.TrimPrefix(name, provider.TypeName+"_") + ".md.tmpl")
		if err != nil {
			t.Fatal(err)
		}
		files := read(t, "data-sources/"+name)
		if !strings.Contains(files["data-source.tf"], fmt.Sprintf("data %q", name)) {
			t.Errorf("%s: data-source.tf does not read it", name)
		}
		delete(files, "versions.tf")
		for file := range files {
			if show := fmt.Sprintf("{{ tffile %q }}", "examples/data-sources/"+name+"/"+file); !strings.Contains(string(page), show) {
				t.Errorf("%s: the page has no %s", name, show)
			}
		}
	}
}

// The module's unit tests call nothing; its others read from the simulator.
func TestAccWorkflowStatusModule(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, acctest.Mocks)
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
