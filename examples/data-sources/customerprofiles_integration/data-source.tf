data "customerprofiles_integration" "crm" {
  domain_name = "acme"
  uri         = "arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce"
}

output "workflow_id" {
  value = data.customerprofiles_integration.crm.workflow_id
}
