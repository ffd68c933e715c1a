// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

const (
	address    = "data.customerprofiles_workflow.test"
	domainName = "acme"
	workflowID = "0123456789abcdef0123456789abcdef"
)

func config(sim acctest.Simulator, arguments ...string) string {
	return sim.ProviderBlock() + fmt.Sprintf(`
data "customerprofiles_workflow" "test" {
  domain_name = %q
  workflow_id = %q
  %s
}
`, domainName, workflowID, strings.Join(arguments, "\n  "))
}

// values are the checks of each top-level attribute; an attribute that is not
// named must be null.
func values(want map[string]knownvalue.Check) []statecheck.StateCheck {
	all := map[string]knownvalue.Check{
		"domain_name": knownvalue.StringExact(domainName), "workflow_id": knownvalue.StringExact(workflowID),
		"region": knownvalue.StringExact(acctest.Region),
	}
	for _, name := range []string{
		"workflow_type", "status", "error_description", "start_date", "last_updated_at", "attributes", "metrics", "timeouts", "wait_for",
	} {
		all[name] = knownvalue.Null()
	}
	maps.Copy(all, want)
	checks := make([]statecheck.StateCheck, 0, len(all))
	for name, check := range all {
		checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(name), check))
	}
	return checks
}

func appflow(members map[string]knownvalue.Check) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{"appflow_integration": knownvalue.ObjectExact(members)})
}

func TestAccWorkflow_values(t *testing.T) {
	t.Parallel()
	maxInt64, _ := new(big.Float).SetPrec(512).SetString("9223372036854775807")

	for name, test := range map[string]struct {
		workflow string // members beside WorkflowId, as the API sends them
		want     map[string]knownvalue.Check
	}{
		"every member": {
			workflow: `"WorkflowType":"APPFLOW_INTEGRATION","Status":"FAILED","ErrorDescription":"flow stopped",
				"StartDate":1709280930.123,"LastUpdatedAt":1709281200,
				"Attributes":{"AppflowIntegration":{"SourceConnectorType":"Marketo","ConnectorProfileName":"mk","RoleArn":"arn:aws:iam::123456789012:role/r"}},
				"Metrics":{"AppflowIntegration":{"RecordsProcessed":11,"StepsCompleted":22,"TotalSteps":33}}`,
			want: map[string]knownvalue.Check{
				"workflow_type":     knownvalue.StringExact("APPFLOW_INTEGRATION"),
				"status":            knownvalue.StringExact("FAILED"),
				"error_description": knownvalue.StringExact("flow stopped"),
				"start_date":        knownvalue.StringExact("2024-03-01T08:15:30.123Z"),
				"last_updated_at":   knownvalue.StringExact("2024-03-01T08:20:00Z"),
				"attributes": appflow(map[string]knownvalue.Check{
					"source_connector_type":  knownvalue.StringExact("Marketo"),
					"connector_profile_name": knownvalue.StringExact("mk"),
					"role_arn":               knownvalue.StringExact("arn:aws:iam::123456789012:role/r"),
				}),
				"metrics": appflow(map[string]knownvalue.Check{
					"records_processed": knownvalue.Int64Exact(11),
					"steps_completed":   knownvalue.Int64Exact(22),
					"total_steps":       knownvalue.Int64Exact(33),
				}),
			},
		},
		"almost nothing": {
			workflow: `"Status":null`,
		},
		"objects with nothing in them": {
			workflow: `"Attributes":{},"Metrics":{"AppflowIntegration":{}}`,
			want: map[string]knownvalue.Check{
				"attributes": knownvalue.ObjectExact(map[string]knownvalue.Check{"appflow_integration": knownvalue.Null()}),
				"metrics": appflow(map[string]knownvalue.Check{
					"records_processed": knownvalue.Int64Exact(0),
					"steps_completed":   knownvalue.Int64Exact(0),
					"total_steps":       knownvalue.Int64Exact(0),
				}),
			},
		},
		"enum values and members that the SDK does not know": {
			workflow: `"Status":"PAUSED","WorkflowType":"BATCH_IMPORT","NewMember":{"a":[1]}`,
			want: map[string]knownvalue.Check{
				"status": knownvalue.StringExact("PAUSED"), "workflow_type": knownvalue.StringExact("BATCH_IMPORT"),
			},
		},
		"extreme integers": {
			workflow: `"Metrics":{"AppflowIntegration":{"RecordsProcessed":9223372036854775807,"StepsCompleted":0,"TotalSteps":-9223372036854775808}}`,
			want: map[string]knownvalue.Check{
				"metrics": appflow(map[string]knownvalue.Check{
					"records_processed": knownvalue.NumberExact(maxInt64),
					"steps_completed":   knownvalue.Int64Exact(0),
					"total_steps":       knownvalue.Int64Exact(-9223372036854775808),
				}),
			},
		},
		"early timestamps": {
			workflow: `"StartDate":0,"LastUpdatedAt":-9214560000.5`,
			want: map[string]knownvalue.Check{
				"start_date":      knownvalue.StringExact("1970-01-01T00:00:00Z"),
				"last_updated_at": knownvalue.StringExact("1677-12-31T23:59:59.5Z"),
			},
		},
		"late timestamps": {
			workflow: `"StartDate":9214646399.999,"LastUpdatedAt":1.709281200001E9`,
			want: map[string]knownvalue.Check{
				"start_date":      knownvalue.StringExact("2261-12-31T23:59:59.999Z"),
				"last_updated_at": knownvalue.StringExact("2024-03-01T08:20:00.001Z"),
			},
		},
		"text that has to be escaped": {
			workflow: `"ErrorDescription":"say \"${no}\" %{if} \\ \u0007\u001b[31m\n\té 漢字 🙂"`,
			want: map[string]knownvalue.Check{
				"error_description": knownvalue.StringExact("say \"${no}\" %{if} \\ \a\x1b[31m\n\té 漢字 🙂"),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			workflow := fmt.Sprintf(`{"WorkflowId":%q,%s}`, workflowID, test.workflow)
			if err := sim.PutWorkflow("", domainName, json.RawMessage(workflow)); err != nil {
				t.Fatal(err)
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    []resource.TestStep{{Config: config(sim), ConfigStateChecks: values(test.want)}},
			})
		})
	}
}

// What is known when Terraform plans is read then; what comes from a resource
// that is still to be made is read when Terraform applies.
func TestAccWorkflow_whenItIsRead(t *testing.T) {
	t.Parallel()
	acctest.RequireVersion(t, acctest.TerraformData)
	outputs := `
output "status" {
  value = data.customerprofiles_workflow.test.status
}
`
	for name, test := range map[string]struct {
		id     string
		before []plancheck.PlanCheck
	}{
		"at plan": {
			id: fmt.Sprintf("%q", workflowID),
			before: []plancheck.PlanCheck{
				plancheck.ExpectKnownOutputValue("status", knownvalue.StringExact("COMPLETE")),
			},
		},
		"at apply": {
			id: "terraform_data.id.output",
			before: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionRead),
				plancheck.ExpectUnknownOutputValue("status"),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: sim.ProviderBlock() + fmt.Sprintf(`
resource "terraform_data" "id" {
  input = %q
}

data "customerprofiles_workflow" "test" {
  domain_name = %q
  workflow_id = %s
}
`, workflowID, domainName, test.id) + outputs,
					ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: test.before},
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("status", knownvalue.StringExact("COMPLETE"))},
				}},
			})
		})
	}
}

func TestAccWorkflow_region(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	workflow := json.RawMessage(fmt.Sprintf(`{"WorkflowId":%q,"Status":"SPLIT"}`, workflowID))
	if err := sim.PutWorkflow("eu-west-1", domainName, workflow); err != nil {
		t.Fatal(err)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: config(sim, `region = "eu-west-1"`),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("region"), knownvalue.StringExact("eu-west-1")),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("status"), knownvalue.StringExact("SPLIT")),
			},
			Check: func(*terraform.State) error {
				for _, call := range sim.Calls() {
					if call.Region != "eu-west-1" || call.Operation != "GetWorkflow" {
						return fmt.Errorf("called %s in %s", call.Operation, call.Region)
					}
				}
				return nil
			},
		}},
	})
}

// A plan of N workflows is N calls of GetWorkflow, and nothing else.
func TestAccWorkflow_calls(t *testing.T) {
	t.Parallel()
	const n = 20
	sim := acctest.StartSimulator(t)
	for i := range n {
		if err := sim.PutWorkflow("", domainName, json.RawMessage(fmt.Sprintf(`{"WorkflowId":"%032x"}`, i))); err != nil {
			t.Fatal(err)
		}
	}
	cli := acctest.NewCLI(t, map[string]string{
		"main.tf": acctest.RequiredProviders + sim.ProviderBlock() + fmt.Sprintf(`
data "customerprofiles_workflow" "all" {
  count       = %d
  domain_name = %q
  workflow_id = format("%%032x", count.index)
}
`, n, domainName),
	})
	cli.MustRun(t, "plan", "-input=false", "-no-color")
	calls := sim.Calls()
	if len(calls) != n {
		t.Errorf("%d calls, want %d", len(calls), n)
	}
	agent := regexp.MustCompile(`Terraform/\d+\.\d+\.\d+\S* \(\+https://www\.terraform\.io\) terraform-provider-customerprofiles/0\.0\.1`)
	for _, call := range calls {
		if call.Operation != "GetWorkflow" {
			t.Errorf("called %s %s", call.Method, call.Path)
		}
		if !agent.MatchString(call.UserAgent) {
			t.Errorf("user agent %q", call.UserAgent)
		}
	}
}
