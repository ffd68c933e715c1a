// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

var dataSource = acctest.DataSource{
	Type:      "customerprofiles_workflow",
	Arguments: fmt.Sprintf("domain_name = %q\nworkflow_id = %q", domainName, workflowID),
	Operation: "GetWorkflow",
	Subject:   fmt.Sprintf("workflow %q", workflowID),
}

func TestAccWorkflow_failures(t *testing.T) {
	t.Parallel()
	dataSource.TestFailures(t)
}

// An answer about something else, or of other types, is no answer.
func TestAccWorkflow_unreadable(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ answer, want string }{
		"no workflow ID":                  {`{"Status":"COMPLETE"}`, "it names no workflow"},
		"another workflow's ID":           {`{"WorkflowId":"ffffffffffffffffffffffffffffffff"}`, `it is about workflow "ffffffffffffffffffffffffffffffff"`},
		"a number for a string":           {fmt.Sprintf(`{"WorkflowId":%q,"Status":1}`, workflowID), "HTTP status 200"},
		"a fraction for a whole number":   {fmt.Sprintf(`{"WorkflowId":%q,"Metrics":{"AppflowIntegration":{"TotalSteps":1.5}}}`, workflowID), "HTTP status 200"},
		"an integer that is out of range": {fmt.Sprintf(`{"WorkflowId":%q,"Metrics":{"AppflowIntegration":{"TotalSteps":9223372036854775808}}}`, workflowID), "HTTP status 200"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			sim.SetResponder(func(simulator.Call) *simulator.Response {
				return &simulator.Response{Status: http.StatusOK, Body: []byte(test.answer)}
			})
			dataSource.TestError(t, dataSource.Config(sim), "Error: Unreadable answer from Customer Profiles", dataSource.Subject, test.want, acctest.AnsweredFor)
			if calls := len(sim.Calls()); calls != 1 {
				t.Errorf("%d calls, want 1", calls)
			}
		})
	}
}

func TestAccWorkflow_configuration(t *testing.T) {
	t.Parallel()
	withoutRegion := func(sim acctest.Simulator) string {
		return strings.Replace(config(sim), fmt.Sprintf("region     = %q", acctest.Region), "", 1)
	}
	withoutKeys := func(sim acctest.Simulator) string {
		c := strings.Replace(config(sim), fmt.Sprintf("access_key = %q", acctest.AccessKey), "", 1)
		return strings.Replace(c, fmt.Sprintf("secret_key = %q", acctest.SecretKey), "", 1)
	}
	for name, test := range map[string]struct {
		config func(acctest.Simulator) string
		want   []string
	}{
		"no Region": {withoutRegion, []string{
			"Error: No AWS Region", "region on the data source", "region in the provider block", "AWS_REGION or AWS_DEFAULT_REGION", "region in the profile that is used",
		}},
		"no credentials": {withoutKeys, []string{
			"Error: No AWS credentials", "access_key and secret_key", "profile in the provider block", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", "AWS_WEB_IDENTITY_TOKEN_FILE",
		}},
		"a key without the other": {
			func(sim acctest.Simulator) string {
				return strings.Replace(config(sim), fmt.Sprintf("secret_key = %q", acctest.SecretKey), "", 1)
			},
			[]string{"access_key needs secret_key beside it"},
		},
		"an endpoint that is no URL": {
			func(sim acctest.Simulator) string { return strings.Replace(config(sim), sim.URL, "localhost:4566", 1) },
			[]string{"endpoints[0].customerprofiles must be a URL with http or https and a host"},
		},
		"an unknown access key": {
			func(sim acctest.Simulator) string {
				return strings.Replace(config(sim), acctest.AccessKey, "AKIAUNKNOWN", 1)
			},
			[]string{"Error: AWS credentials refused", "UnrecognizedClientException: The security token included in the request is invalid."},
		},
		"a wrong secret key": {
			func(sim acctest.Simulator) string {
				return strings.Replace(config(sim), acctest.SecretKey, "wrong", 1)
			},
			[]string{"Error: AWS credentials refused", "InvalidSignatureException"},
		},
		"an unknown domain": {
			func(sim acctest.Simulator) string {
				return strings.Replace(config(sim), fmt.Sprintf("%q", domainName), `"nowhere"`, 1)
			},
			[]string{"Error: Not found in Customer Profiles", `of domain "nowhere" in Region us-east-1`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			steps := make([]resource.TestStep, len(test.want))
			for i, want := range test.want {
				steps[i] = resource.TestStep{Config: test.config(sim), PlanOnly: true, ExpectError: text(want)}
			}
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.Factories(), Steps: steps})
		})
	}
}

// A read that fails leaves the state as it was.
func TestAccWorkflow_failedReadKeepsState(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	cli := acctest.NewCLI(t, map[string]string{"main.tf": acctest.RequiredProviders + config(sim)})
	cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	before := cli.MustRun(t, "state", "pull")
	if !json.Valid([]byte(before)) || !strings.Contains(before, workflowID) {
		t.Fatalf("the state does not hold the workflow:\n%s", before)
	}

	sim.SetResponder(func(simulator.Call) *simulator.Response {
		return simulator.ErrorResponse(404, "ResourceNotFoundException", "gone")
	})
	for _, command := range []string{"plan", "apply", "refresh"} {
		output, err := cli.Run(command, "-input=false", "-no-color")
		if err == nil || !strings.Contains(output, "Not found in Customer Profiles") {
			t.Errorf("%s: %v\n%s", command, err, output)
		}
		if after := cli.MustRun(t, "state", "pull"); after != before {
			t.Errorf("%s changed the state:\n%s", command, after)
		}
	}
}

// text is a pattern for words of a diagnostic.
func text(words string) *regexp.Regexp { return acctest.Words(words) }

// Bad arguments are refused before any call.
func TestAccWorkflow_badArguments(t *testing.T) {
	t.Parallel()
	block := func(arguments string) string {
		return "data \"customerprofiles_workflow\" \"test\" {\n" + arguments + "\n}\n"
	}
	id := fmt.Sprintf("workflow_id = %q\n", workflowID)

	for name, test := range map[string]struct {
		config string
		want   string
	}{
		"domain name with a space":   {block(id + `domain_name = "ac me"`), "Attribute domain_name must hold letters, digits, hyphens and underscores only"},
		"domain name empty":          {block(id + `domain_name = ""`), "Attribute domain_name UTF-8 character count must be between 1 and 64"},
		"domain name too long":       {block(id + fmt.Sprintf("domain_name = %q", strings.Repeat("a", 65))), "Attribute domain_name UTF-8 character count must be between 1 and 64"},
		"domain name with a newline": {block(id + `domain_name = "acme\n"`), "Attribute domain_name must hold letters"},
		"workflow ID in capitals":    {block(`domain_name = "acme"` + "\n" + `workflow_id = "0123456789ABCDEF0123456789ABCDEF"`), "Attribute workflow_id must be 32 lowercase hexadecimal digits"},
		"workflow ID too short":      {block(`domain_name = "acme"` + "\n" + `workflow_id = "0123"`), "Attribute workflow_id must be 32 lowercase hexadecimal digits"},
		"no domain name":             {block(id), `The argument "domain_name" is required`},
		"no workflow ID":             {block(`domain_name = "acme"`), `The argument "workflow_id" is required`},
		"region that is no name":     {block(id + "domain_name = \"acme\"\nregion = \"evil.example/\""), "Attribute region must be the name of an AWS Region"},
		"timeout that is none":       {block(id + "domain_name = \"acme\"\ntimeouts {\n read = \"soon\"\n}"), `"soon" must be a string containing a sequence of decimal numbers`},
		"timeout of nothing":         {block(id + "domain_name = \"acme\"\ntimeouts {\n read = \"0s\"\n}"), "timeouts.read must be longer than 0s"},
		"argument that is none":      {block(id + "domain_name = \"acme\"\nworkflow = 1"), `An argument named "workflow" is not expected here`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    []resource.TestStep{{Config: sim.ProviderBlock() + test.config, PlanOnly: true, ExpectError: text(test.want)}},
			})
			if calls := sim.Calls(); len(calls) != 0 {
				t.Errorf("%d calls were made", len(calls))
			}
		})
	}
}
