// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"os"
	"strings"

	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	basediag "github.com/hashicorp/aws-sdk-go-base/v2/diag"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

const noCredentials = `The provider found no AWS credentials. Supply them in any of these ways:
  - access_key and secret_key (and token, for temporary credentials) in the provider block
  - profile in the provider block, naming a profile of the shared config or credentials file
  - the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN), or AWS_PROFILE
  - the shared config and credentials files (~/.aws/config, ~/.aws/credentials), SSO among them: aws sso login renews its token
  - the environment variables AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE
  - the role of the container, or of the EC2 instance, that Terraform runs on`

const missingProfile = "There is no profile %q in the shared config and credentials files. Check its name, and shared_config_files and " +
	"shared_credentials_files, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, which say where these files are."

// fromBase turns the library's diagnostics into the framework's, without the
// secrets that some of them hold.
func fromBase(in basediag.Diagnostics, config *awsbase.Config) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, d := range in {
		var err error
		if with, ok := d.(basediag.DiagnosticWithErr); ok {
			err = with.Err()
		}
		switch {
		case awsbase.IsNoValidCredentialSourcesError(d) && err != nil:
			diags.AddError("No AWS credentials", noCredentials+"\n\nError: "+err.Error())
		case d.Severity() == basediag.SeverityWarning:
			diags.AddWarning(d.Summary(), d.Detail())
		case d.Detail() == "":
			diags.Append(badConfiguration(d.Summary(), err, config))
		default:
			diags.AddError(d.Summary(), d.Detail())
		}
	}
	return diags
}

// badConfiguration is a diagnostic for an error that the library hands on as it
// came.
func badConfiguration(message string, err error, config *awsbase.Config) diag.Diagnostic {
	var noProfile awsconfig.SharedConfigProfileNotExistError
	switch {
	case errors.As(err, &noProfile) && config.Profile != "":
		return diag.NewAttributeErrorDiagnostic(path.Root("profile"), "No such profile", fmt.Sprintf(missingProfile, noProfile.Profile))
	case errors.As(err, &noProfile):
		return diag.NewErrorDiagnostic("No such profile", "AWS_PROFILE names it. "+fmt.Sprintf(missingProfile, noProfile.Profile))
	case config.CustomCABundle != "" && strings.Contains(message, "custom CA bundle"):
		return diag.NewAttributeErrorDiagnostic(path.Root("custom_ca_bundle"), "Unreadable certificates", message+".\n\nGive the path of a file with certificates in PEM.")
	}
	return diag.NewErrorDiagnostic("AWS cannot be called as configured", message+"\n\nThe provider block, the environment variables that begin with AWS_ and "+
		"the shared config and credentials files together say how AWS is called. Correct what the message names.")
}

// configuredSecrets returns the secrets in the configuration and the environment.
func configuredSecrets(config *awsbase.Config) []string {
	secrets := []string{config.SecretKey, config.Token, os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SESSION_TOKEN")}
	if config.AssumeRoleWithWebIdentity != nil {
		secrets = append(secrets, config.AssumeRoleWithWebIdentity.WebIdentityToken)
	}
	return secrets
}
