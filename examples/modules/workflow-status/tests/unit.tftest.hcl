# Tests the logic of the module with a mocked provider. No requests are sent.

mock_provider "customerprofiles" {
  mock_data "customerprofiles_workflow" {
    defaults = {
      status            = "IN_PROGRESS"
      error_description = null
      metrics = {
        appflow_integration = {
          records_processed = 10
          steps_completed   = 3
          total_steps       = 4
        }
      }
    }
  }
}

variables {
  domain_name = "acme"
  workflow_id = "0123456789abcdef0123456789abcdef"
}

run "in_progress" {
  assert {
    condition     = !output.ended && !output.succeeded
    error_message = "A workflow in progress must not have ended."
  }

  assert {
    condition     = output.progress == 0.75
    error_message = "The progress must be 0.75 after 3 of 4 steps. It is ${output.progress}."
  }
}

run "failed" {
  override_data {
    target = data.customerprofiles_workflow.this
    values = {
      status            = "FAILED"
      error_description = "access denied"
      metrics = {
        appflow_integration = {
          records_processed = 0
          steps_completed   = 0
          total_steps       = 0
        }
      }
    }
  }

  assert {
    condition     = output.ended && !output.succeeded && output.progress == 0
    error_message = "A failed workflow must have ended without success."
  }

  assert {
    condition     = output.error_description == "access denied"
    error_message = "error_description must be the workflow's."
  }
}

run "invalid_workflow_id" {
  command = plan

  variables {
    workflow_id = "not an ID"
  }

  expect_failures = [var.workflow_id]
}

run "invalid_domain_name" {
  command = plan

  variables {
    domain_name = "ac me"
  }

  expect_failures = [var.domain_name]
}
