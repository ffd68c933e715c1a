// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

const (
	domainName       = "acme"
	workflowID       = "0123456789abcdef0123456789abcdef"
	terraformVersion = "1.2.3"
	providerVersion  = "4.5.6"
)

// request is what the process of a row is told.
type request struct {
	// Config is the provider block, as JSON.
	Config json.RawMessage
	// Regions are those of the data sources that are read, one after the
	// other, empty for one that names none.
	Regions []string
}

// result is what the process of a row says.
type result struct {
	// Stage is where it ended: at "validate", "configure" or "read".
	Stage       string
	Diagnostics []diagnostic
}

type diagnostic struct {
	Warning                    bool
	Attribute, Summary, Detail string
}

func (d diagnostic) String() string {
	return fmt.Sprintf("%s\n  at %q\n%s", d.Summary, d.Attribute, d.Detail)
}

// errors are the diagnostics that are errors.
func (r result) errors() []diagnostic {
	var all []diagnostic
	for _, d := range r.Diagnostics {
		if !d.Warning {
			all = append(all, d)
		}
	}
	return all
}

// runRow runs the provider with a row's configuration in a process of its own,
// whose environment is env and nothing else.
func runRow(t *testing.T, env []string, asked request) result {
	t.Helper()
	input, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program)
	var output, errors bytes.Buffer
	cmd.Env = slices.Concat(env, []string{rowVariable + "=1"})
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), &output, &errors
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s%s", err, output.Bytes(), errors.Bytes())
	}
	var came result
	if err := json.Unmarshal(output.Bytes(), &came); err != nil {
		t.Fatalf("%v\n%s%s", err, output.Bytes(), errors.Bytes())
	}
	return came
}

// serveRow is the process of a row.
func serveRow(in io.Reader, out io.Writer) int {
	var asked request
	if err := json.NewDecoder(in).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	came, err := read(context.Background(), asked)
	if err == nil {
		err = json.NewEncoder(out).Encode(came)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// read does what Terraform does to read a workflow in each Region.
func read(ctx context.Context, asked request) (result, error) {
	provider := server.New(providerVersion)
	config := &tfprotov6.DynamicValue{JSON: asked.Config}

	came := result{Stage: "validate"}
	validated, err := provider.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: config})
	if err != nil || came.add(validated.Diagnostics) {
		return came, err
	}
	came.Stage = "configure"
	configured, err := provider.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: config, TerraformVersion: terraformVersion})
	if err != nil || came.add(configured.Diagnostics) {
		return came, err
	}
	came.Stage = "read"
	for _, region := range asked.Regions {
		// A row that fails must not try for long.
		arguments := map[string]any{"domain_name": domainName, "workflow_id": workflowID, "timeouts": map[string]any{"read": "20s"}}
		if region != "" {
			arguments["region"] = region
		}
		source, err := json.Marshal(arguments)
		if err != nil {
			return came, err
		}
		answered, err := provider.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{
			TypeName: "customerprofiles_workflow", Config: &tfprotov6.DynamicValue{JSON: source},
		})
		if err != nil || came.add(answered.Diagnostics) {
			return came, err
		}
	}
	return came, nil
}

// add keeps the diagnostics, and says whether an error is among them.
func (r *result) add(in []*tfprotov6.Diagnostic) bool {
	for _, d := range in {
		r.Diagnostics = append(r.Diagnostics, diagnostic{
			Warning:   d.Severity == tfprotov6.DiagnosticSeverityWarning,
			Attribute: d.Attribute.String(), Summary: d.Summary, Detail: d.Detail,
		})
	}
	return len(r.errors()) > 0
}
