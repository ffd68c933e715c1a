data "customerprofiles_workflows" "running" {
  domain_name = "acme"
  status      = "IN_PROGRESS"
}

# The list has no metrics, so each workflow is read as well.
data "customerprofiles_workflow" "running" {
  for_each = toset(data.customerprofiles_workflows.running.items[*].workflow_id)

  domain_name = "acme"
  workflow_id = each.value
}

output "records_processed" {
  value = {
    for id, workflow in data.customerprofiles_workflow.running :
    id => try(workflow.metrics.appflow_integration.records_processed, 0)
  }
}
