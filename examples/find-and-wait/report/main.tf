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
  # Attributes that the API doesn't return are null.
  source = coalesce(try(var.workflow.attributes.appflow_integration.source_connector_type, null), "an unknown source")
  total  = try(var.workflow.metrics.appflow_integration.records_processed, 0)
}

output "lines" {
  description = "Lines of the report."
  value = concat(
    ["The import from ${local.source} is ${var.workflow.status}, with ${local.total} records."],
    [
      for step in var.steps : join("", [
        "${coalesce(step.flow_name, "unknown flow")}: ${coalesce(step.status, "UNKNOWN")}, ",
        "${step.records_processed} records",
      ]) if step != null
    ],
  )
}
