// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"fmt"
	"strings"
)

// credentialsProvider describes a credentials provider of the SDK.
type credentialsProvider struct {
	// prefix begins the SDK's name of the provider.
	prefix string
	// name is what users call it.
	name string
	// advice says how to renew its credentials.
	advice string
}

var credentialsProviders = []credentialsProvider{
	{"StaticCredentials", "access_key and secret_key (and token) in the provider block",
		"Replace them. Temporary credentials (their access key begins with ASIA) also need their token."},
	{"EnvConfigCredentials", "the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
		"Export new ones. Temporary credentials (their access key begins with ASIA) also need AWS_SESSION_TOKEN. " +
			"To use a profile instead, unset the variables."},
	{"SharedConfigCredentials", "the shared file",
		"Renew the keys of the profile, for example with aws configure."},
	{"SSOProvider", "IAM Identity Center (SSO)",
		"Run aws sso login with the same profile."},
	{"LoginProvider", "a console login",
		"Run aws login with the same profile."},
	{"AssumeRoleProvider", "an assumed role",
		"Check that the role exists, and the credentials that assume it."},
	{"WebIdentityCredentials", "a role assumed with a web identity",
		"Have the CI system renew the token in the file named by AWS_WEB_IDENTITY_TOKEN_FILE, and check the role's " +
			"trust policy."},
	{"EC2RoleProvider", "the role of the EC2 instance",
		"AWS renews them automatically. Check that the instance still has its instance profile."},
	{"CredentialsEndpointProvider", "the role of the container",
		"The container agent renews them automatically. Check the role of the task or pod."},
	{"ProcessProvider", "the profile's credential_process",
		"Run the command and check that the credentials it prints are valid."},
}

// credentialsSource says where the credentials came from and how to renew them.
func (f failure) credentialsSource() string {
	if f.CredentialsSource == "" {
		return "No credentials have been retrieved."
	}
	for _, provider := range credentialsProviders {
		if rest, ok := strings.CutPrefix(f.CredentialsSource, provider.prefix); ok {
			// "SharedConfigCredentials: " is followed by the path of the file.
			name := strings.TrimSpace(provider.name + " " + strings.TrimPrefix(rest, ": "))
			return fmt.Sprintf("The credentials came from %s. %s", escape(name), provider.advice)
		}
	}
	return fmt.Sprintf("The credentials came from %s. Renew them.", escape(f.CredentialsSource))
}
