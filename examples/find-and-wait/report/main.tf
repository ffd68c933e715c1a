variable "workflow" {
  description = "The workflow."
  type = object({
    status     = string
    attributes = object({ appflow_integration = object({ source_connector_type = string }) })
    metrics    = object({ appflow_integration = object({ records_processed = number }) })
  })
}

variable "steps" {
  description = "The steps of the workflow."
  type = list(object({
    flow_name         = string
    status            = string
    records_processed = number
  }))
}

locals {
  source = var.workflow.attributes.appflow_integration.source_connector_type
  total  = var.workflow.metrics.appflow_integration.records_processed
}

output "lines" {
  description = "Lines of the report."
  value = concat(
    ["The import from ${local.source} is ${var.workflow.status}, with ${local.total} records."],
    [for step in var.steps : "${step.flow_name}: ${step.status}, ${step.records_processed} records"],
  )
}
