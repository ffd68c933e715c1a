// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// defaultMaxAttempts is the default of hashicorp/aws.
const defaultMaxAttempts = 25

// configureTimeout limits the time to find credentials and check the account.
// It is a variable for tests.
var configureTimeout = 2 * time.Minute

// awsConfig resolves the provider block, the environment, and the shared files
// into an AWS configuration. Like hashicorp/aws, it uses aws-sdk-go-base. It
// calls AWS only to retrieve credentials or to check the account. Secrets are
// added to redactor before anything can log them.
func awsConfig(
	ctx context.Context, data model, agent awsbase.UserAgentProducts, redactor *conns.Redactor, options []conns.Option,
) (aws.Config, diag.Diagnostics) {
	base, diags := data.baseConfig(ctx, agent)
	redactor.Add(configuredSecrets(base)...)
	checkFiles(ctx, base, &diags)
	if diags.HasError() {
		return aws.Config{}, diags
	}
	// Credentials can come from STS in this Region, so check it first. The Region of
	// the profile is known only afterwards.
	data.checkRegion(cmp.Or(base.Region, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")), &diags)
	if diags.HasError() {
		return aws.Config{}, diags
	}
	ctx, cancel := context.WithTimeout(ctx, configureTimeout)
	defer cancel()
	cfg := loadConfig(ctx, base, &diags)
	if diags.HasError() {
		return aws.Config{}, diags
	}
	data.checkRegion(cfg.Region, &diags)
	custom := data.endpoints(ctx, &diags).custom(cfg)
	checkEndpoints(custom, &diags)
	if !hasStaticKeys(base) && base.EC2MetadataServiceEnableState != imds.ClientDisabled {
		checkMetadataEndpoint(base, cfg, &diags)
	}
	if diags.HasError() {
		return aws.Config{}, diags
	}

	r := newResolver(cfg, base, redactor, custom, options)
	cfg.HTTPClient = r.services.HTTPClient
	cfg.Credentials = r.credentials(ctx, &diags)
	cfg.Region = r.services.Region
	if cfg.RetryMaxAttempts == 0 {
		cfg.RetryMaxAttempts = defaultMaxAttempts
	}
	if !diags.HasError() {
		data.checkRegion(cfg.Region, &diags)
	}
	if !diags.HasError() {
		r.services.Credentials, r.services.RetryMaxAttempts = cfg.Credentials, cfg.RetryMaxAttempts
		data.checkAccount(ctx, r, &diags)
	}
	return cfg, diags
}

// loadConfig has aws-sdk-go-base resolve everything but the credentials. It would
// request each role twice, and it has no hook to check the responses of the
// services that return credentials. It doesn't look for any if it has static keys.
func loadConfig(ctx context.Context, base *awsbase.Config, diags *diag.Diagnostics) aws.Config {
	withoutRoles := *base
	withoutRoles.AssumeRole, withoutRoles.AssumeRoleWithWebIdentity = nil, nil
	if !hasStaticKeys(base) {
		withoutRoles.AccessKey, withoutRoles.SecretKey = "unused", "unused"
	}
	_, cfg, baseDiags := awsbase.GetAwsConfig(ctx, &withoutRoles)
	diags.Append(fromAWSBase(baseDiags, base)...)
	return cfg
}

// checkRegion adds an error if the Region, or that of STS, does not exist. A missing
// Region is not an error, because data sources can set their own.
func (m model) checkRegion(region string, diags *diag.Diagnostics) {
	const (
		summary = "Invalid AWS Region"
		advice  = " is not a valid AWS Region.\n\nCheck the name. To use a Region that this version of the provider does " +
			"not know, or a service other than AWS, set skip_region_validation = true."
	)
	stsRegion := m.STSRegion.ValueString()
	switch {
	case m.SkipRegionValidation.ValueBool():
	case !isRegion(stsRegion):
		diags.AddAttributeError(path.Root("sts_region"), summary, fmt.Sprintf("%.200q", stsRegion)+advice)
	case isRegion(region):
	case isSet(m.Region):
		diags.AddAttributeError(path.Root("region"), summary, fmt.Sprintf("%.200q", region)+advice)
	default:
		diags.AddError(summary, fmt.Sprintf("%.200q (from the environment or the profile)", region)+advice)
	}
}

// isRegion reports whether the Region exists or is empty.
func isRegion(region string) bool { return region == "" || validation.SupportedRegion(region) == nil }

// userAgent returns the products that identify Terraform and this provider.
func userAgent(terraformVersion, providerVersion string) awsbase.UserAgentProducts {
	return awsbase.UserAgentProducts{
		{Name: "Terraform", Version: terraformVersion, Comment: "+https://www.terraform.io"},
		{Name: "terraform-provider-customerprofiles", Version: providerVersion},
	}
}
