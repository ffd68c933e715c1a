// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var (
	// regionPattern ensures that a Region is a valid label of a host name, or empty.
	regionPattern    = regexp.MustCompile(`^([a-z0-9]+(-[a-z0-9]+)*)?$`)
	accountIDPattern = regexp.MustCompile(`^[0-9]{12}$`)

	// The patterns of the STS API.
	sessionNamePattern = regexp.MustCompile(`^[\w+=,.@-]*$`)
	externalIDPattern  = regexp.MustCompile(`^[\w+=,.@:/-]*$`)
)

func newSchema() schema.Schema {
	attributes := credentialAttributes()
	maps.Copy(attributes, requestAttributes())
	return schema.Schema{
		MarkdownDescription: "Reads workflows and integrations of Amazon Connect Customer Profiles. The provider is " +
			"configured like `hashicorp/aws`.",
		Attributes: attributes,
		Blocks: map[string]schema.Block{
			"assume_role":                   assumeRoleBlock(),
			"assume_role_with_web_identity": webIdentityBlock(),
			"endpoints":                     endpointsBlock(),
		},
	}
}

func credentialAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"access_key": sensitiveAttribute("AWS access key ID. Requires `secret_key`. Can also be set with the "+
			"`AWS_ACCESS_KEY_ID` environment variable, or with `aws_access_key_id` in the profile.", controlCharacterValidator),
		"secret_key": sensitiveAttribute("AWS secret access key. Requires `access_key`. Can also be set with the "+
			"`AWS_SECRET_ACCESS_KEY` environment variable, or with `aws_secret_access_key` in the profile.",
			controlCharacterValidator),
		"token": sensitiveAttribute("Session token of temporary credentials. Requires `access_key` and `secret_key`. Can "+
			"also be set with the `AWS_SESSION_TOKEN` environment variable, or with `aws_session_token` in the profile.",
			controlCharacterValidator),
		"profile": stringAttribute("Name of a profile in the shared config and credentials files. This argument takes " +
			"precedence over static credentials in environment variables. Can also be set with the `AWS_PROFILE` environment " +
			"variable. Defaults to `default`."),
		"shared_config_files": listAttribute("List of paths of shared config files. `~` and environment variables in the "+
			"paths are expanded, files that don't exist are ignored, and later files take precedence. A single path can "+
			"also be set with the `AWS_CONFIG_FILE` environment variable. Defaults to `[\"~/.aws/config\"]`.",
			elementsValidators()...),
		"shared_credentials_files": listAttribute("List of paths of shared credentials files. `~` and environment "+
			"variables in the paths are expanded, files that don't exist are ignored, and later files take precedence. A "+
			"single path can also be set with the `AWS_SHARED_CREDENTIALS_FILE` environment variable. Defaults to "+
			"`[\"~/.aws/credentials\"]`.",
			elementsValidators()...),
		"ec2_metadata_service_endpoint": stringAttribute("URL of the EC2 instance metadata service. Can also be set with "+
			"the `AWS_EC2_METADATA_SERVICE_ENDPOINT` environment variable, or with `ec2_metadata_service_endpoint` in the "+
			"profile. Defaults to `http://169.254.169.254`.", httpURLValidator),
		"ec2_metadata_service_endpoint_mode": stringAttribute("IP version of the default endpoint of the EC2 instance "+
			"metadata service. Valid values: `IPv4`, `IPv6`. Can also be set with the "+
			"`AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE` environment variable, or with `ec2_metadata_service_endpoint_mode` in "+
			"the profile. Defaults to `IPv4`.",
			stringvalidator.OneOfCaseInsensitive("IPv4", "IPv6", "")),
		"skip_metadata_api_check": stringAttribute("Whether to skip the EC2 instance metadata service as a source of "+
			"credentials and of the Region. Valid values: `true`, `false`. Can also be set with the "+
			"`AWS_EC2_METADATA_DISABLED` environment variable. If neither is set, the metadata service is used after all "+
			"other sources.",
			boolStringValidator),
		"allowed_account_ids": setAttribute("Set of IDs of the AWS accounts that the credentials may belong to. "+
			"Credentials of any other account are an error. Conflicts with `forbidden_account_ids`. Defaults to all accounts.",
			accountIDsValidator(), setvalidator.NoNullValues()),
		"forbidden_account_ids": setAttribute("Set of IDs of the AWS accounts that the credentials must not belong to. "+
			"Conflicts with `allowed_account_ids`. Defaults to no accounts.",
			accountIDsValidator(), setvalidator.NoNullValues(),
			setvalidator.ConflictsWith(path.MatchRoot("allowed_account_ids"))),
		"skip_credentials_validation": boolAttribute("Whether to skip validation of the credentials with STS. If `false`, " +
			"the credentials are always validated. If omitted, STS is called only if `allowed_account_ids` or " +
			"`forbidden_account_ids` is set. If `true`, the account ID for these arguments is requested from IAM before STS."),
		"skip_requesting_account_id": boolAttribute("Whether to skip requesting the account ID. Has an effect only if " +
			"`skip_credentials_validation` is `true`: `allowed_account_ids` is then an error, and `forbidden_account_ids` is " +
			"not checked. Defaults to `false`."),
	}
}

func elementsValidators() []validator.List {
	return []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(controlCharacterValidator)}
}

func accountIDsValidator() validator.Set {
	return setvalidator.ValueStringsAre(
		stringvalidator.RegexMatches(accountIDPattern, "must be an AWS account ID of 12 digits"))
}

func requestAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"region": stringAttribute("AWS Region to read from, such as `eu-west-1`. Data sources can override it. Can also " +
			"be set with the `AWS_REGION` or `AWS_DEFAULT_REGION` environment variable, or with `region` in the profile. If " +
			"the credentials come from the EC2 instance metadata service, defaults to the Region of the instance."),
		"skip_region_validation": boolAttribute("Whether to accept Regions that this version of the provider doesn't " +
			"know, in the provider block and in data sources. Defaults to `false`."),
		"sts_region": stringAttribute("AWS Region of the STS endpoint. Defaults to the Region of the provider.",
			stringvalidator.RegexMatches(regionPattern, "must be the name of an AWS Region, such as eu-west-1")),
		"use_dualstack_endpoint": boolAttribute("Whether to use endpoints that support both IPv4 and IPv6. Conflicts with " +
			"`endpoints.customerprofiles`. Can also be set with the `AWS_USE_DUALSTACK_ENDPOINT` environment variable, or " +
			"with `use_dualstack_endpoint` in the profile, which `false` doesn't override. Defaults to `false`."),
		"use_fips_endpoint": boolAttribute("Whether to use endpoints with FIPS 140 cryptography. Doesn't apply to URLs " +
			"in `endpoints`. Can also be set with the `AWS_USE_FIPS_ENDPOINT` environment variable, or with " +
			"`use_fips_endpoint` in the profile, which `false` doesn't override. Defaults to `false`."),
		"custom_ca_bundle": stringAttribute("Path of a file with PEM-encoded certificates to trust in addition to those "+
			"of the system. `~` and environment variables in the path are expanded. Can also be set with the `AWS_CA_BUNDLE` "+
			"environment variable.", controlCharacterValidator),
		"insecure": boolAttribute("Whether to skip verification of TLS certificates. Defaults to `false`."),
		"http_proxy": stringAttribute("URL of the proxy for HTTP requests, and for HTTPS requests if no HTTPS proxy is "+
			"set. The empty string disables the proxy. Can also be set with the `HTTP_PROXY` or `http_proxy` environment "+
			"variable.",
			proxyURLValidator),
		"https_proxy": stringAttribute("URL of the proxy for HTTPS requests. The empty string disables the proxy. Can "+
			"also be set with the `HTTPS_PROXY` or `https_proxy` environment variable. Defaults to the value of `http_proxy`.",
			proxyURLValidator),
		"no_proxy": stringAttribute("Comma-separated list of hosts, domains, IP addresses, and CIDR blocks to connect to " +
			"without a proxy. Can also be set with the `NO_PROXY` or `no_proxy` environment variable."),
		"max_retries": numberAttribute("Maximum number of attempts for each request, including the first. `1` disables " +
			"retries, and `0` is the same as omitting the argument. Can also be set with the `AWS_MAX_ATTEMPTS` environment " +
			"variable, or with `max_attempts` in the profile. Defaults to `25`."),
		"retry_mode": stringAttribute("Retry mode. Valid values: `standard`, `adaptive`. Both modes slow "+
			"down while AWS throttles requests: `standard` slows down only the throttled operation, `adaptive` slows down all "+
			"requests. Can also be set with the `AWS_RETRY_MODE` environment variable, or with `retry_mode` in the profile. "+
			"Defaults to `standard`.",
			stringvalidator.OneOf("standard", "adaptive", "")),
		"token_bucket_rate_limiter_capacity": numberAttribute("Capacity of the token bucket with which the AWS SDK limits " +
			"retries. Defaults to `0`, which disables the limit."),
		"user_agent": listAttribute("List of products to append to the User-Agent header. Each has the form `name/version "+
			"(comment)`, in which the version and the comment are optional. The `TF_APPEND_USER_AGENT` environment variable "+
			"appends further products.", elementsValidators()...),
	}
}

func assumeRoleBlock() schema.Block {
	attributes := sessionAttributes("15m")
	maps.Copy(attributes, map[string]schema.Attribute{
		"external_id": stringAttribute("External ID that the role's trust policy requires. Must be 2 to 1224 characters "+
			"long and can contain letters, digits, and `_+=,.@:/-`.",
			stringvalidator.UTF8LengthBetween(2, 1224),
			stringvalidator.RegexMatches(externalIDPattern, "must contain only letters, digits, and _+=,.@:/-")),
		"source_identity": stringAttribute("Source identity of the session. Must be 2 to 64 characters long and can "+
			"contain letters, digits, and `_+=,.@-`.", sessionNameValidators()...),
		"tags": schema.MapAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Map of session tags.",
			Validators:          []validator.Map{mapvalidator.NoNullValues()},
		},
		"transitive_tag_keys": setAttribute("Set of keys of session tags to pass to the sessions of the roles assumed next.",
			setvalidator.NoNullValues()),
	})
	return schema.ListNestedBlock{
		MarkdownDescription: "Configuration block for assuming an IAM role. If there is more than one block, the roles " +
			"are assumed in order, each with the credentials of the previous one. A role can also be set with `role_arn` in " +
			"the profile.",
		NestedObject: schema.NestedBlockObject{Attributes: attributes},
	}
}

func webIdentityBlock() schema.Block {
	attributes := sessionAttributes("1h")
	maps.Copy(attributes, map[string]schema.Attribute{
		"web_identity_token": sensitiveAttribute("OpenID Connect or OAuth 2.0 token from the identity provider. Must be 4 "+
			"to 20000 characters long. Conflicts with `web_identity_token_file`. Can also be set with the "+
			"`TF_AWS_WEB_IDENTITY_TOKEN` environment variable.",
			stringvalidator.UTF8LengthBetween(4, 20000)),
		"web_identity_token_file": stringAttribute("Path of a file with the token from the identity provider. `~` and "+
			"environment variables in the path are expanded. Conflicts with `web_identity_token`. Can also be set with the "+
			"`AWS_WEB_IDENTITY_TOKEN_FILE` environment variable.",
			stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName("web_identity_token"))),
	})
	return schema.ListNestedBlock{
		MarkdownDescription: "Configuration block for assuming an IAM role with a web identity. At most one block is " +
			"allowed. Without the block, a role can also be set with the `AWS_ROLE_ARN`, `AWS_WEB_IDENTITY_TOKEN_FILE`, and " +
			"`AWS_ROLE_SESSION_NAME` environment variables, or with `role_arn`, `web_identity_token_file`, and " +
			"`role_session_name` in the profile.",
		Validators:   []validator.List{listvalidator.SizeAtMost(1)},
		NestedObject: schema.NestedBlockObject{Attributes: attributes},
	}
}

// sessionAttributes returns the attributes that both blocks for assuming a role
// have in common.
func sessionAttributes(defaultDuration string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"role_arn": stringAttribute("ARN of the IAM role, such as `arn:aws:iam::123456789012:role/Reader`.", arnValidator),
		"duration": stringAttribute("Duration of the session, from `15m` to `12h`. Defaults to `"+defaultDuration+"`.",
			sessionDurationValidator),
		"policy": stringAttribute("JSON policy that restricts the permissions of the session.", jsonObjectValidator),
		"policy_arns": setAttribute("Set of ARNs of IAM policies that restrict the permissions of the session.",
			setvalidator.ValueStringsAre(arnValidator), setvalidator.NoNullValues()),
		"session_name": stringAttribute("Name of the session. Must be 2 to 64 characters long and can contain letters, "+
			"digits, and `_+=,.@-`. If omitted, a name is generated.", sessionNameValidators()...),
	}
}

func sessionNameValidators() []validator.String {
	return []validator.String{
		stringvalidator.UTF8LengthBetween(2, 64),
		stringvalidator.RegexMatches(sessionNamePattern, "must contain only letters, digits, and _+=,.@-"),
	}
}

func endpointsBlock() schema.Block {
	endpoint := func(service, variable string) schema.Attribute {
		return stringAttribute("URL of the "+service+" endpoint. Can also be set with the `"+variable+"` or "+
			"`AWS_ENDPOINT_URL` environment variable, or with `services` or `endpoint_url` in the profile.",
			httpURLValidator)
	}
	return schema.ListNestedBlock{
		MarkdownDescription: "Configuration block for custom service endpoints, which are used in every Region. If there " +
			"is more than one block, the first URL for a service takes precedence.",
		NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
			"customerprofiles": endpoint("Customer Profiles", "AWS_ENDPOINT_URL_CUSTOMER_PROFILES"),
			"iam":              endpoint("IAM", "AWS_ENDPOINT_URL_IAM"),
			"sso":              endpoint("IAM Identity Center", "AWS_ENDPOINT_URL_SSO"),
			"sts":              endpoint("STS", "AWS_ENDPOINT_URL_STS"),
		}},
	}
}

func stringAttribute(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: validators}
}

func sensitiveAttribute(description string, validators ...validator.String) schema.StringAttribute {
	attribute := stringAttribute(description, validators...)
	attribute.Sensitive = true
	return attribute
}

func boolAttribute(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Optional: true, MarkdownDescription: description}
}

// numberAttribute returns an attribute with a whole number. An Int64Attribute would
// reject 1.5 with "%!s(*big.Float=1.5) is not an integer", before its validators.
func numberAttribute(description string) schema.NumberAttribute {
	return schema.NumberAttribute{
		Optional: true, MarkdownDescription: description, Validators: []validator.Number{countValidator{}},
	}
}

func listAttribute(description string, validators ...validator.List) schema.ListAttribute {
	return schema.ListAttribute{
		Optional: true, ElementType: types.StringType, MarkdownDescription: description, Validators: validators,
	}
}

func setAttribute(description string, validators ...validator.Set) schema.SetAttribute {
	return schema.SetAttribute{
		Optional: true, ElementType: types.StringType, MarkdownDescription: description, Validators: validators,
	}
}
