terraform {
  required_version = ">= 1.2" # for postconditions

  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}

variable "domain_name" {
  description = "Name of the Customer Profiles domain."
  type        = string
}

variable "uri" {
  description = "URI of the integration."
  type        = string
}

data "customerprofiles_integration" "this" {
  domain_name = var.domain_name
  uri         = var.uri

  lifecycle {
    postcondition {
      condition     = self.workflow_id != null
      error_message = "Integration ${self.uri} has no workflow."
    }
  }
}

data "customerprofiles_workflow" "this" {
  domain_name = var.domain_name
  workflow_id = data.customerprofiles_integration.this.workflow_id

  # The simulator's workflow takes a few polls. For an import that takes hours,
  # poll once a minute.
  wait_for = {
    statuses = ["COMPLETE"]
    interval = "1s"
  }

  timeouts {
    read = "1h"
  }
}

# The reference makes Terraform read the steps after the wait.
data "customerprofiles_workflow_steps" "this" {
  domain_name = var.domain_name
  workflow_id = data.customerprofiles_workflow.this.workflow_id
}

output "object_type_name" {
  description = "Profile object type of the imported data."
  value       = data.customerprofiles_integration.this.object_type_name
}

output "workflow" {
  description = "The completed workflow."
  value       = data.customerprofiles_workflow.this
}

output "steps" {
  description = "The steps of the workflow."
  value       = data.customerprofiles_workflow_steps.this.items[*].appflow_integration
}
