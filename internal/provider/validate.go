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

// ValidateConfig refuses arguments that do not go together. It reads no
// environment: what is valid on one machine is valid on all.
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
		case given(argument.value):
			set = argument.name
		case argument.name != "token":
			missing = append(missing, argument.name)
		}
	}
	if set != "" && len(missing) > 0 {
		diags.AddAttributeError(path.Root(set), "Invalid Attribute Combination",
			fmt.Sprintf("%s needs %s beside it: the keys of the provider block are not mixed with those of other sources.",
				set, strings.Join(missing, " and ")))
	}
}

func (m model) validateAccounts(diags *diag.Diagnostics) {
	if !m.SkipCredentialsValidation.ValueBool() || !m.SkipRequestingAccountID.ValueBool() {
		return
	}
	if len(m.AllowedAccountIDs.Elements()) > 0 {
		diags.AddAttributeError(path.Root("allowed_account_ids"), "Invalid Attribute Combination",
			"allowed_account_ids cannot be checked where skip_credentials_validation and skip_requesting_account_id are both true: "+
				"nothing then asks for the account. Leave one of the three out.")
	}
	if len(m.ForbiddenAccountIDs.Elements()) > 0 {
		diags.AddAttributeWarning(path.Root("forbidden_account_ids"), "Forbidden accounts are not checked",
			"With skip_credentials_validation and skip_requesting_account_id both true nothing asks for the account, and "+
				"forbidden_account_ids has no effect. Leave one of the two out to have it checked.")
	}
}

func (m model) validateAssumeRole(ctx context.Context, diags *diag.Diagnostics) {
	roles := elements[assumeRole](ctx, m.AssumeRole, diags)
	for i, role := range roles {
		if given(role.RoleARN) {
			continue
		}
		at := path.Root("assume_role").AtListIndex(i)
		if len(roles) == 1 {
			diags.AddAttributeWarning(at, "No role to assume",
				"assume_role names no role_arn, and is passed over. Set role_arn, or remove the block.")
			continue
		}
		diags.AddAttributeError(at, "Missing Attribute Value",
			fmt.Sprintf("assume_role %d of %d names no role_arn. Set it, or remove the block.", i+1, len(roles)))
	}
}

func (m model) validateWebIdentity(ctx context.Context, diags *diag.Diagnostics) {
	for i, block := range elements[webIdentity](ctx, m.AssumeRoleWithWebIdentity, diags) {
		if !block.empty() && !given(block.RoleARN) {
			diags.AddAttributeError(path.Root("assume_role_with_web_identity").AtListIndex(i), "Missing Attribute Value",
				"assume_role_with_web_identity names no role_arn. Set it, or remove the block: AWS_ROLE_ARN counts only without it.")
		}
	}
}

// validateEndpoints says at once what the SDK says when it is called.
func (m model) validateEndpoints(ctx context.Context, diags *diag.Diagnostics) {
	if m.UseDualstackEndpoint.ValueBool() && m.endpoints(ctx, diags).CustomerProfiles.ValueString() != "" {
		diags.AddAttributeError(path.Root("use_dualstack_endpoint"), "Invalid Attribute Combination",
			"use_dualstack_endpoint chooses among AWS's own endpoints, and endpoints.customerprofiles is used in their place. Leave one of the two out.")
	}
}
