module github.com/customerprofiles/terraform-provider-customerprofiles

go 1.25.8
