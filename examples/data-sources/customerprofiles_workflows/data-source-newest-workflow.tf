data "customerprofiles_workflows" "all" {
  domain_name = "acme"
}

locals {
  # The API doesn't document the order of the list. values() sorts by the keys:
  # timestamps, without the "Z" that follows fractions of different lengths.
  workflows = values({
    for item in data.customerprofiles_workflows.all.items :
    "${trimsuffix(item.created_at, "Z")} ${item.workflow_id}" => item
    if item.created_at != null
  })
  in_progress = [for item in local.workflows : item if item.status == "IN_PROGRESS"]
}

# Null if there is no such workflow.
output "newest" {
  value = try(reverse(local.workflows)[0].workflow_id, null)
}

output "newest_in_progress" {
  value = try(reverse(local.in_progress)[0].workflow_id, null)
}
