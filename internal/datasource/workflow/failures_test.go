// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// Each failure says what was asked, what came back, and what to do.
func TestAccWorkflow_failures(t *testing.T) {
	t.Parallel()
	const requestID = "11111111-2222-3333-4444-555555555555"
	asked := fmt.Sprintf("GetWorkflow asked for workflow %q of domain %q in Region %s.", workflowID, domainName, acctest.Region)
	facts := func(status int) string {
		return fmt.Sprintf("(HTTP status %d, request ID %s)", status, requestID)
	}
	ok := func(body string) *simulator.Answer {
		return &simulator.Answer{Status: http.StatusOK, Body: []byte(body)}
	}

	for name, test := range map[string]struct {
		answer *simulator.Answer
		calls  int
		want   []string
	}{
		"not found": {
			simulator.ErrorAnswer(404, "ResourceNotFoundException", "Workflow not here"), 1,
			[]string{"Error: Not found in Customer Profiles", asked, "Answer: ResourceNotFoundException: Workflow not here " + facts(404), "each Region has domains of its own, and us-east-1 was asked"},
		},
		"access denied": {
			simulator.ErrorAnswer(403, "AccessDeniedException", "No"), 1,
			[]string{"Error: Access denied by Customer Profiles", asked, "AccessDeniedException: No " + facts(403), "Allow the action profile:GetWorkflow"},
		},
		"throttled to the end": {
			simulator.ErrorAnswer(429, "ThrottlingException", "Rate exceeded"), 2,
			[]string{"Error: Throttled by Customer Profiles", asked, "ThrottlingException: Rate exceeded " + facts(429), "-parallelism"},
		},
		"server error to the end": {
			simulator.ErrorAnswer(500, "InternalServerException", "Oops"), 2,
			[]string{"Error: Customer Profiles failed", asked, "InternalServerException: Oops " + facts(500)},
		},
		"bad request": {
			simulator.ErrorAnswer(400, "BadRequestException", "Bad \x1b[31mred"), 1,
			[]string{"Error: Refused by Customer Profiles", asked, `BadRequestException: Bad \x1b[31mred ` + facts(400)},
		},
		"expired token": {
			simulator.ErrorAnswer(403, "ExpiredTokenException", "Expired"), 1,
			[]string{"Error: AWS credentials refused", asked, "ExpiredTokenException: Expired " + facts(403)},
		},
		"an empty answer":                 {ok(""), 1, []string{"Error: Unreadable answer from Customer Profiles", asked, "its body is empty " + facts(200)}},
		"null":                            {ok("null"), 1, []string{"its body is not a JSON object " + facts(200)}},
		"garbage behind the object":       {ok(fmt.Sprintf(`{"WorkflowId":%q}x`, workflowID)), 1, []string{"there is something behind its JSON object " + facts(200)}},
		"two objects":                     {ok(fmt.Sprintf(`{"WorkflowId":%q}{}`, workflowID)), 1, []string{"there is something behind its JSON object"}},
		"HTML":                            {ok("<html>hello</html>"), 1, []string{"its body is not a JSON object " + facts(200)}},
		"no workflow ID":                  {ok(`{"Status":"COMPLETE"}`), 1, []string{asked, "it names no workflow (request ID " + requestID + ")"}},
		"another workflow's ID":           {ok(`{"WorkflowId":"ffffffffffffffffffffffffffffffff"}`), 1, []string{`it is about workflow "ffffffffffffffffffffffffffffffff"`}},
		"a number for a string":           {ok(fmt.Sprintf(`{"WorkflowId":%q,"Status":1}`, workflowID)), 1, []string{"Error: Unreadable answer from Customer Profiles", asked, facts(200)}},
		"a fraction for a whole number":   {ok(fmt.Sprintf(`{"WorkflowId":%q,"Metrics":{"AppflowIntegration":{"TotalSteps":1.5}}}`, workflowID)), 1, []string{"Error: Unreadable answer from Customer Profiles"}},
		"an integer that is out of range": {ok(fmt.Sprintf(`{"WorkflowId":%q,"Metrics":{"AppflowIntegration":{"TotalSteps":9223372036854775808}}}`, workflowID)), 1, []string{"Error: Unreadable answer from Customer Profiles"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			if test.answer.Header == nil {
				test.answer.Header = http.Header{}
			}
			test.answer.Header.Set("X-Amzn-Requestid", requestID)
			sim.Script(func(simulator.Call) *simulator.Answer { return test.answer })
			steps := make([]resource.TestStep, len(test.want))
			for i, want := range test.want {
				steps[i] = resource.TestStep{Config: failing(sim), PlanOnly: true, ExpectError: text(want)}
			}
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.Factories(), Steps: steps})
			if got := len(sim.Calls()); got != test.calls*len(steps) {
				t.Errorf("%d calls for %d reads, want %d each", got, len(steps), test.calls)
			}
		})
	}
}

// failing is a configuration that attempts a call twice at most.
func failing(sim acctest.Simulator, arguments ...string) string {
	return strings.Replace(config(sim, arguments...), "endpoints {", "max_retries = 2\n  endpoints {", 1)
}

func TestAccWorkflow_timeout(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	sim.Script(func(simulator.Call) *simulator.Answer { return &simulator.Answer{Fault: simulator.Hang} })
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config(sim, "timeouts {\n read = \"300ms\"\n}"), ExpectError: text("Error: Timed out")},
			{Config: config(sim, "timeouts {\n read = \"300ms\"\n}"), ExpectError: text("The read was stopped after 300ms.")},
		},
	})
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

	sim.Script(func(simulator.Call) *simulator.Answer {
		return simulator.ErrorAnswer(404, "ResourceNotFoundException", "gone")
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
