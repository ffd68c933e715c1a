terraform {
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

variable "workflow_id" {
  description = "ID of the workflow to wait for."
  type        = string
}

data "customerprofiles_workflow" "this" {
  domain_name = var.domain_name
  workflow_id = var.workflow_id

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

output "workflow" {
  description = "The completed workflow."
  value       = data.customerprofiles_workflow.this
}

output "steps" {
  description = "The steps of the workflow."
  value       = data.customerprofiles_workflow_steps.this.items[*].appflow_integration
}
