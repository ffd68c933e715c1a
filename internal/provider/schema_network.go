// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
)

func regionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"region": text("Region that data sources read from where they name none, such as `eu-west-1`. Also from `AWS_REGION`, `AWS_DEFAULT_REGION`, " +
			"or `region` of the profile, and from the instance's metadata where the credentials come from there."),
		"skip_region_validation": flag("Whether to accept the name of a Region that this version of the provider does not know, in the provider block and on " +
			"data sources. `false` where it is not set."),
		"sts_region": text("Region of the STS that is called. The provider's Region where it is not set."),
		"use_dualstack_endpoint": flag("Whether endpoints that speak IPv6 as well as IPv4 are called. Conflicts with `endpoints.customerprofiles`. Also from " +
			"`AWS_USE_DUALSTACK_ENDPOINT`, or `use_dualstack_endpoint` of the profile, which `false` does not switch off. " +
			"`false` where nothing says otherwise."),
		"use_fips_endpoint": flag("Whether endpoints with FIPS 140 cryptography are called. A URL in `endpoints` is called as it is. Also from " +
			"`AWS_USE_FIPS_ENDPOINT`, or `use_fips_endpoint` of the profile, which `false` does not switch off. " +
			"`false` where nothing says otherwise."),
	}
}

func networkAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"custom_ca_bundle": text("Path of a file with certificates, in PEM, that are trusted beside the system's; `~` and environment variables in it are " +
			"expanded. Also from `AWS_CA_BUNDLE`."),
		"insecure": flag("Whether the certificates of AWS's servers go unchecked. `false` where it is not set."),
		"http_proxy": text("URL of the proxy for HTTP, and for HTTPS too where no HTTPS proxy is given. An empty string is no proxy. "+
			"Also from `HTTP_PROXY` or `http_proxy`.", proxyURL{}),
		"https_proxy": text("URL of the proxy for HTTPS. An empty string is no proxy. Also from `HTTPS_PROXY` or `https_proxy`. "+
			"`http_proxy` where nothing says otherwise.", proxyURL{}),
		"no_proxy": text("Hosts that are reached without a proxy: names, domains, addresses and CIDR blocks, separated by commas. " +
			"Also from `NO_PROXY` or `no_proxy`."),
	}
}

func requestAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"max_retries": number("How many times a call is attempted in all; 1 is no retry, and 0 is as if it were not set. Also from `AWS_MAX_ATTEMPTS`, "+
			"or `max_attempts` of the profile. 25 where nothing says otherwise.", int64validator.AtLeast(0)),
		"retry_mode": text("How calls are retried: `standard`, or `adaptive`, which slows all calls down where AWS throttles some. Also from `AWS_RETRY_MODE`, "+
			"or `retry_mode` of the profile. `standard` where nothing says otherwise.",
			stringvalidator.OneOf("standard", "adaptive", "")),
		"token_bucket_rate_limiter_capacity": number("How many tokens the SDK's rate limit for retries holds. Retries are not limited by it where it is 0 or not set.",
			int64validator.AtLeast(0)),
		"user_agent": list("Products that are appended to the User-Agent header of every call, each as `name/version (comment)`, where version and comment may be "+
			"left out. Also, as one text, from `TF_APPEND_USER_AGENT`, which stands behind them.", listvalidator.NoNullValues()),
	}
}
