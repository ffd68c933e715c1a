# Another way to find a workflow: an integration names its workflow, if it has one.
# While historical data is imported, the integration may not exist yet.

variable "uri" {
  description = "URI of an integration, here the ARN of an AppFlow flow."
  type        = string
  default     = "arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce"
}

data "customerprofiles_integration" "crm" {
  domain_name = var.domain_name
  uri         = var.uri

  lifecycle {
    postcondition {
      condition     = self.workflow_id != null
      error_message = "Integration ${self.uri} has no workflow."
    }
  }
}

output "workflow_of_integration" {
  description = "ID of the integration's workflow."
  value       = data.customerprofiles_integration.crm.workflow_id
}
