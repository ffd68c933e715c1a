# Waits for the newest workflow of a domain.

terraform {
  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}

data "customerprofiles_workflows" "all" {
  domain_name = "acme"
}

locals {
  # values() sorts by the keys, so the newest workflow is the last one.
  newest = reverse(values({
    for item in data.customerprofiles_workflows.all.items :
    "${trimsuffix(item.created_at, "Z")} ${item.workflow_id}" => item
    if item.created_at != null
  }))[0]
}

data "customerprofiles_workflow" "newest" {
  domain_name = "acme"
  workflow_id = local.newest.workflow_id

  wait_for = {
    statuses = ["COMPLETE"]
    interval = "1s"
  }

  timeouts {
    read = "1h"
  }
}

output "metrics" {
  value = data.customerprofiles_workflow.newest.metrics
}
