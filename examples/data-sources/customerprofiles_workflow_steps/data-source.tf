data "customerprofiles_workflow_steps" "crm" {
  domain_name = "acme"
  workflow_id = "8192a3b4c5d6e7f80112233445566778"
}

output "messages" {
  value = [
    for step in data.customerprofiles_workflow_steps.crm.items :
    try(step.appflow_integration.execution_message, null)
  ]
}
