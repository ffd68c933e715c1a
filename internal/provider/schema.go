// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The descriptions become the provider's page in the registry, and the names
// and their meaning are those of hashicorp/aws.
const description = "Reads Amazon Connect Customer Profiles.\n\n" +
	"The provider is configured like `hashicorp/aws`: the arguments below have the names, the environment variables, " +
	"the shared files and the precedence that they have there, so that a provider block that works there can be copied. " +
	"Four things differ. STS is called only where something needs it: a role to assume, `allowed_account_ids` or " +
	"`forbidden_account_ids`, or `skip_credentials_validation = false`; a plan works where only the endpoint of " +
	"Customer Profiles can be reached. `skip_metadata_api_check` is as good as its name: `true` skips the metadata " +
	"service, `false` asks it. Where `max_retries` is not set, `AWS_MAX_ATTEMPTS` and the profile count before the 25 of " +
	"`hashicorp/aws`. And a provider without a Region is no error until a data source needs one.\n\n" +
	"A literal secret in the provider block is kept in a saved plan, in the copy of the configuration that Terraform " +
	"puts there. Give secrets by the environment, the shared files or a role."

func newSchema() schema.Schema {
	attributes := map[string]schema.Attribute{}
	maps.Copy(attributes, credentialAttributes())
	maps.Copy(attributes, accountAttributes())
	maps.Copy(attributes, regionAttributes())
	maps.Copy(attributes, networkAttributes())
	maps.Copy(attributes, requestAttributes())
	return schema.Schema{
		MarkdownDescription: description,
		Attributes:          attributes,
		Blocks: map[string]schema.Block{
			"assume_role":                   assumeRoleBlock(),
			"assume_role_with_web_identity": webIdentityBlock(),
			"endpoints":                     endpointsBlock(),
		},
	}
}

func text(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: validators}
}

func secret(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: description, Validators: validators}
}

func flag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Optional: true, MarkdownDescription: description}
}

func number(description string, validators ...validator.Int64) schema.Int64Attribute {
	return schema.Int64Attribute{Optional: true, MarkdownDescription: description, Validators: validators}
}

func list(description string, validators ...validator.List) schema.ListAttribute {
	return schema.ListAttribute{Optional: true, ElementType: types.StringType, MarkdownDescription: description, Validators: validators}
}

func set(description string, validators ...validator.Set) schema.SetAttribute {
	return schema.SetAttribute{Optional: true, ElementType: types.StringType, MarkdownDescription: description, Validators: validators}
}
