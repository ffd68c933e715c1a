data "customerprofiles_workflow" "crm" {
  domain_name = "acme"
  workflow_id = "0123456789abcdef0123456789abcdef"
}

output "records_processed" {
  value = try(data.customerprofiles_workflow.crm.metrics.appflow_integration.records_processed, 0)
}
