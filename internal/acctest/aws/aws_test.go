// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build testacc_aws

// Package aws has acceptance tests for a real AWS account. They only read.
// `make testacc-aws` runs them with the credentials and the Region of the
// environment.
package aws

import (
	"fmt"
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

// arguments returns the domain name and the ID of a workflow of the account.
func arguments(t *testing.T) (domainName, workflowID string) {
	t.Helper()
	domainName, workflowID = os.Getenv("TESTACC_AWS_DOMAIN_NAME"), os.Getenv("TESTACC_AWS_WORKFLOW_ID")
	if domainName == "" || workflowID == "" {
		t.Fatal("TESTACC_AWS_DOMAIN_NAME and TESTACC_AWS_WORKFLOW_ID are not set: use make testacc-aws")
	}
	return domainName, workflowID
}

func config(domainName, workflowID string) string {
	return fmt.Sprintf(`
data "customerprofiles_workflow" "test" {
  domain_name = %q
  workflow_id = %q
}
`, domainName, workflowID)
}

func TestAccWorkflow_read(t *testing.T) {
	t.Parallel()
	domainName, workflowID := arguments(t)
	expect := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.customerprofiles_workflow.test", tfjsonpath.New(name), check)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: config(domainName, workflowID),
			ConfigStateChecks: []statecheck.StateCheck{
				expect("workflow_id", knownvalue.StringExact(workflowID)),
				expect("region", knownvalue.NotNull()),
				expect("workflow_type", knownvalue.NotNull()),
				expect("status", knownvalue.NotNull()),
				expect("start_date", knownvalue.NotNull()),
				expect("last_updated_at", knownvalue.NotNull()),
			},
		}},
	})
}

func TestAccLists_read(t *testing.T) {
	t.Parallel()
	domainName, workflowID := arguments(t)
	expectList := func(address string) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(address, tfjsonpath.New("items"), knownvalue.NotNull())
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: fmt.Sprintf(`
data "customerprofiles_workflows" "test" {
  domain_name = %[1]q
}

data "customerprofiles_workflow_steps" "test" {
  domain_name = %[1]q
  workflow_id = %[2]q
}

data "customerprofiles_integrations" "test" {
  domain_name    = %[1]q
  include_hidden = true
}

data "customerprofiles_integration" "test" {
  count       = length(data.customerprofiles_integrations.test.items)
  domain_name = %[1]q
  uri         = data.customerprofiles_integrations.test.items[count.index].uri
}
`, domainName, workflowID),
			ConfigStateChecks: []statecheck.StateCheck{
				expectList("data.customerprofiles_workflows.test"),
				expectList("data.customerprofiles_workflow_steps.test"),
				expectList("data.customerprofiles_integrations.test"),
			},
		}},
	})
}

func TestAccWorkflow_notFound(t *testing.T) {
	t.Parallel()
	domainName, _ := arguments(t)
	acctest.TestError(t, config(domainName, "00000000000000000000000000000000"), "Error: Workflow not found")
}

func TestAccWorkflow_invalidSecretKey(t *testing.T) {
	t.Parallel()
	domainName, workflowID := arguments(t)
	acctest.TestError(t, `
provider "customerprofiles" {
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wrong"
}
`+config(domainName, workflowID), "Error: AWS credentials rejected")
}
