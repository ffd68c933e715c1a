// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// defaultMaxAttempts is hashicorp/aws's, where nothing says otherwise.
const defaultMaxAttempts = 25

// awsConfig resolves the provider block, the environment and the shared files
// into an AWS configuration, as hashicorp/aws does: by aws-sdk-go-base. It
// calls AWS only where the credentials have to be fetched, or something asks
// for the account.
func (p *customerProfilesProvider) awsConfig(ctx context.Context, data model, agent awsbase.UserAgentProducts) (aws.Config, diag.Diagnostics) {
	base, diags := data.baseConfig(ctx, agent)
	base.Logger = baseLogger{conns.NewLogger(p.redactor)}
	p.redactor.Add(configuredSecrets(base)...)
	if diags.HasError() {
		return aws.Config{}, diags
	}
	// The profile's Region is known only afterwards, and STS is called on the way.
	data.checkRegion(cmp.Or(base.Region, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")), &diags)
	if diags.HasError() {
		return aws.Config{}, diags
	}
	_, cfg, baseDiags := awsbase.GetAwsConfig(ctx, base)
	diags.Append(fromBase(baseDiags, base)...)
	if diags.HasError() {
		return aws.Config{}, diags
	}
	if cfg.RetryMaxAttempts == 0 {
		cfg.RetryMaxAttempts = defaultMaxAttempts
	}
	cfg.Credentials = conns.NewCredentials(cfg.Credentials, p.redactor)
	data.checkRegion(cfg.Region, &diags)
	if !diags.HasError() {
		fetchAgain(ctx, cfg.Credentials, &diags)
	}
	if !diags.HasError() {
		data.checkAccount(ctx, cfg, base, &diags)
	}
	return cfg, diags
}

// fetchAgain has the credentials remember where they come from, for errors that
// renewing them ends with. They were fetched on the way and are kept, so that
// nothing is called but for a role that static keys assume, whose credentials
// the first read would fetch.
func fetchAgain(ctx context.Context, credentials aws.CredentialsProvider, diags *diag.Diagnostics) {
	if _, err := credentials.Retrieve(ctx); err != nil {
		diags.AddError("AWS credentials not renewed", "The credentials could be fetched once, and not again: "+err.Error()+
			"\n\nRenew them where they come from, or check that the service that the message names can be reached.")
	}
}

// checkRegion refuses a Region that does not exist. No Region at all is no
// error here: data sources may name theirs.
func (m model) checkRegion(region string, diags *diag.Diagnostics) {
	if region == "" || m.SkipRegionValidation.ValueBool() || validation.SupportedRegion(region) == nil {
		return
	}
	const summary = "Unknown AWS Region"
	const advice = "Check its name. Where it is newer than this version of the provider, or the service is not AWS's, set skip_region_validation = true."
	if given(m.Region) {
		diags.AddAttributeError(path.Root("region"), summary, fmt.Sprintf("There is no AWS Region %q. %s", region, advice))
		return
	}
	diags.AddError(summary, fmt.Sprintf("There is no AWS Region %q, which the environment or the profile names. %s", region, advice))
}

// userAgent names Terraform and this provider to AWS.
func userAgent(terraformVersion, providerVersion string) awsbase.UserAgentProducts {
	return awsbase.UserAgentProducts{
		{Name: "Terraform", Version: terraformVersion, Comment: "+https://www.terraform.io"},
		{Name: "terraform-provider-customerprofiles", Version: providerVersion},
	}
}
