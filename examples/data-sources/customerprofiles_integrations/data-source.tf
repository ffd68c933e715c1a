data "customerprofiles_integrations" "all" {
  domain_name = "acme"
}

output "uris" {
  value = data.customerprofiles_integrations.all.items[*].uri
}
