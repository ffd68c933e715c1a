# Sends a request to the control API of the simulator.

terraform {
  required_version = ">= 1.4" # for terraform_data
}

variable "request" {
  description = "Method and path below /_simulator/, such as \"POST reset\"."
  type        = string
}

variable "body" {
  description = "Body of the request."
  type        = any
  default     = null
}

variable "expect" {
  description = "Regular expression that the response must match."
  type        = string
  default     = "."
}

resource "terraform_data" "request" {
  triggers_replace = [var.request, var.body, var.expect]

  provisioner "local-exec" {
    command = "curl -sS --fail -X $METHOD --data \"$BODY\" $AWS_ENDPOINT_URL_CUSTOMER_PROFILES/_simulator/$TARGET | grep -e \"$EXPECT\""

    environment = {
      METHOD = split(" ", var.request)[0]
      TARGET = split(" ", var.request)[1]
      BODY   = jsonencode(var.body)
      EXPECT = var.expect
    }
  }
}
