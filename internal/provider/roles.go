// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/sts/types"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
)

// assumeRole returns the credentials of a role that is assumed with credentials.
func (r *resolver) assumeRole(credentials aws.CredentialsProvider, role awsbase.AssumeRole) aws.CredentialsProvider {
	return aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(r.newSTS(credentials), role.RoleARN,
		func(o *stscreds.AssumeRoleOptions) {
			o.RoleSessionName = role.SessionName
			o.Duration = role.Duration
			o.ExternalID = optional(role.ExternalID)
			o.Policy = optional(role.Policy)
			o.PolicyARNs = policyARNs(role.PolicyARNs)
			o.SourceIdentity = optional(role.SourceIdentity)
			o.TransitiveTagKeys = role.TransitiveTagKeys
			for key, value := range role.Tags {
				o.Tags = append(o.Tags, types.Tag{Key: aws.String(key), Value: aws.String(value)})
			}
		}))
}

// webIdentity returns the credentials of the role of the block
// assume_role_with_web_identity.
func (r *resolver) webIdentity() aws.CredentialsProvider {
	identity := r.base.AssumeRoleWithWebIdentity
	var token stscreds.IdentityTokenRetriever = identity // It returns web_identity_token.
	if identity.WebIdentityToken == "" {
		file := newTokenFile(identity.WebIdentityTokenFile, tokenFileArgument, r.redactor)
		file.path = expandPath(file.path)
		token = file
	}
	return aws.NewCredentialsCache(stscreds.NewWebIdentityRoleProvider(r.newSTS(nil), identity.RoleARN, token,
		func(o *stscreds.WebIdentityRoleOptions) {
			o.RoleSessionName = identity.SessionName
			o.Duration = identity.Duration
			o.Policy = optional(identity.Policy)
			o.PolicyARNs = policyARNs(identity.PolicyARNs)
		}))
}

func (r *resolver) newSTS(credentials aws.CredentialsProvider) *sts.Client {
	cfg := r.services.Copy()
	cfg.Credentials = credentials
	return sts.NewFromConfig(cfg)
}

func optional(value string) *string {
	if value == "" {
		return nil
	}
	return &value
}

func policyARNs(arns []string) []types.PolicyDescriptorType {
	var policies []types.PolicyDescriptorType
	for _, arn := range arns {
		policies = append(policies, types.PolicyDescriptorType{Arn: aws.String(arn)})
	}
	return policies
}

// cannotAssumeRole returns the text of aws-sdk-go-base, which doesn't export it.
func cannotAssumeRole(role string, err error) string {
	return fmt.Sprintf("IAM Role (%s) cannot be assumed.\n\nThere are a number of possible causes of this - the most "+
		"common are:\n  * The credentials used in order to assume the role are invalid\n  * The credentials do not have "+
		"appropriate permission to assume the role\n  * The role ARN is not valid\n\nError: %s\n", role, err)
}
