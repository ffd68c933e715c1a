// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"regexp"
	"strings"

	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	basediag "github.com/hashicorp/aws-sdk-go-base/v2/diag"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

const noCredentials = `The provider found no AWS credentials. Supply them in any of these ways:
  - access_key and secret_key (and token, for temporary credentials) in the provider block
  - profile in the provider block, naming a profile of the shared config or credentials file
  - the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN), or AWS_PROFILE
  - the shared config and credentials files (~/.aws/config, ~/.aws/credentials), SSO among them
  - the environment variables AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE
  - the role of the container, or of the EC2 instance, that Terraform runs on`

const badConfiguration = "The provider block, the environment variables that begin with AWS_ and the shared config and credentials files " +
	"together say how AWS is called. Correct what the message names."

// fromBase turns the library's diagnostics into the framework's, without the
// secrets that some of them hold.
func fromBase(in basediag.Diagnostics, config *awsbase.Config) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, d := range in {
		summary, detail := withoutSecrets(d.Summary(), config), withoutSecrets(d.Detail(), config)
		switch {
		case awsbase.IsNoValidCredentialSourcesError(d):
			diags.AddError("No AWS credentials", noCredentials+"\n\n"+cause(d, config))
		case d.Severity() == basediag.SeverityWarning:
			diags.AddWarning(summary, detail)
		case detail == "":
			diags.AddError("AWS cannot be called as configured", summary+"\n\n"+badConfiguration)
		default:
			diags.AddError(summary, detail)
		}
	}
	return diags
}

// cause is the error in a diagnostic, as one line of its own.
func cause(d basediag.Diagnostic, config *awsbase.Config) string {
	if with, ok := d.(basediag.DiagnosticWithErr); ok && with.Err() != nil {
		return "Error: " + withoutSecrets(with.Err().Error(), config)
	}
	return withoutSecrets(d.Detail(), config)
}

// Messages of AWS and of the SDK in which secrets were seen.
var (
	// STS shows the request that should have been signed.
	signedToken = regexp.MustCompile(`(?i)(x-amz-security-token:)[^\s'"<&]+`)
	// The SDK shows all of what a credential_process printed.
	processOutput = regexp.MustCompile(`(?s)(parse failed of process output: ).*(, error: )`)
	urlUser       = regexp.MustCompile(`(://)[^/?#\s"]*@`)
)

// withoutSecrets is a message without those secrets that are known to stand in
// some.
func withoutSecrets(message string, config *awsbase.Config) string {
	secrets := []string{config.SecretKey, config.Token, os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SESSION_TOKEN")}
	if config.AssumeRoleWithWebIdentity != nil {
		secrets = append(secrets, config.AssumeRoleWithWebIdentity.WebIdentityToken)
	}
	for _, secret := range secrets {
		if secret != "" {
			message = strings.ReplaceAll(message, secret, "***")
		}
	}
	message = signedToken.ReplaceAllString(message, "${1}***")
	message = processOutput.ReplaceAllString(message, "${1}(not shown)${2}")
	return urlUser.ReplaceAllString(message, "${1}***@")
}
