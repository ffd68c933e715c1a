// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// Each example runs as it stands, with no more than the variables that the
// simulator prints.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		outputs string // some of them, as JSON
		calls   []string
	}{
		"quickstart": {
			`{"report": "The ingestion from Salesforce is COMPLETE, with 184203 records processed."}`,
			[]string{"GetWorkflow"},
		},
		"find-and-wait": {
			`{
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
			[]string{"GetIntegration", "GetWorkflow", "GetWorkflow", "GetWorkflow", "GetWorkflow", "GetWorkflowSteps"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			cli := acctest.NewCLI(t, folder(t, "../../examples/"+name),
				"AWS_ENDPOINT_URL_CUSTOMER_PROFILES="+sim.URL, "AWS_ACCESS_KEY_ID="+acctest.AccessKey, "AWS_SECRET_ACCESS_KEY="+acctest.SecretKey)
			cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
			var got map[string]struct{ Value any }
			if err := json.Unmarshal([]byte(cli.MustRun(t, "output", "-json")), &got); err != nil {
				t.Fatal(err)
			}
			var want map[string]any
			if err := json.Unmarshal([]byte(test.outputs), &want); err != nil {
				t.Fatal(err)
			}
			for output, value := range want {
				if !reflect.DeepEqual(got[output].Value, value) {
					t.Errorf("%s:\ngot  %v\nwant %v", output, got[output].Value, value)
				}
			}
			var calls []string
			for _, call := range sim.Calls() {
				if !strings.HasPrefix(call.Operation, "List") {
					calls = append(calls, call.Operation)
				}
			}
			if !reflect.DeepEqual(calls, test.calls) {
				t.Errorf("called %q, want %q", calls, test.calls)
			}
		})
	}
}

// folder has the files of a folder by their path in it.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".tf") {
			return err
		}
		text, err := fs.ReadFile(root, path)
		files[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
