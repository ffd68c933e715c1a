# Finds the newest workflow of a domain, waits for it to complete, and passes it to
# another module.

terraform {
  required_version = ">= 1.2" # for postconditions

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

data "customerprofiles_workflows" "all" {
  domain_name = var.domain_name

  lifecycle {
    postcondition {
      condition     = length(self.items) > 0
      error_message = "Domain ${self.domain_name} has no workflows."
    }
  }
}

locals {
  # The API doesn't document the order of the list. values() sorts by the keys:
  # timestamps, without the "Z" that follows fractions of different lengths.
  workflows = values({
    for item in data.customerprofiles_workflows.all.items :
    "${trimsuffix(item.created_at, "Z")} ${item.workflow_id}" => item
    if item.created_at != null
  })
  newest = reverse(local.workflows)[0]
}

module "ingestion" {
  source = "./ingestion"

  domain_name = var.domain_name
  workflow_id = local.newest.workflow_id
}

# Terraform evaluates this module after the workflow is complete.
module "report" {
  source = "./report"

  workflow = module.ingestion.workflow
  steps    = module.ingestion.steps
}

output "failed" {
  description = "Status descriptions of the failed workflows in the domain, by workflow ID."
  value       = { for item in local.workflows : item.workflow_id => item.status_description if item.status == "FAILED" }
}

output "report" {
  description = "Imported records, by step."
  value       = module.report.lines
}
