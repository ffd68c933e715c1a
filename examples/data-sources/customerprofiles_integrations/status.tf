data "customerprofiles_integrations" "sources" {
  domain_name = "acme"
}

locals {
  # An integration of events has no workflow.
  workflow_ids = {
    for item in data.customerprofiles_integrations.sources.items :
    item.uri => item.workflow_id if item.workflow_id != null
  }
}

data "customerprofiles_workflow" "sources" {
  for_each = local.workflow_ids

  domain_name = "acme"
  workflow_id = each.value
}

output "status" {
  value = { for uri, workflow in data.customerprofiles_workflow.sources : uri => workflow.status }
}
