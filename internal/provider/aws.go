// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// defaultMaxAttempts is hashicorp/aws's, where nothing says otherwise.
const defaultMaxAttempts = 25

// awsConfig resolves the provider block, the environment and the shared files
// into an AWS configuration, as hashicorp/aws does: by aws-sdk-go-base. It
// calls AWS only where the credentials have to be fetched, or something asks
// for the account.
func awsConfig(ctx context.Context, data model, agent awsbase.UserAgentProducts) (aws.Config, diag.Diagnostics) {
	base, diags := data.baseConfig(ctx, agent)
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
	data.checkRegion(cfg.Region, &diags)
	if !diags.HasError() {
		data.checkAccount(ctx, cfg, base, &diags)
	}
	return cfg, diags
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

// checkAccount asks whether the credentials are valid and whose they are,
// where the configuration wants to know.
func (m model) checkAccount(ctx context.Context, cfg aws.Config, base *awsbase.Config, diags *diag.Diagnostics) {
	restricted := len(base.AllowedAccountIds)+len(base.ForbiddenAccountIds) > 0
	validate := !m.SkipCredentialsValidation.IsNull() && !m.SkipCredentialsValidation.ValueBool()
	if !restricted && !validate {
		return
	}
	base.SkipCredsValidation = m.SkipCredentialsValidation.ValueBool()
	base.SkipRequestingAccountId = m.SkipRequestingAccountID.ValueBool()
	account, _, baseDiags := awsbase.GetAwsAccountIDAndPartition(ctx, cfg, base)
	diags.Append(fromBase(baseDiags, base)...)
	if diags.HasError() || base.VerifyAccountIDAllowed(account) == nil {
		return
	}
	if len(base.AllowedAccountIds) > 0 {
		diags.AddAttributeError(path.Root("allowed_account_ids"), "AWS account not allowed",
			fmt.Sprintf("The credentials belong to account %s, and only %s may be used. Use credentials of such an account, or add this one to allowed_account_ids.",
				account, strings.Join(base.AllowedAccountIds, ", ")))
		return
	}
	diags.AddAttributeError(path.Root("forbidden_account_ids"), "AWS account not allowed",
		fmt.Sprintf("The credentials belong to account %s, which must not be used. Use credentials of another account, or remove this one from forbidden_account_ids.", account))
}

// userAgent names Terraform and this provider to AWS.
func userAgent(terraformVersion, providerVersion string) awsbase.UserAgentProducts {
	return awsbase.UserAgentProducts{
		{Name: "Terraform", Version: terraformVersion, Comment: "+https://www.terraform.io"},
		{Name: "terraform-provider-customerprofiles", Version: providerVersion},
	}
}
