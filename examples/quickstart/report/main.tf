variable "connector" {
  description = "Where the data comes from."
  type        = string
}

variable "status" {
  description = "How the ingestion stands."
  type        = string
}

variable "records_processed" {
  description = "Number of records processed."
  type        = number
}

output "text" {
  description = "The ingestion in a sentence."
  value       = "The ingestion from ${var.connector} is ${var.status}, with ${var.records_processed} records processed."
}
