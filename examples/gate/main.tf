# Creates a resource after a workflow is complete.

terraform {
  required_version = ">= 1.4" # for terraform_data

  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}

provider "customerprofiles" {
  region = "us-east-1"
}

variable "domain_name" {
  description = "Name of the Customer Profiles domain."
  type        = string
  default     = "acme"
}

variable "workflow_id" {
  description = "ID of the workflow to wait for."
  type        = string
  default     = "0123456789abcdef0123456789abcdef"
}

data "customerprofiles_workflow" "crm" {
  domain_name = var.domain_name
  workflow_id = var.workflow_id

  wait_for = {
    statuses = ["COMPLETE"]
    interval = "15s"
  }

  timeouts {
    read = "1h"
  }

  lifecycle {
    postcondition {
      condition = try(self.metrics.appflow_integration.records_processed, 0) > 0
      error_message = join(" ", [
        "Workflow ${self.workflow_id} in domain ${self.domain_name} is complete, but it processed no records.",
        "Check the filter of the source, and run the workflow again.",
      ])
    }
  }
}

# A placeholder for resources that need the imported data. Terraform replaces it
# after each update of the workflow.
resource "terraform_data" "reports" {
  input            = data.customerprofiles_workflow.crm.metrics.appflow_integration.records_processed
  triggers_replace = data.customerprofiles_workflow.crm.last_updated_at
}

output "records" {
  description = "Number of imported records."
  value       = terraform_data.reports.output
}
