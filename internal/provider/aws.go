// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// defaultMaxAttempts is the default of hashicorp/aws.
const defaultMaxAttempts = 25

// awsConfig resolves the provider block, the environment, and the shared files
// into an AWS configuration. Like hashicorp/aws, it uses aws-sdk-go-base. It
// calls AWS only to retrieve credentials or to check the account. Secrets are
// added to redactor before anything can log them.
func awsConfig(
	ctx context.Context, data model, agent awsbase.UserAgentProducts, redactor *conns.Redactor,
) (aws.Config, diag.Diagnostics) {
	base, diags := data.baseConfig(ctx, agent)
	redactor.Add(configuredSecrets(base)...)
	base.Logger = baseLogger{conns.NewLogger(redactor)}
	if diags.HasError() {
		return aws.Config{}, diags
	}
	// GetAwsConfig can call STS in this Region, so check it first. The Region of
	// the profile is known only afterwards.
	data.checkRegion(cmp.Or(base.Region, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")), &diags)
	if diags.HasError() {
		return aws.Config{}, diags
	}
	_, cfg, baseDiags := awsbase.GetAwsConfig(ctx, base)
	diags.Append(fromAWSBase(baseDiags, base)...)
	if diags.HasError() {
		return aws.Config{}, diags
	}
	if cfg.RetryMaxAttempts == 0 {
		cfg.RetryMaxAttempts = defaultMaxAttempts
	}
	cfg.Credentials = conns.NewCredentials(cfg.Credentials, redactor)
	data.checkRegion(cfg.Region, &diags)
	if !diags.HasError() {
		retrieveCredentials(ctx, cfg.Credentials, &diags)
	}
	if !diags.HasError() {
		data.checkAccount(ctx, cfg, base, &diags)
	}
	return cfg, diags
}

// retrieveCredentials lets [conns.Credentials] record the source of the
// credentials, which diagnostics name if renewing them fails later. The
// credentials are cached, so this rarely costs a request: only an assumed role
// is requested here instead of on the first read.
func retrieveCredentials(ctx context.Context, credentials aws.CredentialsProvider, diags *diag.Diagnostics) {
	if _, err := credentials.Retrieve(ctx); err != nil {
		diags.AddError("Could not retrieve AWS credentials",
			"The credentials were retrieved once, but not a second time: "+err.Error()+
				"\n\nRenew the credentials, and check that this machine can reach the service that the message names.")
	}
}

// checkRegion adds an error if the Region does not exist. A missing Region is
// not an error, because data sources can set their own.
func (m model) checkRegion(region string, diags *diag.Diagnostics) {
	if region == "" || m.SkipRegionValidation.ValueBool() || validation.SupportedRegion(region) == nil {
		return
	}
	const (
		summary = "Invalid AWS Region"
		advice  = " is not a valid AWS Region.\n\nCheck the name. To use a Region that this version of the provider does " +
			"not know, or a service other than AWS, set skip_region_validation = true."
	)
	if isSet(m.Region) {
		diags.AddAttributeError(path.Root("region"), summary, fmt.Sprintf("%q", region)+advice)
		return
	}
	diags.AddError(summary, fmt.Sprintf("%q (from the environment or the profile)", region)+advice)
}

// userAgent returns the products that identify Terraform and this provider.
func userAgent(terraformVersion, providerVersion string) awsbase.UserAgentProducts {
	return awsbase.UserAgentProducts{
		{Name: "Terraform", Version: terraformVersion, Comment: "+https://www.terraform.io"},
		{Name: "terraform-provider-customerprofiles", Version: providerVersion},
	}
}

// warnUnencryptedEndpoints warns about unencrypted endpoints from the
// environment or the profile, which validateEndpoints does not see. A URL
// for several services is one warning, because diags drops duplicates.
func (e endpoints) warnUnencryptedEndpoints(cfg aws.Config, customerProfiles string, diags *diag.Diagnostics) {
	for _, endpoint := range []struct {
		argument types.String
		url      string
	}{
		{e.CustomerProfiles, customerProfiles},
		{e.IAM, aws.ToString(newIAM(cfg, endpointURL(e.IAM, "IAM")).Options().BaseEndpoint)},
		{e.SSO, aws.ToString(sso.NewFromConfig(cfg).Options().BaseEndpoint)},
		{e.STS, aws.ToString(newSTS(cfg, endpointURL(e.STS, "STS"), "").Options().BaseEndpoint)},
	} {
		if !isSet(endpoint.argument) && isUnencrypted(endpoint.url) {
			diags.AddWarning("Unencrypted endpoint", unencryptedDetail(endpoint.url, " (from the environment or the profile)"))
		}
	}
}
