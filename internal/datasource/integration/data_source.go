// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package integration is the data source customerprofiles_integration: one
// integration of a domain, as the API's GetIntegration tells it.
package integration

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
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
	resp.TypeName = req.ProviderTypeName + "_integration"
}

// Schema describes the arguments and what is read back.
func (*dataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = newSchema(ctx)
}

// Read stores the integration as the API has it.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	d.ReadInto(ctx, req, resp, &model{})
}

// Asked names the operation and the integration.
func (m *model) Asked() (operation, subject string) {
	return "GetIntegration", fmt.Sprintf("integration %q", m.URI.ValueString())
}

// Ask asks for the integration once.
func (m *model) Ask(ctx context.Context, client *conns.Client) (diag.Diagnostics, error) {
	out, err := client.GetIntegration(ctx, &customerprofiles.GetIntegrationInput{
		DomainName: m.DomainName.ValueStringPointer(),
		Uri:        m.URI.ValueStringPointer(),
	})
	if err != nil {
		return nil, err
	}
	return m.fromAPI(out), nil
}
