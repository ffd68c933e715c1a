terraform {
  # Postconditions came with 1.2.
  required_version = ">= 1.2"

  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}
