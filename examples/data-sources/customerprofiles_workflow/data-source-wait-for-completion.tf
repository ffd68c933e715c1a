# Resources that depend on this data source are created after the import is
# complete.
data "customerprofiles_workflow" "import" {
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
