output "status" {
  description = "Status of the workflow, or null if the API returns none."
  value       = data.customerprofiles_workflow.this.status
}

output "ended" {
  description = "Whether the run has ended, successfully or not."
  value       = contains(["COMPLETE", "FAILED", "CANCELLED"], local.status)
}

output "succeeded" {
  description = "Whether the run has ended successfully."
  value       = data.customerprofiles_workflow.this.status == "COMPLETE"
}

output "progress" {
  description = "Fraction of completed steps, from 0 to 1. 0 if the number of steps is unknown."
  value       = local.steps > 0 ? local.metrics.steps_completed / local.steps : 0
}

output "error_description" {
  description = "Error messages of the run, or null if there are none."
  value       = data.customerprofiles_workflow.this.error_description
}
