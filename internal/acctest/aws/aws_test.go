// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build testacc_aws

package aws

import (
	"fmt"
	"os"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

func arguments(t *testing.T) (domainName, workflowID string) {
	t.Helper()
	domainName, workflowID = os.Getenv("TESTACC_AWS_DOMAIN_NAME"), os.Getenv("TESTACC_AWS_WORKFLOW_ID")
	if domainName == "" || workflowID == "" {
		t.Fatal("TESTACC_AWS_DOMAIN_NAME and TESTACC_AWS_WORKFLOW_ID must name a workflow: use make testacc-aws")
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
	is := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.customerprofiles_workflow.test", tfjsonpath.New(name), check)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: config(domainName, workflowID),
			ConfigStateChecks: []statecheck.StateCheck{
				is("workflow_id", knownvalue.StringExact(workflowID)),
				is("region", knownvalue.NotNull()),
				is("workflow_type", knownvalue.NotNull()),
				is("status", knownvalue.NotNull()),
				is("start_date", knownvalue.NotNull()),
				is("last_updated_at", knownvalue.NotNull()),
			},
		}},
	})
}

func TestAccLists_read(t *testing.T) {
	t.Parallel()
	domainName, workflowID := arguments(t)
	isList := func(address string) statecheck.StateCheck {
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
				isList("data.customerprofiles_workflows.test"),
				isList("data.customerprofiles_workflow_steps.test"),
				isList("data.customerprofiles_integrations.test"),
			},
		}},
	})
}

func TestAccWorkflow_notFound(t *testing.T) {
	t.Parallel()
	domainName, _ := arguments(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config:      config(domainName, "00000000000000000000000000000000"),
			ExpectError: regexp.MustCompile(`Not found in Customer Profiles`),
		}},
	})
}

func TestAccWorkflow_wrongKey(t *testing.T) {
	t.Parallel()
	domainName, workflowID := arguments(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: `
provider "customerprofiles" {
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wrong"
}
` + config(domainName, workflowID),
			ExpectError: regexp.MustCompile(`AWS credentials refused`),
		}},
	})
}
