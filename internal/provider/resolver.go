// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"io"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// The SDK's limits for the metadata service. It replaces metadataTimeout with the
// deadline of a context that has one.
const (
	metadataTimeout       = 5 * time.Second
	metadataDialTimeout   = 250 * time.Millisecond
	metadataHeaderTimeout = 500 * time.Millisecond
)

// resolver finds the credentials. Its monitor checks the requests for them.
type resolver struct {
	base     *awsbase.Config
	loaded   aws.Config // from aws-sdk-go-base
	services aws.Config // for the clients of STS, SSO, and IAM
	redactor *conns.Redactor
	monitor  *monitor
}

func newResolver(
	loaded aws.Config, base *awsbase.Config, redactor *conns.Redactor, custom []customEndpoint, options []conns.Option,
) *resolver {
	client := conns.NewHTTPClient(loaded, options...)
	r := &resolver{
		base: base, loaded: loaded, services: loaded.Copy(), redactor: redactor,
		monitor: &monitor{
			redactor: redactor, client: client, metadata: newMetadataClient(loaded, options), custom: custom,
		},
	}
	r.services.APIOptions = append(slices.Clip(r.services.APIOptions), r.monitor.addTo)
	r.services.HTTPClient = client
	r.services.ServiceOptions = append(slices.Clip(r.services.ServiceOptions), r.configureClient)
	credentials := sourceProfile(loaded).Credentials
	redactor.Add(credentials.SecretAccessKey, credentials.SessionToken)
	return r
}

// newMetadataClient returns an HTTP client with the SDK's limits for the metadata
// service. It fails fast on machines that don't have the service.
func newMetadataClient(cfg aws.Config, options []conns.Option) *conns.HTTPClient {
	if client, ok := cfg.HTTPClient.(*awshttp.BuildableClient); ok {
		cfg.HTTPClient = client.WithDialerOptions(func(d *net.Dialer) {
			d.Timeout = metadataDialTimeout
		}).WithTransportOptions(func(t *http.Transport) {
			t.ResponseHeaderTimeout = metadataHeaderTimeout
		})
	}
	return conns.NewHTTPClient(cfg, options...)
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
	credentials := conns.NewCredentials(provider, r.redactor, r.monitor.pendingRequest)
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
		credentials = conns.NewCredentials(r.assumeRole(credentials, role), r.redactor, r.monitor.pendingRequest)
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
	profile := sourceProfile(r.loaded)
	cfg, err := awsconfig.LoadDefaultConfig(ctx, func(o *awsconfig.LoadOptions) error {
		for _, source := range r.loaded.ConfigSources {
			if options, ok := source.(awsconfig.LoadOptions); ok {
				*o = options
			}
		}
		o.Credentials = nil
		o.APIOptions = append(slices.Clip(o.APIOptions), r.monitor.addTo)
		// The SDK creates its clients before it applies o.ServiceOptions.
		o.AssumeRoleCredentialOptions = func(o *stscreds.AssumeRoleOptions) {
			if client, ok := o.Client.(*sts.Client); ok {
				o.Client = r.newSTS(boundProcess(client.Options().Credentials, profile.CredentialProcess))
			}
		}
		o.WebIdentityRoleCredentialOptions = func(o *stscreds.WebIdentityRoleOptions) {
			o.Client = r.newSTS(nil)
			if path, ok := o.TokenRetriever.(stscreds.IdentityTokenFile); ok {
				o.TokenRetriever = newTokenFile(string(path), "web_identity_token_file in the profile", r.redactor)
			}
		}
		o.SSOProviderOptions = func(o *ssocreds.Options) {
			if client, ok := o.Client.(*sso.Client); ok {
				o.Client = sso.NewFromConfig(r.services, func(o *sso.Options) { o.Region = client.Options().Region })
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
	return checkToken(boundProcess(cfg.Credentials, profile.CredentialProcess), profile), nil
}

// configureClient applies the provider block to the options of a client that
// requests credentials or the account ID.
func (r *resolver) configureClient(_ string, options any) {
	switch o := options.(type) {
	case *iam.Options:
		setEndpoint(&o.BaseEndpoint, r.base.IamEndpoint, &o.EndpointOptions.UseFIPSEndpoint,
			&o.EndpointOptions.UseDualStackEndpoint)
	case *sso.Options:
		setEndpoint(&o.BaseEndpoint, r.base.SsoEndpoint, &o.EndpointOptions.UseFIPSEndpoint,
			&o.EndpointOptions.UseDualStackEndpoint)
	case *sts.Options:
		o.Region = cmp.Or(r.base.StsRegion, o.Region)
		setEndpoint(&o.BaseEndpoint, r.base.StsEndpoint, &o.EndpointOptions.UseFIPSEndpoint,
			&o.EndpointOptions.UseDualStackEndpoint)
	}
}

// setEndpoint sets the endpoint of a client to url, if it isn't empty. It turns off
// FIPS and dual stack for a custom endpoint, because the SDK rejects the
// combination.
func setEndpoint(endpoint **string, url string, fips *aws.FIPSEndpointState, dualStack *aws.DualStackEndpointState) {
	if url != "" {
		*endpoint = &url
	}
	if *endpoint != nil {
		*fips, *dualStack = aws.FIPSEndpointStateDisabled, aws.DualStackEndpointStateDisabled
	}
}

// instanceRegion returns the Region of the EC2 instance, which is the default if
// its role has the credentials.
func (r *resolver) instanceRegion(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, metadataTimeout)
	defer cancel()
	out, err := imds.NewFromConfig(r.services).GetRegion(ctx, &imds.GetRegionInput{})
	if err != nil {
		return "", err
	}
	return out.Region, nil
}
