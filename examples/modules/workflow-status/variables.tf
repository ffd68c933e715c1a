variable "domain_name" {
  description = "Name of the Customer Profiles domain. Must be 1 to 64 letters, digits, hyphens, and underscores."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,64}$", var.domain_name))
    error_message = "domain_name must be 1 to 64 letters, digits, hyphens, and underscores."
  }
}

variable "workflow_id" {
  description = "ID of the workflow. Must be 32 lowercase hexadecimal digits."
  type        = string

  validation {
    condition     = can(regex("^[a-f0-9]{32}$", var.workflow_id))
    error_message = "workflow_id must be 32 lowercase hexadecimal digits."
  }
}

variable "region" {
  description = "Region of the domain. Defaults to the Region of the provider."
  type        = string
  default     = null
}
