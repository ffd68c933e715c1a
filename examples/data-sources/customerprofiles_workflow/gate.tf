# What depends on this data source is created only after the ingestion.
data "customerprofiles_workflow" "ingestion" {
  domain_name = "acme"
  workflow_id = "0123456789abcdef0123456789abcdef"

  lifecycle {
    postcondition {
      condition     = self.status == "COMPLETE"
      error_message = "Workflow ${self.workflow_id} of domain ${self.domain_name} is ${coalesce(self.status, "in no known state")}, not COMPLETE: ${coalesce(self.error_description, "no error is told")}."
    }
  }
}
