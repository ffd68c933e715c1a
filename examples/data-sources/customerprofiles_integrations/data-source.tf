data "customerprofiles_integrations" "example" {
  domain_name = "acme"
}

output "uris" {
  value = data.customerprofiles_integrations.example.items[*].uri
}
