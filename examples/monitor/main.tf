# Warns about an ingestion that needs a person, and fails no plan.

terraform {
  required_version = ">= 1.5"

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
  description = "ID of the workflow to watch."
  type        = string
  default     = "2b3c4d5e6f708192a3b4c5d6e7f80112"
}

variable "progress_within" {
  description = "How recent a run's last progress must be while it lasts, as a duration such as 6h."
  type        = string
  default     = "6h"
}

variable "role_arn" {
  description = "ARN of the IAM role that the ingestion must run with."
  type        = string
  default     = "arn:aws:iam::123456789012:role/CustomerProfilesAppFlow"
}

data "customerprofiles_workflow" "crm" {
  domain_name = var.domain_name
  workflow_id = var.workflow_id
}

locals {
  workflow = data.customerprofiles_workflow.crm
  # The API may leave out any member: what is absent is null.
  status   = coalesce(local.workflow.status, "UNKNOWN")
  running  = contains(["NOT_STARTED", "IN_PROGRESS", "SPLIT", "RETRY"], local.status)
  role_arn = try(local.workflow.attributes.appflow_integration.role_arn, null)
}

check "not_failed" {
  assert {
    condition     = local.status != "FAILED"
    error_message = "The ingestion ${var.workflow_id} failed: ${coalesce(local.workflow.error_description, "no reason is given")}"
  }
}

check "progress" {
  assert {
    condition = (
      !local.running || local.workflow.last_updated_at == null ? true :
      timecmp(local.workflow.last_updated_at, timeadd(plantimestamp(), "-${var.progress_within}")) > 0
    )
    error_message = "The ingestion ${var.workflow_id} is ${local.status} and has made no progress since ${coalesce(local.workflow.last_updated_at, "its start")}."
  }
}

check "role" {
  assert {
    condition     = local.role_arn == var.role_arn
    error_message = "The ingestion ${var.workflow_id} runs with ${coalesce(local.role_arn, "no role")}, not with ${var.role_arn}."
  }
}

output "status" {
  description = "How the ingestion stands."
  value       = local.status
}
