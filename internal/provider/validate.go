// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ValidateConfig validates combinations of arguments. It does not read the
// environment, so a configuration is valid on every machine or on none.
func (*customerProfilesProvider) ValidateConfig(
	ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse,
) {
	var data model
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	data.validateStaticCredentials(&resp.Diagnostics)
	data.validateAccounts(&resp.Diagnostics)
	data.validateAssumeRole(ctx, &resp.Diagnostics)
	data.validateWebIdentity(ctx, &resp.Diagnostics)
	data.validateEndpoints(ctx, &resp.Diagnostics)
}

func (m model) validateStaticCredentials(diags *diag.Diagnostics) {
	arguments := []struct {
		name  string
		value types.String
	}{{"access_key", m.AccessKey}, {"secret_key", m.SecretKey}, {"token", m.Token}}

	set, missing := "", []string{}
	for _, argument := range arguments {
		switch {
		case isSet(argument.value):
			set = argument.name
		case argument.name != "token":
			missing = append(missing, argument.name)
		}
	}
	if set != "" && len(missing) > 0 {
		diags.AddAttributeError(path.Root(set), "Invalid Attribute Combination",
			fmt.Sprintf("%[1]s requires %[2]s. Keys in the provider block cannot be combined with keys from other "+
				"sources.\n\nSet %[2]s, or remove %[1]s.", set, strings.Join(missing, " and ")))
	}
}

func (m model) validateAccounts(diags *diag.Diagnostics) {
	if !m.SkipCredentialsValidation.ValueBool() || !m.SkipRequestingAccountID.ValueBool() {
		return
	}
	const reason = "if skip_credentials_validation and skip_requesting_account_id are both true, because the account " +
		"ID is not requested.\n\n"
	if len(m.AllowedAccountIDs.Elements()) > 0 {
		diags.AddAttributeError(path.Root("allowed_account_ids"), "Invalid Attribute Combination",
			"allowed_account_ids cannot be checked "+reason+"Remove one of the three arguments.")
	}
	if len(m.ForbiddenAccountIDs.Elements()) > 0 {
		diags.AddAttributeWarning(path.Root("forbidden_account_ids"), "Forbidden accounts are not checked",
			"forbidden_account_ids has no effect "+reason+"Remove one of the three arguments.")
	}
}

func (m model) validateAssumeRole(ctx context.Context, diags *diag.Diagnostics) {
	roles := elementsAs[assumeRole](ctx, m.AssumeRole, diags)
	for i, role := range roles {
		p := path.Root("assume_role").AtListIndex(i)
		switch {
		case isSet(role.RoleARN):
		case len(roles) == 1:
			diags.AddAttributeWarning(p, "Empty assume_role block",
				"The assume_role block has no role_arn and is ignored.\n\nSet role_arn, or remove the block.")
		default:
			diags.AddAttributeError(p, "Missing Attribute Value",
				fmt.Sprintf("assume_role block %d of %d has no role_arn.\n\nSet role_arn, or remove the block.", i+1, len(roles)))
		}
	}
}

func (m model) validateWebIdentity(ctx context.Context, diags *diag.Diagnostics) {
	for i, block := range elementsAs[webIdentity](ctx, m.AssumeRoleWithWebIdentity, diags) {
		if !block.isEmpty() && !isSet(block.RoleARN) {
			diags.AddAttributeError(path.Root("assume_role_with_web_identity").AtListIndex(i), "Missing Attribute Value",
				"The assume_role_with_web_identity block has no role_arn.\n\nSet role_arn. To use AWS_ROLE_ARN instead, remove "+
					"the block.")
		}
	}
}

// validateEndpoints warns about unencrypted endpoints, and reports a conflict that
// the SDK reports only on a request.
func (m model) validateEndpoints(ctx context.Context, diags *diag.Diagnostics) {
	for i, block := range elementsAs[endpoints](ctx, m.Endpoints, diags) {
		for _, argument := range []struct {
			name string
			url  types.String
		}{{"customerprofiles", block.CustomerProfiles}, {"iam", block.IAM}, {"sso", block.SSO}, {"sts", block.STS}} {
			if url := argument.url.ValueString(); isUnencrypted(url) {
				diags.AddAttributeWarning(path.Root("endpoints").AtListIndex(i).AtName(argument.name),
					"Unencrypted endpoint", unencryptedDetail(url, ""))
			}
		}
	}
	if m.UseDualstackEndpoint.ValueBool() && m.endpoints(ctx, diags).CustomerProfiles.ValueString() != "" {
		diags.AddAttributeError(path.Root("use_dualstack_endpoint"), "Invalid Attribute Combination",
			"use_dualstack_endpoint selects an AWS endpoint, but endpoints.customerprofiles replaces it.\n\nRemove one of "+
				"the two arguments.")
	}
}
