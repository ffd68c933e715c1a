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
  value       = "The ingestion from ${var.connector} is ${var.status}, with ${var.records_processed} records processed."
}
