variable "domain_name" {
  description = "Name of the Customer Profiles domain."
  type        = string
}

variable "workflow_id" {
  description = "ID of the workflow to wait for."
  type        = string
}

variable "interval" {
  description = "Time between two polls."
  type        = string
  default     = "15s"
}

variable "timeout" {
  description = "How long to wait."
  type        = string
  default     = "1h"
}
