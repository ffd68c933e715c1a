data "customerprofiles_integrations" "all" {
  domain_name = "acme"
}

data "customerprofiles_workflow" "all" {
  for_each = {
    for item in data.customerprofiles_integrations.all.items :
    item.uri => item.workflow_id if item.workflow_id != null
  }

  domain_name = "acme"
  workflow_id = each.value
}

output "statuses" {
  value = { for uri, workflow in data.customerprofiles_workflow.all : uri => workflow.status }
}
