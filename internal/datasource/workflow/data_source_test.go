// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const workflowID = "0123456789abcdef0123456789abcdef"

var workflow = acctest.DataSource{
	Type:      "customerprofiles_workflow",
	Arguments: []string{`domain_name = "acme"`, `workflow_id = "` + workflowID + `"`},
}

// putWorkflow stores responses of GetWorkflow, which are returned in turn, in a
// Region, or in every Region if region is empty. The workflow ID is added to the
// members, which are JSON.
func putWorkflow(t *testing.T, sim acctest.Simulator, region string, members ...string) {
	t.Helper()
	responses := make([]string, len(members))
	for i := range members {
		responses[i] = fmt.Sprintf(`{"WorkflowId":%q,%s}`, workflowID, members[i])
	}
	workflows := []json.RawMessage{[]byte("[" + strings.Join(responses, ",") + "]")}
	if err := sim.Put(simulator.Domain{DomainName: "acme", Region: region, Workflows: workflows}); err != nil {
		t.Fatal(err)
	}
}

// appflow checks an object with the attribute appflow_integration.
func appflow(members map[string]knownvalue.Check) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{"appflow_integration": knownvalue.ObjectExact(members)})
}

func TestAccWorkflow_values(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		region  string
		members string
		want    map[string]knownvalue.Check
	}{
		"all members, Region of the data source": {
			region: "eu-west-1",
			members: `"WorkflowType":"APPFLOW_INTEGRATION","Status":"FAILED",
				"ErrorDescription":"say \"${no}\" \u001b[31m\né🙂","StartDate":1709280930.123,"LastUpdatedAt":1709281200,
				"Attributes":{"AppflowIntegration":{"SourceConnectorType":"Marketo","ConnectorProfileName":"mk","RoleArn":"arn"}},
				"Metrics":{"AppflowIntegration":{"RecordsProcessed":11,"StepsCompleted":22,"TotalSteps":-9223372036854775808}}`,
			want: map[string]knownvalue.Check{
				"region":            knownvalue.StringExact("eu-west-1"),
				"workflow_type":     knownvalue.StringExact("APPFLOW_INTEGRATION"),
				"status":            knownvalue.StringExact("FAILED"),
				"error_description": knownvalue.StringExact("say \"${no}\" \x1b[31m\né🙂"),
				"start_date":        knownvalue.StringExact("2024-03-01T08:15:30.123Z"),
				"last_updated_at":   knownvalue.StringExact("2024-03-01T08:20:00Z"),
				"attributes": appflow(map[string]knownvalue.Check{
					"source_connector_type":  knownvalue.StringExact("Marketo"),
					"connector_profile_name": knownvalue.StringExact("mk"),
					"role_arn":               knownvalue.StringExact("arn"),
				}),
				"metrics": appflow(map[string]knownvalue.Check{
					"records_processed": knownvalue.Int64Exact(11),
					"steps_completed":   knownvalue.Int64Exact(22),
					"total_steps":       knownvalue.Int64Exact(-9223372036854775808),
				}),
			},
		},
		"unknown status, Region of the provider": {
			members: `"Status":"PAUSED","NewMember":{"a":[1]}`,
			want: map[string]knownvalue.Check{
				"region": knownvalue.StringExact(acctest.Region),
				"status": knownvalue.StringExact("PAUSED"),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			putWorkflow(t, sim, tc.region, tc.members)
			var arguments []string
			if tc.region != "" {
				arguments = append(arguments, fmt.Sprintf("region = %q", tc.region))
			}
			tc.want["domain_name"] = knownvalue.StringExact("acme")
			tc.want["workflow_id"] = knownvalue.StringExact(workflowID)
			workflow.TestValues(t, workflow.Config(sim, arguments...), tc.want)
		})
	}
}

// An argument that is unknown during plan defers the read to apply.
func TestAccWorkflow_unknownArgument(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, "1.4.0") // terraform_data
	sim := acctest.StartSimulator(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: workflow.Config(sim, "workflow_id = terraform_data.id.output") + `
resource "terraform_data" "id" {
  input = "` + workflowID + `"
}

output "status" {
  value = data.customerprofiles_workflow.test.status
}
`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectUnknownOutputValue("status"),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("status", knownvalue.StringExact("COMPLETE")),
			},
		}},
	})
}

func TestAccWorkflow_notFound(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	acctest.TestError(t, workflow.Config(sim, `workflow_id = "ffffffffffffffffffffffffffffffff"`),
		"Error: Workflow not found",
		`GetWorkflow for workflow "ffffffffffffffffffffffffffffffff" in domain "acme" (us-east-1) returned ResourceNotFound`,
		"Check the workflow ID, and that the workflow belongs to this domain and Region")
	if calls := len(sim.Calls()); calls != 1 {
		t.Errorf("%d requests, want 1", calls)
	}
}

func TestAccWorkflow_missingRegion(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	config := strings.Replace(workflow.Config(sim), fmt.Sprintf("region     = %q", acctest.Region), "", 1)
	acctest.TestError(t, config, "Error: Missing AWS Region", "Neither this data source nor the provider has a Region.")
}

func TestAccWorkflow_invalidArguments(t *testing.T) {
	t.Parallel()
	workflow.TestInvalidArguments(t, []acctest.InvalidArgument{
		{
			Name:     "domain name with a space",
			Argument: `domain_name = "ac me"`,
			Error:    "Attribute domain_name must contain only letters, digits, hyphens, and underscores",
		},
		{
			Name:     "domain name too long",
			Argument: `domain_name = "` + strings.Repeat("a", 65) + `"`,
			Error:    "Attribute domain_name UTF-8 character count must be between 1 and 64",
		},
		{
			Name:     "region with a slash",
			Argument: `region = "evil.example/"`,
			Error:    "Attribute region must be the name of an AWS Region, such as eu-west-1",
		},
		{
			Name:     "empty region",
			Argument: `region = ""`,
			Error:    "Attribute region UTF-8 character count must be between 1 and 63",
		},
		{
			Name:     "workflow ID in upper case",
			Argument: `workflow_id = "` + strings.ToUpper(workflowID) + `"`,
			Error:    "Attribute workflow_id must be 32 lowercase hexadecimal digits (0-9, a-f)",
		},
		{
			Name:     "zero timeout",
			Argument: `timeouts { read = "0s" }`,
			Error:    `timeouts.read must be longer than 0s, got "0s".`,
		},
		{
			Name:     "no statuses to wait for",
			Argument: `wait_for = { statuses = [] }`,
			Error:    "Attribute wait_for.statuses set must contain at least 1 elements, got: 0",
		},
		{
			Name:     "null status to wait for",
			Argument: `wait_for = { statuses = ["COMPLETE", null] }`,
			Error:    "This attribute contains a null value.",
		},
		{
			Name:     "invalid status to wait for",
			Argument: `wait_for = { statuses = ["DONE"] }`,
			Error: `value must be one of: ["NOT_STARTED" "IN_PROGRESS" "COMPLETE" "FAILED" "SPLIT" "RETRY" "CANCELLED"], ` +
				`got: "DONE"`,
		},
		{
			Name:     "malformed timeout",
			Argument: `timeouts { read = "soon" }`,
			Error:    `timeouts.read must be a duration such as "90s" or "10m", got "soon".`,
		},
		{
			Name:     "malformed interval",
			Argument: `wait_for = { interval = "soon" }`,
			Error:    `wait_for.interval must be a duration such as "90s" or "10m", got "soon".`,
		},
		{
			Name:     "interval too short",
			Argument: `wait_for = { interval = "999ms" }`,
			Error:    `wait_for.interval must be at least 1s, got "999ms".`,
		},
	})
}
