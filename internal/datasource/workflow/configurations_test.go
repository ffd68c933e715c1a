// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

// The testing library cannot hold instances with keys, so this runs the built
// provider.
func TestAccWorkflow_forEach(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	ids := make([]string, 5)
	for i := range ids {
		ids[i] = fmt.Sprintf("%032x", i+1)
		if err := sim.PutWorkflow("", domainName, json.RawMessage(fmt.Sprintf(
			`{"WorkflowId":%q,"Metrics":{"AppflowIntegration":{"RecordsProcessed":%d}}}`, ids[i], i))); err != nil {
			t.Fatal(err)
		}
	}
	cli := acctest.NewCLI(t, map[string]string{
		"main.tf": acctest.RequiredProviders + sim.ProviderBlock() + fmt.Sprintf(`
data "customerprofiles_workflow" "all" {
  for_each    = toset(["%s"])
  domain_name = %q
  workflow_id = each.key
}

output "records" {
  value = { for id, workflow in data.customerprofiles_workflow.all : id => workflow.metrics.appflow_integration.records_processed }
}
`, strings.Join(ids, `", "`), domainName),
	})
	cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	var records map[string]int
	if err := json.Unmarshal([]byte(cli.MustRun(t, "output", "-json", "records")), &records); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		if got, ok := records[id]; !ok || got != i {
			t.Errorf("workflow %s: got %d (%t), want %d", id, got, ok, i)
		}
	}
}

// The values go through outputs from one module to another.
func TestAccWorkflow_modules(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	cli := acctest.NewCLI(t, map[string]string{
		"main.tf": acctest.RequiredProviders + sim.ProviderBlock() + fmt.Sprintf(`
module "reads" {
  source      = "./reads"
  domain_name = %q
  workflow_id = %q
}

module "uses" {
  source = "./uses"
  role   = module.reads.workflow.attributes.appflow_integration.role_arn
  steps  = module.reads.workflow.metrics.appflow_integration.total_steps
}

output "used" {
  value = module.uses.text
}
`, domainName, workflowID),
		"reads/main.tf": acctest.RequiredProviders + `
variable "domain_name" {}
variable "workflow_id" {}
data "customerprofiles_workflow" "this" {
  domain_name = var.domain_name
  workflow_id = var.workflow_id
}
output "workflow" {
  value = data.customerprofiles_workflow.this
}
`,
		"uses/main.tf": `
variable "role" {}
variable "steps" {}
output "text" {
  value = "${var.role} in ${var.steps} steps"
}
`,
	})
	cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	got := cli.MustRun(t, "output", "-raw", "used")
	if want := "arn:aws:iam::123456789012:role/CustomerProfilesAppFlow in 12 steps"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Two aliases are two provider processes, each with its Region. The testing
// library would serve them by one, so this runs the built provider.
func TestAccWorkflow_aliases(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	for region, status := range map[string]string{"eu-west-1": "SPLIT", "us-west-2": "RETRY"} {
		workflow := json.RawMessage(fmt.Sprintf(`{"WorkflowId":%q,"Status":%q}`, workflowID, status))
		if err := sim.PutWorkflow(region, domainName, workflow); err != nil {
			t.Fatal(err)
		}
	}
	alias := func(name, region string) string {
		return strings.Replace(sim.ProviderBlock("alias = \""+name+"\""), acctest.Region, region, 1) + fmt.Sprintf(`
data "customerprofiles_workflow" %[1]q {
  provider    = customerprofiles.%[1]s
  domain_name = %[2]q
  workflow_id = %[3]q
}

output %[1]q {
  value = "${data.customerprofiles_workflow.%[1]s.region} ${data.customerprofiles_workflow.%[1]s.status}"
}
`, name, domainName, workflowID)
	}
	cli := acctest.NewCLI(t, map[string]string{
		"main.tf": acctest.RequiredProviders + alias("ireland", "eu-west-1") + alias("oregon", "us-west-2"),
	})
	cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
	for name, want := range map[string]string{"ireland": "eu-west-1 SPLIT", "oregon": "us-west-2 RETRY"} {
		if got := cli.MustRun(t, "output", "-raw", name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
