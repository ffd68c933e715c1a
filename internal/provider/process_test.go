// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/provider"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

const (
	domainName = "acme"
	workflowID = "0123456789abcdef0123456789abcdef"
)

// childVariable holds the input of a child process, which runs the provider
// once. aws-sdk-go-base reads and writes environment variables, so parallel tests
// need processes of their own.
const childVariable = "CUSTOMERPROFILES_TEST_CHILD"

func TestMain(m *testing.M) {
	if in := os.Getenv(childVariable); in != "" {
		if err := runChild(context.Background(), in); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	acctest.Main(m)
}

// input is the input of a child process.
type input struct {
	Config  json.RawMessage // The provider block.
	Regions []string        // The Regions of the data sources to read. "" is the provider's Region.
	Timeout string          // Of the configuration and of each read. Defaults to 20s.
}

// result is the output of a child process.
type result struct {
	Stage            string   // The last stage: "validate", "configure", or "read".
	Errors, Warnings []string // In the form "argument: summary\ndetail".
}

// append appends diagnostics and reports whether there is an error.
func (r *result) append(diagnostics []*tfprotov6.Diagnostic) bool {
	for _, d := range diagnostics {
		text := provider.ArgumentName(d.Attribute) + ": " + d.Summary + "\n" + d.Detail
		if d.Severity == tfprotov6.DiagnosticSeverityWarning {
			r.Warnings = append(r.Warnings, text)
		} else {
			r.Errors = append(r.Errors, text)
		}
	}
	return len(r.Errors) > 0
}

// runProvider runs the provider in a child process with the environment env.
func runProvider(t *testing.T, env []string, in input) result {
	t.Helper()
	encoded, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env = slices.Concat(env, []string{childVariable + "=" + string(encoded)})
	cmd.Stderr = t.Output()
	cmd.WaitDelay = 2 * time.Second // A credential_process that never ends has the standard error, too.
	output, err := cmd.Output()
	if err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		t.Fatal(err)
	}
	var out result
	if err := json.Unmarshal(output, &out); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return out
}

func runChild(ctx context.Context, encoded string) error {
	var in input
	if err := json.Unmarshal([]byte(encoded), &in); err != nil {
		return err
	}
	out, err := readWorkflows(ctx, in)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// readWorkflows reads a workflow in each Region, as Terraform does.
func readWorkflows(ctx context.Context, in input) (out result, err error) {
	// The timeout keeps a failing test from retrying for minutes.
	timeout, err := time.ParseDuration(cmp.Or(in.Timeout, "20s"))
	if err != nil {
		return out, err
	}
	provider.SetConfigureTimeout(timeout)
	srv := server.New("4.5.6")
	config := &tfprotov6.DynamicValue{JSON: in.Config}

	out.Stage = "validate"
	validated, err := srv.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: config})
	if err != nil || out.append(validated.Diagnostics) {
		return out, err
	}
	out.Stage = "configure"
	configured, err := srv.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		Config: config, TerraformVersion: "1.2.3",
	})
	if err != nil || out.append(configured.Diagnostics) {
		return out, err
	}
	out.Stage = "read"
	for _, region := range in.Regions {
		arguments := map[string]any{
			"domain_name": domainName, "workflow_id": workflowID, "timeouts": map[string]any{"read": timeout.String()},
		}
		if region != "" {
			arguments["region"] = region
		}
		source, err := json.Marshal(arguments)
		if err != nil {
			return out, err
		}
		read, err := srv.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{
			TypeName: "customerprofiles_workflow", Config: &tfprotov6.DynamicValue{JSON: source},
		})
		if err != nil || out.append(read.Diagnostics) {
			return out, err
		}
	}
	return out, nil
}
