data "customerprofiles_workflows" "failed" {
  domain_name      = "acme"
  status           = "FAILED"
  query_start_date = "2024-06-01T00:00:00Z"
}

output "failed" {
  value = data.customerprofiles_workflows.failed.items[*].workflow_id
}
