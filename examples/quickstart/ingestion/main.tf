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
  description = "ID of the workflow to read."
  type        = string
}

data "customerprofiles_workflow" "this" {
  domain_name = var.domain_name
  workflow_id = var.workflow_id

  timeouts {
    read = "2m"
  }
}

output "workflow" {
  description = "All attributes of the workflow."
  value       = data.customerprofiles_workflow.this
}
