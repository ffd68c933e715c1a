// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The patterns and lengths are those of the STS API.
var (
	sessionNamePattern = regexp.MustCompile(`^[\w+=,.@-]*$`)
	externalIDPattern  = regexp.MustCompile(`^[\w+=,.@:/-]*$`)
)

func assumeRoleBlock() schema.Block {
	attributes := sessionAttributes()
	maps.Copy(attributes, map[string]schema.Attribute{
		"external_id": text("External ID that the role asks for: 2 to 1224 letters, digits and `_+=,.@:/-`.",
			stringvalidator.UTF8LengthBetween(2, 1224),
			stringvalidator.RegexMatches(externalIDPattern, "must hold letters, digits and _+=,.@:/- only")),
		"source_identity": text("Source identity of the session: 2 to 64 letters, digits and `_+=,.@-`.", sessionName()...),
		"tags": schema.MapAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Session tags, by their key.",
			Validators:          []validator.Map{mapvalidator.NoNullValues()},
		},
		"transitive_tag_keys": set("Keys of those session tags that go over to the sessions of the roles that are assumed next.", setvalidator.NoNullValues()),
	})
	return schema.ListNestedBlock{
		MarkdownDescription: "A role to assume. Where the block is repeated, the roles are assumed in order, each with the credentials of the one before it. " +
			"STS is asked when the provider is configured. Also from `role_arn` of the profile.",
		NestedObject: schema.NestedBlockObject{Attributes: attributes},
	}
}

func webIdentityBlock() schema.Block {
	attributes := sessionAttributes()
	maps.Copy(attributes, map[string]schema.Attribute{
		"web_identity_token": secret("Token of the identity provider, an OpenID Connect or OAuth 2.0 token of 4 to 20000 characters. Conflicts with "+
			"`web_identity_token_file`. Also from `TF_AWS_WEB_IDENTITY_TOKEN`, where neither is set.",
			stringvalidator.UTF8LengthBetween(4, 20000)),
		"web_identity_token_file": text("Path of a file with that token, `~` and environment variables in it expanded. Conflicts with `web_identity_token`. "+
			"Also from `AWS_WEB_IDENTITY_TOKEN_FILE`, where neither is set.",
			stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName("web_identity_token"))),
	})
	return schema.ListNestedBlock{
		MarkdownDescription: "A role to assume with a web identity. At most one block. STS is asked when the provider is configured. Also from " +
			"`AWS_ROLE_ARN`, `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_SESSION_NAME`, which need no block, or `role_arn`, `web_identity_token_file` and " +
			"`role_session_name` of the profile.",
		Validators:   []validator.List{listvalidator.SizeAtMost(1)},
		NestedObject: schema.NestedBlockObject{Attributes: attributes},
	}
}

// sessionAttributes are what both ways to assume a role take.
func sessionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"role_arn": text("ARN of the role, such as `arn:aws:iam::123456789012:role/Reader`.", arnText{}),
		"duration": text("How long the session lasts, from `15m` to `12h`. Where it is not set, 15 minutes with `assume_role`, and an hour with "+
			"`assume_role_with_web_identity`.", sessionDuration{}),
		"policy": text("IAM policy, in JSON, that restricts what the session may do.", jsonObject{}),
		"policy_arns": set("ARNs of IAM policies that restrict what the session may do.",
			setvalidator.ValueStringsAre(arnText{}), setvalidator.NoNullValues()),
		"session_name": text("Name of the session: 2 to 64 letters, digits and `_+=,.@-`. Made up where it is not set.", sessionName()...),
	}
}

func sessionName() []validator.String {
	return []validator.String{
		stringvalidator.UTF8LengthBetween(2, 64),
		stringvalidator.RegexMatches(sessionNamePattern, "must hold letters, digits and _+=,.@- only"),
	}
}

func endpointsBlock() schema.Block {
	endpoint := func(service, variable string) schema.Attribute {
		return text("URL of "+service+". Also from `"+variable+"` or `AWS_ENDPOINT_URL`, or from the profile's `services` and `endpoint_url`.",
			httpURL{}, encrypted{})
	}
	return schema.ListNestedBlock{
		MarkdownDescription: "URLs to call in place of AWS's own, in every Region. Where the block is repeated, the first URL for a service is used.",
		NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
			"customerprofiles": endpoint("Customer Profiles", "AWS_ENDPOINT_URL_CUSTOMER_PROFILES"),
			"iam":              endpoint("IAM", "AWS_ENDPOINT_URL_IAM"),
			"sso":              endpoint("IAM Identity Center", "AWS_ENDPOINT_URL_SSO"),
			"sts":              endpoint("STS", "AWS_ENDPOINT_URL_STS"),
		}},
	}
}
