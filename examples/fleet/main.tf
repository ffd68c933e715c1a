# Reports all workflows of several domains in two Regions, in CSV format.
#
# The statuses and dates are from the lists, which take one request per 100
# workflows. Only workflows that aren't finished are also read one by one, because
# the lists don't have their progress.

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
      for item in list.items : "${key}/${item.workflow_id}" => merge(local.domains[key], item)
    }
  ]...)

  # A status that the API doesn't return is null.
  unfinished = {
    for key, workflow in local.workflows : key => workflow
    if !contains(["COMPLETE", "FAILED", "CANCELLED"], coalesce(workflow.status, "UNKNOWN"))
  }

  columns = ["workflow", "status", "created_at", "last_updated_at"]
  rows = [
    for key, workflow in local.workflows :
    [key, workflow.status, workflow.created_at, workflow.last_updated_at]
  ]
}

data "customerprofiles_workflows" "all" {
  for_each = local.domains

  domain_name = each.value.domain_name
  region      = each.value.region
}

data "customerprofiles_workflow" "unfinished" {
  for_each = local.unfinished

  domain_name = each.value.domain_name
  region      = each.value.region
  workflow_id = each.value.workflow_id
}

output "failed" {
  description = "Status descriptions of the failed workflows."
  value       = { for key, workflow in local.workflows : key => workflow.status_description if workflow.status == "FAILED" }
}

output "progress" {
  description = "Number of processed records of each workflow that isn't finished."
  value = {
    for key, workflow in data.customerprofiles_workflow.unfinished :
    key => try(workflow.metrics.appflow_integration.records_processed, 0)
  }
}

output "report" {
  description = "All workflows, in CSV format."
  value = join("\n", [
    for row in concat([local.columns], local.rows) :
    join(",", [for value in row : value == null ? "" : value])
  ])
}
