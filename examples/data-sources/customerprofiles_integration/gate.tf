data "customerprofiles_integration" "loyalty" {
  domain_name = "acme"
  uri         = "arn:aws:s3:::acme-loyalty-exports"
}

data "customerprofiles_workflow" "loyalty" {
  domain_name = "acme"
  workflow_id = data.customerprofiles_integration.loyalty.workflow_id

  lifecycle {
    postcondition {
      condition     = self.status != "FAILED"
      error_message = "The run of the loyalty exports failed: ${coalesce(self.error_description, "no reason is given")}"
    }
  }
}
