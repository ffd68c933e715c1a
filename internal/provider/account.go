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
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// checkAccount validates the credentials and enforces allowed_account_ids and
// forbidden_account_ids. It calls AWS only if the configuration requires it.
func (m model) checkAccount(ctx context.Context, r *resolver, diags *diag.Diagnostics) {
	base := r.base
	skipValidation := m.SkipCredentialsValidation.ValueBool()
	validate := !m.SkipCredentialsValidation.IsNull() && !skipValidation
	restricted := len(base.AllowedAccountIds)+len(base.ForbiddenAccountIds) > 0
	skipAccountID := skipValidation && m.SkipRequestingAccountID.ValueBool()
	if skipAccountID || (!restricted && !validate) {
		return
	}
	account, err := r.accountID(ctx, skipValidation)
	switch {
	case isRejectedBySTS(err):
		diags.AddError("AWS credentials rejected",
			"STS rejected the credentials: "+err.Error()+
				"\n\nRenew the credentials at their source.")
	case err != nil:
		diags.Append(r.orTimeout(ctx, diag.NewErrorDiagnostic("Could not determine the AWS account ID",
			"The request to STS failed: "+err.Error()+
				"\n\nCheck that this machine can reach STS with the configured proxy and endpoint. If it can't, remove "+
				"allowed_account_ids, forbidden_account_ids, and skip_credentials_validation = false. Nothing else requires the "+
				"account ID.")))
	case len(base.AllowedAccountIds) > 0 && !slices.Contains(base.AllowedAccountIds, account):
		diags.AddAttributeError(path.Root("allowed_account_ids"), "AWS account not allowed",
			fmt.Sprintf("The credentials belong to AWS account %[1]s, but allowed_account_ids allows only %[2]s.\n\nUse "+
				"credentials of an allowed account, or add %[1]s to allowed_account_ids.",
				account, strings.Join(base.AllowedAccountIds, ", ")))
	case slices.Contains(base.ForbiddenAccountIds, account):
		diags.AddAttributeError(path.Root("forbidden_account_ids"), "AWS account not allowed",
			fmt.Sprintf("The credentials belong to AWS account %[1]s, which forbidden_account_ids excludes.\n\nUse "+
				"credentials of another account, or remove %[1]s from forbidden_account_ids.", account))
	}
}

// accountID returns the ID of the account that the credentials belong to. Like
// hashicorp/aws, it tries IAM before STS if validation is skipped.
//
// aws-sdk-go-base can do the same, but stores the IAM client in an interface.
// The linker then keeps every IAM operation, which adds 5 MB to the binary.
func (r *resolver) accountID(ctx context.Context, tryIAM bool) (string, error) {
	if tryIAM {
		// GetUser fails for roles and without permission. STS works for both.
		out, err := iam.NewFromConfig(r.services).GetUser(ctx, &iam.GetUserInput{})
		if err == nil && out.User != nil {
			parsed, err := arn.Parse(aws.ToString(out.User.Arn))
			if err == nil && accountIDPattern.MatchString(parsed.AccountID) {
				return parsed.AccountID, nil
			}
		}
		if err := ctx.Err(); err != nil {
			return "", err
		}
	}
	out, err := r.newSTS(r.services.Credentials).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return "", err
	}
	if !accountIDPattern.MatchString(aws.ToString(out.Account)) {
		return "", &conns.MalformedResponseError{Problem: "it doesn't contain an account ID"}
	}
	return aws.ToString(out.Account), nil
}

// isRejectedBySTS reports whether STS rejected the credentials. Throttling,
// server errors, and responses of other services are not rejections.
func isRejectedBySTS(err error) bool {
	var apiErr smithy.APIError
	var respErr *awshttp.ResponseError
	if !errors.As(err, &apiErr) || !errors.As(err, &respErr) ||
		respErr.HTTPStatusCode() >= http.StatusInternalServerError {
		return false
	}
	_, throttled := retry.DefaultThrottleErrorCodes[apiErr.ErrorCode()]
	// The SDK uses UnknownError for an error response without a code.
	return !throttled && apiErr.ErrorCode() != "UnknownError"
}
