terraform {
  # Postconditions came with 1.2.
  required_version = ">= 1.2"

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
      error_message = "The integration ${self.uri} has no workflow to wait for."
    }
  }
}

data "customerprofiles_workflow" "this" {
  domain_name = var.domain_name
  workflow_id = data.customerprofiles_integration.this.workflow_id

  # The interval suits the simulator; an ingestion of hours needs no more than
  # one look a minute.
  wait_for = {
    statuses = ["COMPLETE"]
    interval = "1s"
  }

  timeouts {
    read = "1h"
  }
}

# The ID is the awaited workflow's, so that the steps are read when it is over.
data "customerprofiles_workflow_steps" "this" {
  domain_name = var.domain_name
  workflow_id = data.customerprofiles_workflow.this.workflow_id
}

output "object_type_name" {
  description = "Profile object type that the data becomes."
  value       = data.customerprofiles_integration.this.object_type_name
}

output "workflow" {
  description = "The workflow when it was complete."
  value       = data.customerprofiles_workflow.this
}

output "steps" {
  description = "The steps of the workflow."
  value       = data.customerprofiles_workflow_steps.this.items[*].appflow_integration
}
