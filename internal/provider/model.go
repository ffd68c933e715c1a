// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import "github.com/hashicorp/terraform-plugin-framework/types"

// model is the provider block.
type model struct {
	AccessKey  types.String `tfsdk:"access_key"`
	Endpoints  *endpoints   `tfsdk:"endpoints"`
	MaxRetries types.Int64  `tfsdk:"max_retries"`
	Profile    types.String `tfsdk:"profile"`
	Region     types.String `tfsdk:"region"`
	SecretKey  types.String `tfsdk:"secret_key"`
	Token      types.String `tfsdk:"token"`
}

// endpoints is the block endpoints, nil where it is not there.
type endpoints struct {
	CustomerProfiles types.String `tfsdk:"customerprofiles"`
	STS              types.String `tfsdk:"sts"`
}

func (e *endpoints) customerProfiles() string {
	if e == nil {
		return ""
	}
	return e.CustomerProfiles.ValueString()
}

func (e *endpoints) sts() string {
	if e == nil {
		return ""
	}
	return e.STS.ValueString()
}
