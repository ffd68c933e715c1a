// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// metadataTimeout is the SDK's limit for the metadata service, which the SDK
// replaces with the deadline of a context that has one.
const metadataTimeout = 5 * time.Second

// resolver finds the credentials. Its monitor checks the requests for them.
type resolver struct {
	base     *awsbase.Config
	loaded   aws.Config // from aws-sdk-go-base
	services aws.Config // for the clients of STS and IAM
	redactor *conns.Redactor
	monitor  *monitor
}

func newResolver(
	loaded aws.Config, base *awsbase.Config, redactor *conns.Redactor, custom []customEndpoint, options []conns.Option,
) *resolver {
	r := &resolver{
		base: base, loaded: loaded, services: loaded.Copy(), redactor: redactor,
		monitor: &monitor{redactor: redactor, custom: custom},
	}
	r.services.APIOptions = append(slices.Clip(r.services.APIOptions), r.monitor.addTo)
	r.services.HTTPClient = conns.NewHTTPClient(loaded, options...)
	for profile := new(sharedConfig(loaded)); profile != nil; profile = profile.Source {
		redactor.Add(profile.Credentials.SecretAccessKey, profile.Credentials.SessionToken)
	}
	return r
}

// hasStaticKeys reports whether the provider block has keys.
func hasStaticKeys(base *awsbase.Config) bool {
	return base.AccessKey != "" || base.SecretKey != "" || base.Token != ""
}

// credentials finds the credentials, and assumes the roles of the provider block
// with them. Each is retrieved once, which shows where an error comes from.
func (r *resolver) credentials(ctx context.Context, diags *diag.Diagnostics) *conns.Credentials {
	var provider aws.CredentialsProvider
	var err error
	switch {
	case hasStaticKeys(r.base):
		provider = r.loaded.Credentials
	case r.base.AssumeRoleWithWebIdentity != nil:
		provider = r.webIdentity()
	default:
		provider, err = r.find(ctx)
	}
	if err != nil {
		diags.Append(fromBaseError(err.Error(), err, r.base))
		return nil
	}
	credentials := conns.NewCredentials(provider, r.redactor)
	retrieved, err := credentials.Retrieve(ctx)
	if err != nil {
		diags.Append(r.credentialsDiagnostic(ctx, err))
		return nil
	}
	if retrieved.Source == ec2rolecreds.ProviderName && r.services.Region == "" {
		if r.services.Region, err = r.instanceRegion(ctx); err != nil {
			diags.Append(r.orTimeout(ctx, fromBaseError(err.Error(), err, r.base)))
			return nil
		}
	}
	for _, role := range r.base.AssumeRole {
		credentials = conns.NewCredentials(r.assumeRole(credentials, role), r.redactor)
		if _, err := credentials.Retrieve(ctx); err != nil {
			diags.Append(r.orTimeout(ctx, diag.NewErrorDiagnostic("Cannot assume IAM Role",
				cannotAssumeRole(role.RoleARN, err))))
			return nil
		}
	}
	return credentials
}

// find has the SDK find credentials in the environment, the shared files, and the
// metadata services. The options are those of aws-sdk-go-base.
func (r *resolver) find(ctx context.Context) (aws.CredentialsProvider, error) {
	cfg, err := awsconfig.LoadDefaultConfig(ctx, func(o *awsconfig.LoadOptions) error {
		for _, source := range r.loaded.ConfigSources {
			if options, ok := source.(awsconfig.LoadOptions); ok {
				*o = options
			}
		}
		o.Credentials = nil
		o.APIOptions = append(slices.Clip(o.APIOptions), r.monitor.addTo)
		o.EndpointResolverWithOptions = aws.EndpointResolverWithOptionsFunc(r.endpoint) //nolint:staticcheck // See below.
		o.WebIdentityRoleCredentialOptions = func(o *stscreds.WebIdentityRoleOptions) {
			if path, ok := o.TokenRetriever.(stscreds.IdentityTokenFile); ok {
				o.TokenRetriever = newTokenFile(string(path), "web_identity_token_file in the profile", r.redactor)
			}
		}
		if bundle, ok := o.CustomCABundle.(io.Seeker); ok { // It has been read.
			_, err := bundle.Seek(0, io.SeekStart)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return newSDKCredentials(cfg), nil
}

// endpoint returns the configured endpoint of a service that the SDK requests
// credentials from. The SDK passes no other kind of option to these clients.
func (r *resolver) endpoint(service, region string, _ ...any) (aws.Endpoint, error) { //nolint:staticcheck // See above.
	endpoint := aws.Endpoint{Source: aws.EndpointSourceCustom, SigningRegion: region} //nolint:staticcheck // See above.
	switch service {
	case iam.ServiceID:
		endpoint.URL = r.base.IamEndpoint
	case sso.ServiceID:
		endpoint.URL = r.base.SsoEndpoint
	case sts.ServiceID:
		endpoint.URL, endpoint.SigningRegion = r.base.StsEndpoint, cmp.Or(r.base.StsRegion, region)
	}
	if endpoint.URL == "" {
		return endpoint, &aws.EndpointNotFoundError{} // The SDK then uses its own endpoint.
	}
	return endpoint, nil
}

// instanceRegion returns the Region of the EC2 instance, which is the default if
// its role has the credentials.
func (r *resolver) instanceRegion(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, metadataTimeout)
	defer cancel()
	cfg := r.services.Copy()
	cfg.HTTPClient = r.loaded.HTTPClient // It gets the short limits of the metadata service.
	out, err := imds.NewFromConfig(cfg).GetRegion(ctx, &imds.GetRegionInput{})
	if err != nil {
		return "", err
	}
	return out.Region, nil
}
