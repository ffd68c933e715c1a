// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

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
	var noSource awsconfig.SharedConfigAssumeRoleError
	switch {
	case errors.As(err, &noProfile) && config.Profile != "":
		return diag.NewAttributeErrorDiagnostic(path.Root("profile"), "AWS profile not found",
			fmt.Sprintf(profileNotFound, noProfile.Profile, ""))
	case errors.As(err, &noProfile):
		return diag.NewErrorDiagnostic("AWS profile not found",
			fmt.Sprintf(profileNotFound, noProfile.Profile, " (from AWS_PROFILE)"))
	case errors.As(err, &noSource) && noSource.Err == nil:
		message = fmt.Sprintf("Role %s can't be assumed with source_profile = %s: that profile has no credentials, or its "+
			"own source_profile leads back to the role.", noSource.RoleARN, noSource.Profile)
	}
	return diag.NewErrorDiagnostic("Invalid AWS configuration", message+"\n\nCorrect the setting that the message "+
		"names. It can be in the provider block, in an AWS_… environment variable, or in a shared config or credentials "+
		"file.")
}

// credentialsDiagnostic returns the diagnostic for credentials that could not be
// retrieved. The roles of assume_role have one of their own.
func (r *resolver) credentialsDiagnostic(ctx context.Context, err error) diag.Diagnostic {
	if token, ok := errors.AsType[*tokenFileError](err); ok {
		d := diag.NewErrorDiagnostic("Invalid web identity token file", fmt.Sprintf("The token can't be read from "+
			"%s.\n\nSet %s to the path of a regular file of at most 1 MB that contains the token.", token, token.setting))
		if token.setting == tokenFileArgument {
			return diag.WithPath(path.Root("assume_role_with_web_identity").AtListIndex(0).AtName(tokenFileArgument), d)
		}
		return d
	}
	if token, ok := errors.AsType[*tokenCacheError](err); ok {
		return diag.NewErrorDiagnostic("Invalid cached token", fmt.Sprintf("The credentials can't be retrieved with %v.\n\n"+
			"Delete the file, and run %s with the same profile.", token, token.command))
	}
	if r.base.AssumeRoleWithWebIdentity != nil && !hasStaticKeys(r.base) {
		d := r.base.NewCannotAssumeRoleWithWebIdentityError(err)
		return r.orTimeout(ctx, diag.NewErrorDiagnostic("Cannot assume IAM Role with web identity", d.Detail()))
	}
	if isProcessTimeout(err) {
		return r.timeout(time.Minute) // The SDK's limit for a command.
	}
	return r.orTimeout(ctx, diag.NewErrorDiagnostic("No AWS credentials found",
		"The provider found no valid credentials: "+err.Error()+missingKey()+noCredentialsAdvice))
}

// missingKey says which variable is missing if only one of two is set. The SDK
// then ignores it.
func missingKey() string {
	const note = "\n\nThe environment variable %s is set, but %s is missing."
	id := firstSetVariable("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY")
	secret := firstSetVariable("AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY")
	switch {
	case id != "" && secret == "":
		return fmt.Sprintf(note, id, "AWS_SECRET_ACCESS_KEY")
	case id == "" && secret != "":
		return fmt.Sprintf(note, secret, "AWS_ACCESS_KEY_ID")
	}
	return ""
}

// firstSetVariable returns the name of the first variable that has a value, or an
// empty string.
func firstSetVariable(names ...string) string {
	for _, name := range names {
		if os.Getenv(name) != "" {
			return name
		}
	}
	return ""
}

// orTimeout returns d, or the diagnostic of a timeout if ctx has exceeded its deadline.
func (r *resolver) orTimeout(ctx context.Context, d diag.Diagnostic) diag.Diagnostic {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return r.timeout(configureTimeout)
	}
	return d
}

// timeout names the service that has not responded, or the command that has not
// ended.
func (r *resolver) timeout(limit time.Duration) diag.Diagnostic {
	cause := "A source of credentials"
	advice := "Check the profile and the environment variables that configure credentials."
	pending := r.monitor.pendingRequest()
	profile := sourceProfile(r.loaded)
	if command := strings.Fields(profile.CredentialProcess); len(command) > 0 {
		cause = fmt.Sprintf("The credential_process of the profile %q (%s)", profile.Profile, command[0])
		advice = "Run the command and check that it ends by itself."
	}
	if pending != "" {
		cause = pending
		advice = "Check that this machine can reach the service with the configured endpoint and proxy."
	}
	return diag.NewErrorDiagnostic("AWS configuration timed out",
		fmt.Sprintf("%s didn't respond within %s.\n\n%s", cause, limit, advice))
}
