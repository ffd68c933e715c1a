// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// checkAccount asks whether the credentials are valid and whose they are,
// where the configuration wants to know.
func (m model) checkAccount(ctx context.Context, cfg aws.Config, base *awsbase.Config, diags *diag.Diagnostics) {
	skipped := m.SkipCredentialsValidation.ValueBool()
	validate := !m.SkipCredentialsValidation.IsNull() && !skipped
	restricted := len(base.AllowedAccountIds)+len(base.ForbiddenAccountIds) > 0
	unasked := skipped && m.SkipRequestingAccountID.ValueBool()
	if unasked || (!restricted && !validate) {
		return
	}
	account, err := askAccount(ctx, cfg, base, skipped)
	switch {
	case refusedBySTS(err):
		diags.AddError("AWS credentials refused", "STS does not take the credentials: "+err.Error()+
			"\n\nRenew the credentials where they come from.")
	case err != nil:
		diags.AddError("AWS account not found out", "STS did not tell whose the credentials are: "+err.Error()+
			"\n\nCheck that this machine reaches STS, through the proxy and at the endpoint that are configured. Where it cannot, leave out "+
			"allowed_account_ids, forbidden_account_ids and skip_credentials_validation = false: nothing else asks for the account.")
	case len(base.AllowedAccountIds) > 0 && !slices.Contains(base.AllowedAccountIds, account):
		diags.AddAttributeError(path.Root("allowed_account_ids"), "AWS account not allowed",
			fmt.Sprintf("The credentials belong to account %s, and only %s may be used. Use credentials of such an account, or add this one to "+
				"allowed_account_ids.", account, strings.Join(base.AllowedAccountIds, ", ")))
	case slices.Contains(base.ForbiddenAccountIds, account):
		diags.AddAttributeError(path.Root("forbidden_account_ids"), "AWS account not allowed",
			fmt.Sprintf("The credentials belong to account %s, which must not be used. Use credentials of another account, or remove this one from "+
				"forbidden_account_ids.", account))
	}
}

// askAccount returns the ID of the account that the credentials belong to. As
// in hashicorp/aws, IAM is asked first where the credentials are not to be
// validated.
//
// The library can do it too, and hands IAM's client to an interface, which
// makes the linker keep all of its operations: 5 MB.
func askAccount(ctx context.Context, cfg aws.Config, base *awsbase.Config, iamFirst bool) (string, error) {
	if iamFirst {
		// Whoever is no user, or may not ask, is told by STS.
		if out, err := newIAM(cfg, base.IamEndpoint).GetUser(ctx, &iam.GetUserInput{}); err == nil && out.User != nil {
			if parsed, err := arn.Parse(aws.ToString(out.User.Arn)); err == nil {
				return parsed.AccountID, nil
			}
		}
	}
	out, err := newSTS(cfg, base.StsEndpoint, base.StsRegion).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.Account), nil
}

// refusedBySTS is whether err is the word of STS on the credentials, and not on
// how often it is asked or on itself, or something else's in its place.
func refusedBySTS(err error) bool {
	var api smithy.APIError
	var response *awshttp.ResponseError
	if !errors.As(err, &api) || !errors.As(err, &response) || response.HTTPStatusCode() >= http.StatusInternalServerError {
		return false
	}
	_, throttled := retry.DefaultThrottleErrorCodes[api.ErrorCode()]
	return !throttled && api.ErrorCode() != unknownCode
}

// unknownCode is what the SDK calls an error whose answer names no code.
const unknownCode = "UnknownError"

// The SDK refuses an endpoint beside FIPS or dual stack. One that is given is
// called as it is.

func newIAM(cfg aws.Config, endpoint string) *iam.Client {
	return iam.NewFromConfig(cfg, func(o *iam.Options) {
		if endpoint != "" {
			o.BaseEndpoint = aws.String(endpoint)
			o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateDisabled
			o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateDisabled
		}
	})
}

func newSTS(cfg aws.Config, endpoint, region string) *sts.Client {
	return sts.NewFromConfig(cfg, func(o *sts.Options) {
		if endpoint != "" {
			o.BaseEndpoint = aws.String(endpoint)
			o.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateDisabled
			o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateDisabled
		}
		if region != "" {
			o.Region = region
		}
	})
}
