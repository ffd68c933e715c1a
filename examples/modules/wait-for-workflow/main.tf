data "customerprofiles_workflow" "this" {
  domain_name = var.domain_name
  workflow_id = var.workflow_id

  wait_for = {
    statuses = ["COMPLETE"]
    interval = var.interval
  }

  timeouts {
    read = var.timeout
  }
}
