# Waits for all imports that started after a date, and accepts canceled ones.
# Without this date, an old failed run would fail the wait.
data "customerprofiles_workflows" "imports" {
  domain_name      = "acme"
  query_start_date = "2024-06-09T00:00:00Z"

  wait_for = {
    statuses = ["COMPLETE", "CANCELLED"]
    interval = "30s"
  }

  timeouts {
    read = "2h"
  }

  lifecycle {
    postcondition {
      condition     = length(self.items) > 0
      error_message = "No import has started."
    }
  }
}
