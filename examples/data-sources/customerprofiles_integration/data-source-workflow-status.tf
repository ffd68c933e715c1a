# Fails the plan if the integration has no workflow or if its workflow failed.
data "customerprofiles_integration" "loyalty" {
  domain_name = "acme"
  uri         = "arn:aws:s3:::acme-loyalty-exports"

  lifecycle {
    postcondition {
      condition     = self.workflow_id != null
      error_message = "Integration ${self.uri} has no workflow."
    }
  }
}

data "customerprofiles_workflow" "loyalty" {
  domain_name = "acme"
  workflow_id = data.customerprofiles_integration.loyalty.workflow_id

  lifecycle {
    postcondition {
      condition     = self.status != "FAILED"
      error_message = "Workflow ${self.workflow_id} failed: ${coalesce(self.error_description, "no error description")}"
    }
  }
}
