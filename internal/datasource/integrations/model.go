// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integrations

import (
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// model is the data source as Terraform sees it: the arguments, then the
// members of the API's ListIntegrations.
type model struct {
	common.Arguments
	IncludeHidden types.Bool `tfsdk:"include_hidden"`

	Items []item `tfsdk:"items"`
}

type item struct {
	DomainName types.String `tfsdk:"domain_name"`
	URI        types.String `tfsdk:"uri"`

	common.Integration
}

// fromAPI fills everything that the API returns from its answer. What the
// answer does not hold is null.
func (m *model) fromAPI(out *customerprofiles.ListIntegrationsOutput) diag.Diagnostics {
	var diags diag.Diagnostics
	m.Items = make([]item, len(out.Items))
	for i := range out.Items {
		in := &out.Items[i]
		m.Items[i] = item{
			DomainName:  types.StringPointerValue(in.DomainName),
			URI:         types.StringPointerValue(in.Uri),
			Integration: common.IntegrationFromAPI(in, &diags),
		}
	}
	return diags
}
