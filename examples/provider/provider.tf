terraform {
  required_providers {
    customerprofiles = {
      source = "customerprofiles/customerprofiles"
    }
  }
}

provider "customerprofiles" {
  region = "us-east-1"
}

data "customerprofiles_workflow" "crm" {
  domain_name = "acme"
  workflow_id = "0123456789abcdef0123456789abcdef"
}

output "status" {
  value = data.customerprofiles_workflow.crm.status
}
