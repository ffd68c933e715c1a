// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"strings"

	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	basediag "github.com/hashicorp/aws-sdk-go-base/v2/diag"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

const noCredentialsAdvice = `

Provide credentials in one of these ways:
  - access_key and secret_key in the provider block, and token if they are temporary
  - profile in the provider block, or the environment variable AWS_PROFILE
  - the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN if they are temporary
  - the shared config and credentials files (~/.aws/config and ~/.aws/credentials); for SSO, run aws sso login
  - the environment variables AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE
  - the role of the container or EC2 instance that runs Terraform`

const profileNotFound = "Profile %q%s was not found in the shared config and credentials files.\n\nCheck the name " +
	"of the profile and the paths of the files: shared_config_files and shared_credentials_files in the provider " +
	"block, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE."

// fromAWSBase converts diagnostics of aws-sdk-go-base.
func fromAWSBase(in basediag.Diagnostics, config *awsbase.Config) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, d := range in {
		var err error
		if with, ok := d.(basediag.DiagnosticWithErr); ok {
			err = with.Err()
		}
		switch {
		case awsbase.IsNoValidCredentialSourcesError(d) && err != nil:
			diags.AddError("No AWS credentials found", "The provider found no valid credentials: "+err.Error()+
				noCredentialsAdvice)
		case d.Severity() == basediag.SeverityWarning:
			diags.AddWarning(d.Summary(), d.Detail())
		case d.Detail() == "":
			diags.Append(fromBaseError(d.Summary(), err, config))
		default:
			diags.AddError(d.Summary(), d.Detail())
		}
	}
	return diags
}

// fromBaseError returns a diagnostic for an error that aws-sdk-go-base reports
// without a summary of its own.
func fromBaseError(message string, err error, config *awsbase.Config) diag.Diagnostic {
	var noProfile awsconfig.SharedConfigProfileNotExistError
	switch {
	case errors.As(err, &noProfile) && config.Profile != "":
		return diag.NewAttributeErrorDiagnostic(path.Root("profile"), "AWS profile not found",
			fmt.Sprintf(profileNotFound, noProfile.Profile, ""))
	case errors.As(err, &noProfile):
		return diag.NewErrorDiagnostic("AWS profile not found",
			fmt.Sprintf(profileNotFound, noProfile.Profile, " (from AWS_PROFILE)"))
	case config.CustomCABundle != "" && strings.Contains(message, "custom CA bundle"):
		return diag.NewAttributeErrorDiagnostic(path.Root("custom_ca_bundle"), "Could not read CA bundle",
			message+".\n\nSet custom_ca_bundle to the path of a file with PEM-encoded certificates.")
	}
	return diag.NewErrorDiagnostic("Invalid AWS configuration", message+"\n\nCorrect the setting that the message "+
		"names. It can be in the provider block, in an AWS_… environment variable, or in a shared config or credentials "+
		"file.")
}
