# Reads a workflow in one module and passes its attributes to another one.

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

variable "workflow_id" {
  description = "ID of the workflow to read."
  type        = string
  default     = "0123456789abcdef0123456789abcdef"
}

module "ingestion" {
  source = "./ingestion"

  domain_name = var.domain_name
  workflow_id = var.workflow_id
}

module "report" {
  source = "./report"

  # Attributes that the API doesn't return are null.
  connector         = try(module.ingestion.workflow.attributes.appflow_integration.source_connector_type, null)
  status            = module.ingestion.workflow.status
  records_processed = try(module.ingestion.workflow.metrics.appflow_integration.records_processed, 0)
}

output "workflow" {
  description = "All attributes of the workflow."
  value       = module.ingestion.workflow
}

output "report" {
  description = "Summary of the workflow."
  value       = module.report.text
}
