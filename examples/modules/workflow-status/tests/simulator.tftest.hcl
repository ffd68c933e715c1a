# Tests the module with the simulator's default data. The environment variables
# that the simulator prints must be set.

provider "customerprofiles" {
  region = "us-east-1"
}

variables {
  domain_name = "acme"
}

run "complete" {
  variables {
    workflow_id = "0123456789abcdef0123456789abcdef"
  }

  assert {
    condition     = output.status == "COMPLETE" && output.ended && output.succeeded && output.progress == 1
    error_message = "The Salesforce workflow must be complete. Its status is ${output.status}."
  }
}

run "failed" {
  variables {
    workflow_id = "1a2b3c4d5e6f708192a3b4c5d6e7f801"
  }

  assert {
    condition     = output.ended && !output.succeeded && output.error_description != null
    error_message = "The Marketo workflow must have failed. Its status is ${output.status}."
  }
}

run "in_another_region" {
  variables {
    domain_name = "globex"
    workflow_id = "fedcba9876543210fedcba9876543210"
    region      = "eu-west-1"
  }

  assert {
    condition     = output.succeeded
    error_message = "The workflow in eu-west-1 must be complete. Its status is ${output.status}."
  }
}
