# Finds the workflow of an integration, waits for it to complete, and passes it to
# another module.

terraform {
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

variable "uri" {
  description = "URI of the integration, here the ARN of an AppFlow flow."
  type        = string
  default     = "arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce"
}

data "customerprofiles_integrations" "all" {
  domain_name = var.domain_name
}

data "customerprofiles_workflows" "failed" {
  domain_name = var.domain_name
  status      = "FAILED"
}

module "ingestion" {
  source = "./ingestion"

  domain_name = var.domain_name
  uri         = var.uri
}

# Terraform evaluates this module after the workflow is complete.
module "report" {
  source = "./report"

  object_type = module.ingestion.object_type_name
  workflow    = module.ingestion.workflow
  steps       = module.ingestion.steps
}

output "integrations" {
  description = "URIs of all integrations in the domain."
  value       = data.customerprofiles_integrations.all.items[*].uri
}

output "failed" {
  description = "Status descriptions of the failed workflows in the domain, by workflow ID."
  value = {
    for workflow in data.customerprofiles_workflows.failed.items :
    workflow.workflow_id => workflow.status_description
  }
}

output "report" {
  description = "Imported records, by step."
  value       = module.report.lines
}
