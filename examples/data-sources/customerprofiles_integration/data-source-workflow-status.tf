# The plan fails if the integration has no workflow, or if its workflow failed.
data "customerprofiles_integration" "salesforce" {
  domain_name = "acme"
  uri         = "arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce"

  lifecycle {
    postcondition {
      condition     = self.workflow_id != null
      error_message = "Integration ${self.uri} has no workflow."
    }
  }
}

data "customerprofiles_workflow" "salesforce" {
  domain_name = "acme"
  workflow_id = data.customerprofiles_integration.salesforce.workflow_id

  lifecycle {
    postcondition {
      condition     = self.status != "FAILED"
      error_message = "Workflow ${self.workflow_id} failed: ${coalesce(self.error_description, "no error description")}"
    }
  }
}
