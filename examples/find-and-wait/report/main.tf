variable "object_type" {
  description = "Profile object type of the imported data."
  type        = string
}

variable "workflow" {
  description = "The workflow."
  type = object({
    status  = string
    metrics = object({ appflow_integration = object({ records_processed = number }) })
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
  total = var.workflow.metrics.appflow_integration.records_processed
}

output "lines" {
  description = "Lines of the report."
  value = concat(
    ["${var.object_type} is ${var.workflow.status}, with ${local.total} records."],
    [for step in var.steps : "${step.flow_name}: ${step.status}, ${step.records_processed} records"],
  )
}
