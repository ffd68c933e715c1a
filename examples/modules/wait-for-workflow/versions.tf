terraform {
  required_version = ">= 1.3"

  required_providers {
    customerprofiles = {
      source  = "customerprofiles/customerprofiles"
      version = ">= 0.0.1"
    }
  }
}
