output "status" {
  description = "How the run stands, as the API names it. Null where the API says nothing."
  value       = data.customerprofiles_workflow.this.status
}

output "ended" {
  description = "Whether the run has come to an end, well or not."
  value       = contains(["COMPLETE", "FAILED", "CANCELLED"], coalesce(data.customerprofiles_workflow.this.status, "NOT_STARTED"))
}

output "succeeded" {
  description = "Whether the run has come to a good end."
  value       = data.customerprofiles_workflow.this.status == "COMPLETE"
}

output "progress" {
  description = "Part of the steps that are done, from 0 to 1. 0 where their number is not known."
  value       = local.steps > 0 ? local.metrics.steps_completed / local.steps : 0
}

output "error_description" {
  description = "Error messages of the run. Null where there are none."
  value       = data.customerprofiles_workflow.this.error_description
}
