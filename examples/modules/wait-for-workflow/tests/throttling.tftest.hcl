# Tests that the wait survives throttling and a dropped connection. The environment
# variables that the simulator prints must be set.

provider "customerprofiles" {}

variables {
  domain_name = "acme"
  workflow_id = "00000000000000000000000000000001"
  interval    = "1s"
  timeout     = "1m"
}

run "reset" {
  module {
    source = "./tests/simulator"
  }

  variables {
    request = "POST reset"
  }
}

run "workflow_of_three_seconds" {
  module {
    source = "./tests/simulator"
  }

  variables {
    request = "PUT domains/acme/workflows/00000000000000000000000000000001"
    body = {
      WorkflowId = "00000000000000000000000000000001"
      Status     = "NOT_STARTED"
      Timeline = [
        { After = "1s", Status = "IN_PROGRESS" },
        { After = "3s", Status = "COMPLETE", Metrics = { AppflowIntegration = { RecordsProcessed = 42 } } },
      ]
    }
  }
}

run "throttling_and_a_dropped_connection" {
  module {
    source = "./tests/simulator"
  }

  variables {
    request = "PUT faults"
    body = [
      { operation = "GetWorkflow", times = 2, status = 429, code = "ThrottlingException" },
      { operation = "GetWorkflow", times = 1, connection = "reset" },
    ]
  }
}

run "completes" {
  assert {
    condition     = output.status == "COMPLETE" && output.records_processed == 42
    error_message = "The workflow must be complete with 42 records. Its status is ${output.status}."
  }
}

run "faults_happened" {
  module {
    source = "./tests/simulator"
  }

  variables {
    request = "GET faults"
    expect  = "\"left\":0.*\"left\":0"
  }
}
