# Other infrastructure waits until an ingestion is complete.

terraform {
  required_version = ">= 1.4"

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
      condition     = try(self.metrics.appflow_integration.records_processed, 0) > 0
      error_message = "The ingestion ${self.workflow_id} of domain ${self.domain_name} is complete, but it brought no records. Check the source's filter, then run the ingestion again."
    }
  }
}

# Stands for what needs the data: it is made when the ingestion is complete, and
# made anew when there is a later one.
resource "terraform_data" "reports" {
  input            = data.customerprofiles_workflow.crm.metrics.appflow_integration.records_processed
  triggers_replace = data.customerprofiles_workflow.crm.last_updated_at
}

output "records" {
  description = "Number of records that the reports are made of."
  value       = terraform_data.reports.output
}
