// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"fmt"
	"strings"
)

// origin is where credentials can come from, and how they are renewed there.
type origin struct {
	// source begins the SDK's name of it.
	source string
	where  string
	renew  string
}

var origins = []origin{
	{"StaticCredentials", "access_key and secret_key (and token) in the provider block",
		"Put current keys there; temporary ones (they begin with ASIA) need their token, too."},
	{"EnvConfigCredentials", "the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
		"Export current ones; temporary ones (they begin with ASIA) need AWS_SESSION_TOKEN, too. Unset them where a profile is meant."},
	{"SharedConfigCredentials", "the shared file",
		"Put current keys into the profile there: aws configure, or whatever wrote them."},
	{"SSOProvider", "IAM Identity Center (SSO)",
		"Sign in again: aws sso login, with the same profile."},
	{"LoginProvider", "a console sign-in",
		"Sign in again: aws login, with the same profile."},
	{"AssumeRoleProvider", "a role that was assumed",
		"Check that the role is still there, and the credentials that it is assumed with."},
	{"WebIdentityCredentials", "a role that was assumed with a web identity",
		"Have the CI system write a new token into the file that AWS_WEB_IDENTITY_TOKEN_FILE names, and check the role's trust policy."},
	{"EC2RoleProvider", "the role of the EC2 instance",
		"AWS renews them by itself: check that the instance still has its profile."},
	{"CredentialsEndpointProvider", "the role of the container",
		"The container's agent renews them by itself: check the role of the task or pod."},
	{"ProcessProvider", "the profile's credential_process",
		"Run the command by hand, and see that what it prints is current."},
}

// credentialsFrom says where the credentials came from and how to renew them.
func (f failure) credentialsFrom() string {
	if f.CredentialsSource == "" {
		return "No source of credentials had any yet."
	}
	for _, o := range origins {
		if rest, ok := strings.CutPrefix(f.CredentialsSource, o.source); ok {
			// Behind "SharedConfigCredentials: " stands the file's path.
			where := strings.TrimSpace(o.where + " " + strings.TrimPrefix(rest, ": "))
			return fmt.Sprintf("The credentials came from %s. %s", Printable(where), o.renew)
		}
	}
	return fmt.Sprintf("The credentials came from %s. Renew them there.", Printable(f.CredentialsSource))
}
