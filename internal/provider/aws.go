// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	basediag "github.com/hashicorp/aws-sdk-go-base/v2/diag"
	"github.com/hashicorp/aws-sdk-go-base/v2/logging"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// defaultMaxAttempts is hashicorp/aws's, where nothing says otherwise.
const defaultMaxAttempts = 25

const noCredentials = `The provider found no AWS credentials. Supply them in any of these ways:
  - access_key and secret_key (and token, for temporary credentials) in the provider block
  - profile in the provider block, naming a profile of the shared config or credentials file
  - the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN), or AWS_PROFILE
  - the shared config and credentials files (~/.aws/config, ~/.aws/credentials), SSO among them
  - the environment variables AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE
  - the role of the container, or of the EC2 instance, that Terraform runs on`

// awsConfig resolves the provider block, the environment and the shared files
// into an AWS configuration, as hashicorp/aws does: by aws-sdk-go-base.
func awsConfig(ctx context.Context, data model, agent awsbase.UserAgentProducts) (aws.Config, diag.Diagnostics) {
	ctx, logger := logging.NewTfLogger(ctx)
	_, cfg, baseDiags := awsbase.GetAwsConfig(ctx, &awsbase.Config{
		AccessKey:     data.AccessKey.ValueString(),
		HTTPProxyMode: awsbase.HTTPProxyModeSeparate,
		Logger:        logger,
		MaxRetries:    int(data.MaxRetries.ValueInt64()),
		Profile:       data.Profile.ValueString(),
		Region:        data.Region.ValueString(),
		SecretKey:     data.SecretKey.ValueString(),
		// STS is called only where credentials come from it.
		SkipCredsValidation:     true,
		SkipRequestingAccountId: true,
		StsEndpoint:             data.Endpoints.sts(),
		// The library's log of requests shows session tokens, and turns a
		// body that breaks off into an error that is not retried.
		SuppressDebugLog: true,
		Token:            data.Token.ValueString(),
		UserAgent:        agent,
	})
	if cfg.RetryMaxAttempts == 0 {
		cfg.RetryMaxAttempts = defaultMaxAttempts
	}
	return cfg, fromBase(baseDiags)
}

// fromBase turns the library's diagnostics into the framework's.
func fromBase(in basediag.Diagnostics) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, d := range in {
		switch {
		case awsbase.IsNoValidCredentialSourcesError(d):
			diags.AddError("No AWS credentials", noCredentials+"\n\n"+d.Detail())
		case d.Severity() == basediag.SeverityWarning:
			diags.AddWarning(d.Summary(), d.Detail())
		default:
			diags.AddError(d.Summary(), d.Detail())
		}
	}
	return diags
}

// userAgent names Terraform and this provider to AWS.
func userAgent(terraformVersion, providerVersion string) awsbase.UserAgentProducts {
	return awsbase.UserAgentProducts{
		{Name: "Terraform", Version: terraformVersion, Comment: "+https://www.terraform.io"},
		{Name: "terraform-provider-customerprofiles", Version: providerVersion},
	}
}
