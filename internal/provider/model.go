// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// model is the provider block.
type model struct {
	AccessKey                      types.String `tfsdk:"access_key"`
	AllowedAccountIDs              types.Set    `tfsdk:"allowed_account_ids"`
	AssumeRole                     types.List   `tfsdk:"assume_role"`
	AssumeRoleWithWebIdentity      types.List   `tfsdk:"assume_role_with_web_identity"`
	CustomCABundle                 types.String `tfsdk:"custom_ca_bundle"`
	EC2MetadataServiceEndpoint     types.String `tfsdk:"ec2_metadata_service_endpoint"`
	EC2MetadataServiceEndpointMode types.String `tfsdk:"ec2_metadata_service_endpoint_mode"`
	Endpoints                      types.List   `tfsdk:"endpoints"`
	ForbiddenAccountIDs            types.Set    `tfsdk:"forbidden_account_ids"`
	HTTPProxy                      types.String `tfsdk:"http_proxy"`
	HTTPSProxy                     types.String `tfsdk:"https_proxy"`
	Insecure                       types.Bool   `tfsdk:"insecure"`
	MaxRetries                     types.Number `tfsdk:"max_retries"`
	NoProxy                        types.String `tfsdk:"no_proxy"`
	Profile                        types.String `tfsdk:"profile"`
	Region                         types.String `tfsdk:"region"`
	RetryMode                      types.String `tfsdk:"retry_mode"`
	SecretKey                      types.String `tfsdk:"secret_key"`
	SharedConfigFiles              types.List   `tfsdk:"shared_config_files"`
	SharedCredentialsFiles         types.List   `tfsdk:"shared_credentials_files"`
	SkipCredentialsValidation      types.Bool   `tfsdk:"skip_credentials_validation"`
	SkipMetadataAPICheck           types.String `tfsdk:"skip_metadata_api_check"`
	SkipRegionValidation           types.Bool   `tfsdk:"skip_region_validation"`
	SkipRequestingAccountID        types.Bool   `tfsdk:"skip_requesting_account_id"`
	STSRegion                      types.String `tfsdk:"sts_region"`
	Token                          types.String `tfsdk:"token"`
	TokenBucketRateLimiterCapacity types.Number `tfsdk:"token_bucket_rate_limiter_capacity"`
	UseDualstackEndpoint           types.Bool   `tfsdk:"use_dualstack_endpoint"`
	UseFIPSEndpoint                types.Bool   `tfsdk:"use_fips_endpoint"`
	UserAgent                      types.List   `tfsdk:"user_agent"`
}

// session holds the arguments that assume_role and
// assume_role_with_web_identity have in common.
type session struct {
	Duration    types.String `tfsdk:"duration"`
	Policy      types.String `tfsdk:"policy"`
	PolicyARNs  types.Set    `tfsdk:"policy_arns"`
	RoleARN     types.String `tfsdk:"role_arn"`
	SessionName types.String `tfsdk:"session_name"`
}

// assumeRole is an assume_role block.
type assumeRole struct {
	session
	ExternalID        types.String `tfsdk:"external_id"`
	SourceIdentity    types.String `tfsdk:"source_identity"`
	Tags              types.Map    `tfsdk:"tags"`
	TransitiveTagKeys types.Set    `tfsdk:"transitive_tag_keys"`
}

// webIdentity is an assume_role_with_web_identity block.
type webIdentity struct {
	session
	Token     types.String `tfsdk:"web_identity_token"`
	TokenFile types.String `tfsdk:"web_identity_token_file"`
}

// isEmpty reports whether the block sets no argument. Like hashicorp/aws, the
// provider ignores such a block.
func (w webIdentity) isEmpty() bool {
	return w.RoleARN.IsNull() && w.Duration.IsNull() && w.Policy.IsNull() && w.PolicyARNs.IsNull() &&
		w.SessionName.IsNull() && w.Token.IsNull() && w.TokenFile.IsNull()
}

// endpoints is an endpoints block.
type endpoints struct {
	CustomerProfiles types.String `tfsdk:"customerprofiles"`
	IAM              types.String `tfsdk:"iam"`
	SSO              types.String `tfsdk:"sso"`
	STS              types.String `tfsdk:"sts"`
}

// endpoints merges the endpoints blocks. The first URL for a service takes
// precedence.
func (m model) endpoints(ctx context.Context, diags *diag.Diagnostics) endpoints {
	var merged endpoints
	for _, block := range elementsAs[endpoints](ctx, m.Endpoints, diags) {
		merged.CustomerProfiles = firstSet(merged.CustomerProfiles, block.CustomerProfiles)
		merged.IAM = firstSet(merged.IAM, block.IAM)
		merged.SSO = firstSet(merged.SSO, block.SSO)
		merged.STS = firstSet(merged.STS, block.STS)
	}
	return merged
}

func firstSet(a, b types.String) types.String {
	if isSet(a) {
		return a
	}
	return b
}

// isSet reports whether an argument has a value or gets one at apply. Like
// hashicorp/aws, it treats the empty string as not set.
func isSet(value types.String) bool {
	return value.IsUnknown() || value.ValueString() != ""
}

// elementsAs returns the elements of a list or set, or nil if it is null or
// unknown.
func elementsAs[T any](ctx context.Context, collection interface {
	attr.Value
	ElementsAs(ctx context.Context, target any, allowUnhandled bool) diag.Diagnostics
}, diags *diag.Diagnostics) []T {
	var elements []T
	if !collection.IsNull() && !collection.IsUnknown() {
		diags.Append(collection.ElementsAs(ctx, &elements, false)...)
	}
	return elements
}
