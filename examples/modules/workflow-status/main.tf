data "customerprofiles_workflow" "this" {
  domain_name = var.domain_name
  workflow_id = var.workflow_id
  region      = var.region
}

locals {
  status  = coalesce(data.customerprofiles_workflow.this.status, "UNKNOWN")
  metrics = try(data.customerprofiles_workflow.this.metrics.appflow_integration, null)
  steps   = try(local.metrics.total_steps, 0)
}
