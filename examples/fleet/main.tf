# Every workflow of several domains in two Regions, as one map and one report.

terraform {
  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}

# One provider reads every Region: each data source names its own.
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
  places = merge([
    for region, names in var.domains : {
      for name in names : "${region}/${name}" => { region = region, domain_name = name }
    }
  ]...)

  workflows = merge([
    for place, list in data.customerprofiles_workflows.all : {
      for item in list.items : "${place}/${item.workflow_id}" => merge(local.places[place], { workflow_id = item.workflow_id })
    }
  ]...)

  columns = ["workflow", "status", "source", "records", "last_updated_at"]
  rows = [
    for name, workflow in data.customerprofiles_workflow.all : [
      name,
      workflow.status,
      try(workflow.attributes.appflow_integration.source_connector_type, null),
      try(workflow.metrics.appflow_integration.records_processed, null),
      workflow.last_updated_at,
    ]
  ]
}

data "customerprofiles_workflows" "all" {
  for_each = local.places

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
  description = "Every workflow, by Region, domain and ID."
  value       = data.customerprofiles_workflow.all
}

output "failed" {
  description = "Names of the workflows that failed."
  value       = [for name, workflow in data.customerprofiles_workflow.all : name if workflow.status == "FAILED"]
}

output "report" {
  description = "The same as a table in CSV."
  value = join("\n", [
    for row in concat([local.columns], local.rows) :
    join(",", [for value in row : value == null ? "" : tostring(value)])
  ])
}
