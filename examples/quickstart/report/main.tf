variable "connector" {
  description = "Source of the data."
  type        = string
}

variable "status" {
  description = "Status of the workflow."
  type        = string
}

variable "records_processed" {
  description = "Number of records processed."
  type        = number
}

output "text" {
  description = "Summary of the workflow."
  value = join("", [
    "The ingestion from ${coalesce(var.connector, "an unknown source")} is ${coalesce(var.status, "UNKNOWN")}, ",
    "with ${var.records_processed} records processed.",
  ])
}
