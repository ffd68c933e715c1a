data "customerprofiles_workflow_steps" "marketo" {
  domain_name = "acme"
  workflow_id = "1a2b3c4d5e6f708192a3b4c5d6e7f801"
}

output "failed_steps" {
  description = "Flow name and message of each failed step."
  value = [
    for step in data.customerprofiles_workflow_steps.marketo.items[*].appflow_integration :
    "${coalesce(step.flow_name, "unknown flow")}: ${coalesce(step.execution_message, "no message")}"
    if try(step.status, null) == "FAILED"
  ]
}
