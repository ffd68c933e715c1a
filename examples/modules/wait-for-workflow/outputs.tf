output "status" {
  description = "Status of the workflow, which is always COMPLETE."
  value       = data.customerprofiles_workflow.this.status
}

output "records_processed" {
  description = "Number of imported records."
  value       = try(data.customerprofiles_workflow.this.metrics.appflow_integration.records_processed, 0)
}
