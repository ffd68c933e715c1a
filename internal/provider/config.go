// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"os"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/aws-sdk-go-base/v2/useragent"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// hashicorp/aws reads TF_AWS_WEB_IDENTITY_TOKEN in addition to the SDK's variable.
const (
	webIdentityTokenVariable     = "TF_AWS_WEB_IDENTITY_TOKEN"
	webIdentityTokenFileVariable = "AWS_WEB_IDENTITY_TOKEN_FILE"
)

// baseConfig converts the provider block to the configuration of aws-sdk-go-base.
func (m model) baseConfig(ctx context.Context, agent awsbase.UserAgentProducts) (*awsbase.Config, diag.Diagnostics) {
	var diags diag.Diagnostics
	urls := m.endpoints(ctx, &diags)
	config := &awsbase.Config{
		AccessKey:                      m.AccessKey.ValueString(),
		AllowedAccountIds:              elementsAs[string](ctx, m.AllowedAccountIDs, &diags),
		AssumeRole:                     m.assumeRoles(ctx, &diags),
		AssumeRoleWithWebIdentity:      m.webIdentity(ctx, &diags),
		CustomCABundle:                 m.CustomCABundle.ValueString(),
		EC2MetadataServiceEnableState:  m.metadataState(),
		EC2MetadataServiceEndpoint:     m.EC2MetadataServiceEndpoint.ValueString(),
		EC2MetadataServiceEndpointMode: m.EC2MetadataServiceEndpointMode.ValueString(),
		ForbiddenAccountIds:            elementsAs[string](ctx, m.ForbiddenAccountIDs, &diags),
		HTTPProxy:                      m.HTTPProxy.ValueStringPointer(),
		HTTPSProxy:                     m.HTTPSProxy.ValueStringPointer(),
		HTTPProxyMode:                  awsbase.HTTPProxyModeLegacy,
		IamEndpoint:                    endpointURL(urls.IAM, "IAM"),
		Insecure:                       m.Insecure.ValueBool(),
		MaxRetries:                     wholeNumber(m.MaxRetries),
		NoProxy:                        m.NoProxy.ValueString(),
		Profile:                        m.Profile.ValueString(),
		Region:                         m.Region.ValueString(),
		RetryMode:                      aws.RetryMode(m.RetryMode.ValueString()),
		SecretKey:                      m.SecretKey.ValueString(),
		SharedConfigFiles:              elementsAs[string](ctx, m.SharedConfigFiles, &diags),
		SharedCredentialsFiles:         elementsAs[string](ctx, m.SharedCredentialsFiles, &diags),
		SsoEndpoint:                    urls.SSO.ValueString(),
		StsEndpoint:                    endpointURL(urls.STS, "STS"),
		StsRegion:                      m.STSRegion.ValueString(),
		Token:                          m.Token.ValueString(),
		TokenBucketRateLimiterCapacity: wholeNumber(m.TokenBucketRateLimiterCapacity),
		UseDualStackEndpoint:           m.UseDualstackEndpoint.ValueBool(),
		UseFIPSEndpoint:                m.UseFIPSEndpoint.ValueBool(),
		UserAgent: append(agent,
			useragent.FromSlice(elementsAs[string](ctx, m.UserAgent, &diags))...),

		// checkAccount does both, and only if the configuration requires it.
		SkipCredsValidation:     true,
		SkipRequestingAccountId: true,
		// The request log of aws-sdk-go-base shows session tokens and turns a
		// truncated response into an error that is not retried.
		SuppressDebugLog: true,
	}
	return config, diags
}

// metadataState returns whether the EC2 instance metadata service is used.
func (m model) metadataState() imds.ClientEnableState {
	skip, err := strconv.ParseBool(m.SkipMetadataAPICheck.ValueString())
	switch {
	case err != nil: // The argument is not set.
		return imds.ClientDefaultEnableState
	case skip:
		return imds.ClientDisabled
	}
	return imds.ClientEnabled
}

func (m model) assumeRoles(ctx context.Context, diags *diag.Diagnostics) []awsbase.AssumeRole {
	var roles []awsbase.AssumeRole
	for _, block := range elementsAs[assumeRole](ctx, m.AssumeRole, diags) {
		if !isSet(block.RoleARN) {
			continue
		}
		role := awsbase.AssumeRole{
			RoleARN:           block.RoleARN.ValueString(),
			Duration:          duration(block.Duration),
			ExternalID:        block.ExternalID.ValueString(),
			Policy:            block.Policy.ValueString(),
			PolicyARNs:        elementsAs[string](ctx, block.PolicyARNs, diags),
			SessionName:       block.SessionName.ValueString(),
			SourceIdentity:    block.SourceIdentity.ValueString(),
			TransitiveTagKeys: elementsAs[string](ctx, block.TransitiveTagKeys, diags),
		}
		diags.Append(block.Tags.ElementsAs(ctx, &role.Tags, false)...)
		roles = append(roles, role)
	}
	return roles
}

func (m model) webIdentity(ctx context.Context, diags *diag.Diagnostics) *awsbase.AssumeRoleWithWebIdentity {
	blocks := elementsAs[webIdentity](ctx, m.AssumeRoleWithWebIdentity, diags)
	if len(blocks) == 0 || blocks[0].isEmpty() {
		return nil
	}
	block := blocks[0]
	identity := &awsbase.AssumeRoleWithWebIdentity{
		RoleARN:              block.RoleARN.ValueString(),
		Duration:             duration(block.Duration),
		Policy:               block.Policy.ValueString(),
		PolicyARNs:           elementsAs[string](ctx, block.PolicyARNs, diags),
		SessionName:          block.SessionName.ValueString(),
		WebIdentityToken:     block.Token.ValueString(),
		WebIdentityTokenFile: block.TokenFile.ValueString(),
	}
	if !identity.HasValidTokenSource() {
		identity.WebIdentityToken = os.Getenv(webIdentityTokenVariable)
		identity.WebIdentityTokenFile = os.Getenv(webIdentityTokenFileVariable)
	}
	if (identity.WebIdentityToken != "") == (identity.WebIdentityTokenFile != "") {
		diags.AddAttributeError(path.Root("assume_role_with_web_identity").AtListIndex(0), "Invalid Attribute Combination",
			"assume_role_with_web_identity requires exactly one of web_identity_token and web_identity_token_file.\n\nSet "+
				"one of them. If neither is set, exactly one of the environment variables "+webIdentityTokenVariable+
				" and "+webIdentityTokenFileVariable+" must be set.")
	}
	return identity
}

// wholeNumber returns 0 if the argument is not set. Any other value has been validated.
func wholeNumber(value types.Number) int {
	if value.IsNull() {
		return 0
	}
	number, _ := value.ValueBigFloat().Int64()
	return int(number)
}

// duration returns 0, which stands for the default of aws-sdk-go-base, if the
// argument is not set. Any other value has been validated.
func duration(value types.String) time.Duration {
	parsed, _ := time.ParseDuration(value.ValueString())
	return parsed
}
