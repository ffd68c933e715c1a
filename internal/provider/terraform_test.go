// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
)

// Terraform makes the same requests and shows the same diagnostics, and secrets
// are only in the configuration that a saved plan contains.
func TestAccTerraform(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	for _, group := range []struct {
		cases map[string]testCase
		names []string
	}{
		{cases: credentialCases, names: []string{
			"static keys", "static keys with token", "environment with token", "profile", "credential_process", "SSO cache",
			"container", "metadata service", "profile not found",
		}},
		{cases: roleCases, names: []string{
			"role", "chain of three roles", "empty assume_role block", "role denied", "session token in error",
			"session token in error on read", "web identity", "web identity from file", "web identity from environment",
			"web identity token expired",
		}},
		{cases: accountCases, names: []string{"valid credentials", "account not allowed"}},
		{cases: endpointCases, names: []string{"FIPS and dual stack", "unencrypted"}},
		{cases: networkCases, names: []string{"custom CA", "HTTP proxy with password for HTTPS"}},
		{cases: requestCases, names: []string{
			"max_retries before environment", "session token in error", "Region of the data source",
			"invalid Region of the data source",
		}},
	} {
		for _, name := range group.names {
			tc, ok := group.cases[name]
			if !ok {
				t.Errorf("there is no test case %q", name)
			}
			t.Run(name, tc.runTerraform)
		}
	}
}

func (tc testCase) runTerraform(t *testing.T) {
	t.Parallel()
	tc.skipShell(t)
	f := tc.newFixture(t)
	source := map[string]any{"domain_name": domainName, "workflow_id": workflowID}
	if tc.region != "" {
		source["region"] = tc.region
	}
	// Terraform shows the lines of a diagnostic, so secrets must be on lines of their own.
	main, err := json.MarshalIndent(map[string]any{
		"provider": map[string]any{"customerprofiles": f.providerBlock(tc.config)},
		"data":     map[string]any{"customerprofiles_workflow": map[string]any{"test": source}},
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	cli := acctest.NewCLI(t, map[string]string{"versions.tf": acctest.RequiredProviders, "main.tf.json": string(main)},
		f.environment(tc.env)...)
	logPath := filepath.Join(f.dir, "terraform.log")
	cli.Env = append(slices.DeleteFunc(cli.Env, func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		value, ok := tc.env[name]
		return ok && value == ""
	}), "TF_LOG=TRACE", "TF_LOG_PATH="+logPath)

	output, err := cli.Run("plan", "-input=false", "-no-color", "-out=saved")
	if (err != nil) != (tc.wantStage != "") {
		t.Fatalf("terraform plan: %v\n%s", err, output)
	}
	for _, want := range append(slices.Clone(tc.wantErrors), tc.wantWarning) {
		if !strings.Contains(unwrap(output), unwrap(want)) {
			t.Errorf("terraform plan does not show %q:\n%s", want, output)
		}
	}
	tc.checkRequests(t, f)

	texts := map[string]string{"plan output": output}
	if err == nil {
		texts["apply output"] = cli.MustRun(t, "apply", "-input=false", "-no-color", "saved")
		texts["state"] = readFile(t, filepath.Join(cli.Dir, "terraform.tfstate"))
		if !strings.Contains(texts["state"], workflowID) {
			t.Errorf("the state does not contain the workflow:\n%s", texts["state"])
		}
		addPlan(t, filepath.Join(cli.Dir, "saved"), texts)
	}
	texts["log"] = readFile(t, logPath)
	if tc.wantAccessKey != "" && !strings.Contains(texts["log"], "response_body") {
		t.Error("the log does not contain the requests")
	}
	for name, secret := range f.secrets() {
		for where, text := range texts {
			if strings.Contains(text, secret) {
				t.Errorf("the %s is in the %s", name, where)
			}
		}
	}
}

// secrets returns every secret of the test cases and the signatures of the
// requests, by their descriptions.
func (f *fixture) secrets() map[string]string {
	secrets := map[string]string{
		"SSO token": fakeaws.SSOToken, "container token": fakeaws.ContainerToken, "metadata token": fakeaws.InstanceToken,
		"expired web identity token": fakeaws.ExpiredToken, "web identity token": "an-identity-token",
		"encoded proxy password": "pass%2Fword", "proxy password": "pass/word",
		"credential_process output": "malformed-process-secret", "session token": "temporary-token/of+someone",
	}
	for _, source := range append(slices.Clone(staticSources), "temporary") {
		secrets["secret key of "+source] = staticCredential(source).SecretAccessKey
	}
	for _, role := range issuedRoles {
		issued := fakeaws.IssuedCredentials(role)
		secrets["secret key of "+role], secrets["session token of "+role] = issued.SecretAccessKey, issued.SessionToken
	}
	for _, call := range f.Calls("sts") {
		if call.Signature != "" {
			secrets["signature of "+call.Action+" "+call.Role] = call.Signature
		}
	}
	for _, call := range f.sim.Calls() {
		_, secrets["signature of "+call.Operation], _ = strings.Cut(call.Header.Get("Authorization"), "Signature=")
	}
	return secrets
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// addPlan adds the files of a saved plan, except the configuration, to texts.
func addPlan(t *testing.T, path string, texts map[string]string) {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	for _, file := range archive.File {
		if strings.HasPrefix(file.Name, "tfconfig/") {
			continue
		}
		reader, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		texts["saved "+file.Name] = string(content)
	}
}

var wrapping = regexp.MustCompile(`(?m)(\s|^[│╷╵])+`)

// unwrap removes line breaks and the frame of a diagnostic from output of Terraform.
func unwrap(output string) string {
	return strings.TrimSpace(wrapping.ReplaceAllString(output, " "))
}
