// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var accountIDPattern = regexp.MustCompile(`^[0-9]{12}$`)

func credentialAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"access_key": secret("AWS access key ID. Goes with `secret_key`. Also from `AWS_ACCESS_KEY_ID`, " +
			"or `aws_access_key_id` of the profile."),
		"secret_key": secret("AWS secret access key. Goes with `access_key`. Also from `AWS_SECRET_ACCESS_KEY`, " +
			"or `aws_secret_access_key` of the profile."),
		"token": secret("Session token of temporary credentials. Goes with `access_key` and `secret_key`. " +
			"Also from `AWS_SESSION_TOKEN`, or `aws_session_token` of the profile."),
		"profile": text("Name of a profile of the shared config and credentials files; with it, static credentials of the environment are " +
			"not used. Also from `AWS_PROFILE`. `default` where nothing says otherwise."),
		"shared_config_files": list("Paths of shared config files, `~` and environment variables in them expanded; later files win. "+
			"A file that does not exist is passed over. Also from `AWS_CONFIG_FILE` (one path). `~/.aws/config` where nothing says otherwise.",
			listvalidator.NoNullValues()),
		"shared_credentials_files": list("Paths of shared credentials files, `~` and environment variables in them expanded; later files win. "+
			"A file that does not exist is passed over. Also from `AWS_SHARED_CREDENTIALS_FILE` (one path). "+
			"`~/.aws/credentials` where nothing says otherwise.",
			listvalidator.NoNullValues()),
		"ec2_metadata_service_endpoint": text("URL of the EC2 instance metadata service. Also from `AWS_EC2_METADATA_SERVICE_ENDPOINT`, "+
			"or `ec2_metadata_service_endpoint` of the profile. `http://169.254.169.254` where nothing says otherwise.", httpURL{}),
		"ec2_metadata_service_endpoint_mode": text("How the EC2 instance metadata service is reached where no endpoint is given: `IPv4` or `IPv6`. "+
			"Also from `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`, or `ec2_metadata_service_endpoint_mode` of the profile. `IPv4` where nothing says otherwise.",
			stringvalidator.OneOfCaseInsensitive("IPv4", "IPv6", "")),
		"skip_metadata_api_check": text("Whether the EC2 instance metadata service is left out when credentials and the Region are looked for: "+
			"`true` leaves it out, `false` asks it even where `AWS_EC2_METADATA_DISABLED` is `true`. "+
			"Also from `AWS_EC2_METADATA_DISABLED`. It is asked, as the last of all sources, where nothing says otherwise.", boolText{}),
	}
}

func accountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"allowed_account_ids": set("IDs of the AWS accounts that the credentials may belong to, 12 digits each. Credentials of any other "+
			"account are refused. STS is asked for the account. Conflicts with `forbidden_account_ids`. Any account where it is not set.",
			accountIDs()),
		"forbidden_account_ids": set("IDs of the AWS accounts that the credentials must not belong to, 12 digits each. STS is asked for the account. "+
			"Conflicts with `allowed_account_ids`. No account where it is not set.",
			accountIDs(), setvalidator.ConflictsWith(path.MatchRoot("allowed_account_ids"))),
		"skip_credentials_validation": flag("Whether the credentials are used without asking STS first whether they are valid. With `false` STS is always asked. " +
			"Where it is not set, STS is asked only for `allowed_account_ids` and `forbidden_account_ids`; with `true`, IAM is asked for these before STS."),
		"skip_requesting_account_id": flag("Whether to do without the ID of the account. It is asked for only for `allowed_account_ids` and `forbidden_account_ids`, " +
			"and matters only with `skip_credentials_validation = true`: an allowed account is then refused, and a forbidden one is not noticed. " +
			"`false` where it is not set."),
	}
}

func accountIDs() validator.Set {
	return setvalidator.ValueStringsAre(stringvalidator.RegexMatches(accountIDPattern, "must be an AWS account ID of 12 digits"))
}
