// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/signin"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// customEndpoint is a configured URL of a service.
type customEndpoint struct {
	serviceID string // the SDK's ID of the service
	url       string
	// source is the argument, the variable, or the profile that sets the URL.
	source     string
	isArgument bool
}

// custom returns the endpoints in the provider block, the environment, and the
// profile.
func (e endpoints) custom(cfg aws.Config) []customEndpoint {
	var custom []customEndpoint
	for _, service := range []struct {
		id    string
		block string // empty if the provider block has no argument for the service
		name  string

		argument types.String
		resolved *string // from the environment or the profile
	}{
		{customerprofiles.ServiceID, "customerprofiles", "CUSTOMER_PROFILES", e.CustomerProfiles,
			customerprofiles.NewFromConfig(cfg).Options().BaseEndpoint},
		{iam.ServiceID, "iam", "IAM", e.IAM, iam.NewFromConfig(cfg).Options().BaseEndpoint},
		{sso.ServiceID, "sso", "SSO", e.SSO, sso.NewFromConfig(cfg).Options().BaseEndpoint},
		{signin.ServiceID, "", "SIGNIN", types.StringNull(), signin.NewFromConfig(cfg).Options().BaseEndpoint},
		{ssooidc.ServiceID, "", "SSO_OIDC", types.StringNull(), ssooidc.NewFromConfig(cfg).Options().BaseEndpoint},
		{sts.ServiceID, "sts", "STS", e.STS, sts.NewFromConfig(cfg).Options().BaseEndpoint},
	} {
		endpoint := customEndpoint{serviceID: service.id, isArgument: isSet(service.argument)}
		if endpoint.isArgument {
			endpoint.url = service.argument.ValueString()
			endpoint.source = "endpoints." + service.block + " in the provider block"
		} else {
			endpoint.url = aws.ToString(service.resolved)
			if service.id == iam.ServiceID || service.id == sts.ServiceID {
				endpoint.url = cmp.Or(endpointURL(service.argument, service.name), endpoint.url)
			}
			endpoint.source = endpointSource(cfg, endpoint.url, service.name)
		}
		if endpoint.url != "" {
			custom = append(custom, endpoint)
		}
	}
	return custom
}

// endpointSource returns the variable that has the URL of a service, or the profile.
func endpointSource(cfg aws.Config, url, service string) string {
	for _, variable := range append(endpointVariables(service), "AWS_ENDPOINT_URL") {
		if os.Getenv(variable) == url {
			return variable
		}
	}
	return fmt.Sprintf("endpoint_url in the profile %q", sharedConfig(cfg).Profile)
}

// endpointVariables returns the SDK's variable, and the deprecated ones of
// hashicorp/aws, which the SDK doesn't read.
func endpointVariables(service string) []string {
	return []string{"AWS_ENDPOINT_URL_" + service, "TF_AWS_" + service + "_ENDPOINT", "AWS_" + service + "_ENDPOINT"}
}

// endpointURL returns the argument or, if it is not set, the value of the
// deprecated variables of hashicorp/aws. The SDK's own variable, which the SDK
// reads, takes precedence over these.
func endpointURL(argument types.String, service string) string {
	variables := endpointVariables(service)
	if isSet(argument) || os.Getenv(variables[0]) != "" {
		return argument.ValueString()
	}
	return cmp.Or(os.Getenv(variables[1]), os.Getenv(variables[2]))
}

// sharedConfig returns the profile, without values if there is none.
func sharedConfig(cfg aws.Config) awsconfig.SharedConfig {
	for _, source := range cfg.ConfigSources {
		if shared, ok := source.(awsconfig.SharedConfig); ok {
			return shared
		}
	}
	return awsconfig.SharedConfig{}
}

// sourceProfile returns the profile that has the credentials, which is the last
// one of a chain of source_profile.
func sourceProfile(cfg aws.Config) awsconfig.SharedConfig {
	profile := sharedConfig(cfg)
	for profile.Source != nil {
		profile = *profile.Source
	}
	return profile
}

// checkEndpoints validates the endpoints that validation of the provider block
// does not see, and warns about unencrypted ones. A URL for several services is
// one diagnostic, because diags drops duplicates.
func checkEndpoints(custom []customEndpoint, diags *diag.Diagnostics) {
	for _, endpoint := range custom {
		if endpoint.isArgument {
			continue
		}
		if isValidEndpoint(endpoint.url, endpoint.source, diags) && isUnencrypted(endpoint.url) {
			diags.AddWarning("Unencrypted endpoint", unencryptedDetail(endpoint.url, " (from "+endpoint.source+")"))
		}
	}
}

// checkMetadataEndpoint validates the endpoint of the EC2 instance metadata service
// in the environment or the profile.
func checkMetadataEndpoint(base *awsbase.Config, cfg aws.Config, diags *diag.Diagnostics) {
	const variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
	profile := sharedConfig(cfg)
	switch {
	case base.EC2MetadataServiceEndpoint != "": // It has been validated.
	case os.Getenv(variable) != "":
		isValidEndpoint(os.Getenv(variable), variable, diags)
	case profile.EC2IMDSEndpoint != "":
		isValidEndpoint(profile.EC2IMDSEndpoint,
			fmt.Sprintf("ec2_metadata_service_endpoint in the profile %q", profile.Profile), diags)
	}
}

// isValidEndpoint reports whether url is valid, and adds an error if it isn't.
func isValidEndpoint(url, source string, diags *diag.Diagnostics) bool {
	err := httpURLValidator.validate(url)
	if err != nil {
		diags.AddError("Invalid endpoint URL", fmt.Sprintf("%s %s, %v.\n\nCorrect the URL.",
			source, httpURLValidator.description, err))
	}
	return err == nil
}
