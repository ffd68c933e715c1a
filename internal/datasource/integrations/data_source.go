// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package integrations is the data source customerprofiles_integrations: the
// integrations of a domain, as the API's ListIntegrations tells them.
package integrations

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

// New returns the data source.
func New() datasource.DataSource { return &dataSource{} }

type dataSource struct {
	common.Base
}

// Metadata names the data source.
func (*dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_integrations"
}

// Schema describes the arguments and what is read back.
func (*dataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = newSchema(ctx)
}

// Read stores all integrations that the API has.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	d.ReadInto(ctx, req, resp, &model{})
}

// Asked names the operation. It asks for nothing but what the domain has.
func (*model) Asked() (operation, subject string) {
	return "ListIntegrations", ""
}

// Ask asks for all pages.
func (m *model) Ask(ctx context.Context, client *conns.Client) (diag.Diagnostics, error) {
	var all customerprofiles.ListIntegrationsOutput
	err := common.EachPage(func(token *string) (*string, middleware.Metadata, error) {
		page, err := client.ListIntegrations(ctx, &customerprofiles.ListIntegrationsInput{
			DomainName:    m.DomainName.ValueStringPointer(),
			IncludeHidden: m.IncludeHidden.ValueBoolPointer(),
			MaxResults:    aws.Int32(common.PageSize),
			NextToken:     token,
		})
		if err != nil {
			return nil, middleware.Metadata{}, err
		}
		all.Items = append(all.Items, page.Items...)
		return page.NextToken, page.ResultMetadata, nil
	})
	if err != nil {
		return nil, err
	}
	return m.fromAPI(&all), nil
}
