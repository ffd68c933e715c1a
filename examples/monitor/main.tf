# Prints warnings about a workflow that needs attention. The plan never fails.

terraform {
  required_version = ">= 1.5" # for check blocks

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
  description = "ID of the workflow to monitor."
  type        = string
  default     = "2b3c4d5e6f708192a3b4c5d6e7f80112"
}

variable "progress_within" {
  description = "Maximum time since the last update of a running workflow, as a duration such as 6h."
  type        = string
  default     = "6h"
}

variable "role_arn" {
  description = "ARN of the IAM role that the workflow must use."
  type        = string
  default     = "arn:aws:iam::123456789012:role/CustomerProfilesAppFlow"
}

data "customerprofiles_workflow" "crm" {
  domain_name = var.domain_name
  workflow_id = var.workflow_id
}

locals {
  workflow = data.customerprofiles_workflow.crm
  running  = contains(["NOT_STARTED", "IN_PROGRESS", "SPLIT", "RETRY"], local.status)

  # Attributes that the API doesn't return are null.
  status          = coalesce(local.workflow.status, "UNKNOWN")
  last_updated_at = coalesce(local.workflow.last_updated_at, plantimestamp())
  role_arn        = try(local.workflow.attributes.appflow_integration.role_arn, null)
}

check "not_failed" {
  assert {
    condition     = local.status != "FAILED"
    error_message = "The workflow failed: ${coalesce(local.workflow.error_description, "no error description")}"
  }
}

check "progress" {
  assert {
    condition = (
      !local.running || timecmp(local.last_updated_at, timeadd(plantimestamp(), "-${var.progress_within}")) > 0
    )
    error_message = "The status is ${local.status}, but the last update was at ${local.last_updated_at}."
  }
}

check "role" {
  assert {
    condition     = local.role_arn == var.role_arn
    error_message = "The workflow uses ${coalesce(local.role_arn, "no role")} instead of ${var.role_arn}."
  }
}

output "status" {
  description = "Status of the workflow, or UNKNOWN."
  value       = local.status
}
