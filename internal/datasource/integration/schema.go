// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// newSchema mirrors the API's GetIntegration; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetIntegration.html.
func newSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "One integration of a Customer Profiles domain: a source of customer data, and the workflow that ingests it.",
		Attributes: common.IntegrationSchema(map[string]schema.Attribute{
			"domain_name": common.DomainName(),
			"region":      common.Region(),
			"uri":         common.URI(),
		}),
		Blocks: map[string]schema.Block{
			"timeouts": common.Timeouts(ctx, ""),
		},
	}
}
