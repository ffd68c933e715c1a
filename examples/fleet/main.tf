# Reads all workflows of several domains in two Regions, and reports them as CSV.

terraform {
  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}

# Data sources can read from Regions other than the provider's.
provider "customerprofiles" {
  region = "us-east-1"
}

variable "domains" {
  description = "Names of the domains to read, by Region."
  type        = map(set(string))
  default = {
    us-east-1 = ["acme", "initech"]
    eu-west-1 = ["acme", "globex"]
  }
}

locals {
  domains = merge([
    for region, names in var.domains : {
      for name in names : "${region}/${name}" => { region = region, domain_name = name }
    }
  ]...)

  workflows = merge([
    for key, list in data.customerprofiles_workflows.all : {
      for item in list.items :
      "${key}/${item.workflow_id}" => merge(local.domains[key], { workflow_id = item.workflow_id })
    }
  ]...)

  columns = ["workflow", "status", "source", "records", "last_updated_at"]
  rows = [
    for key, workflow in data.customerprofiles_workflow.all : [
      key,
      workflow.status,
      try(workflow.attributes.appflow_integration.source_connector_type, null),
      try(workflow.metrics.appflow_integration.records_processed, null),
      workflow.last_updated_at,
    ]
  ]
}

data "customerprofiles_workflows" "all" {
  for_each = local.domains

  domain_name = each.value.domain_name
  region      = each.value.region
}

data "customerprofiles_workflow" "all" {
  for_each = local.workflows

  domain_name = each.value.domain_name
  region      = each.value.region
  workflow_id = each.value.workflow_id
}

output "workflows" {
  description = "All workflows, by Region, domain, and ID."
  value       = data.customerprofiles_workflow.all
}

output "failed" {
  description = "Failed workflows."
  value       = [for key, workflow in data.customerprofiles_workflow.all : key if workflow.status == "FAILED"]
}

output "report" {
  description = "All workflows, in CSV format."
  value = join("\n", [
    for row in concat([local.columns], local.rows) :
    join(",", [for value in row : value == null ? "" : tostring(value)])
  ])
}
