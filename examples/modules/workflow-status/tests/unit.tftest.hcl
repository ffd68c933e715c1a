# The module's own logic, on answers that are made up: nothing is called.

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

run "a_run_that_lasts" {
  assert {
    condition     = !output.ended && !output.succeeded
    error_message = "A run in progress has not ended."
  }

  assert {
    condition     = output.progress == 0.75
    error_message = "3 of 4 steps are 0.75, not ${output.progress}."
  }
}

run "a_run_that_failed" {
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
    error_message = "A failed run has ended, and not well."
  }

  assert {
    condition     = output.error_description == "access denied"
    error_message = "The reason is lost."
  }
}

run "a_wrong_workflow_id" {
  command = plan

  variables {
    workflow_id = "not an ID"
  }

  expect_failures = [var.workflow_id]
}

run "a_wrong_domain_name" {
  command = plan

  variables {
    domain_name = "ac me"
  }

  expect_failures = [var.domain_name]
}
