# What depends on this data source is planned and applied after the ingestion.
data "customerprofiles_workflow" "ingestion" {
  domain_name = "acme"
  workflow_id = "0123456789abcdef0123456789abcdef"

  wait_for = {
    statuses = ["COMPLETE"]
    interval = "30s"
  }

  timeouts {
    read = "2h"
  }
}
