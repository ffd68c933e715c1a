terraform {
  required_version = ">= 1.2" # for postconditions

  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}
