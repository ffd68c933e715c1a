// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the provider block: its arguments, and how they become
// the AWS clients that the data sources use.
package provider

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/integration"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/workflow"
)

// TypeName is the provider's name in configurations, and the beginning of the
// name of each of its data sources.
const TypeName = "customerprofiles"

type customerProfilesProvider struct {
	version  string
	redactor *conns.Redactor
	options  []conns.Option
}

// New returns what makes the provider. The version is the one that the user
// agent and Terraform's logs name; the options of its clients are for tests.
func New(version string, redactor *conns.Redactor, options ...conns.Option) func() provider.Provider {
	return func() provider.Provider {
		return &customerProfilesProvider{version: version, redactor: redactor, options: options}
	}
}

// Metadata names the provider and its version.
func (p *customerProfilesProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = TypeName
	resp.Version = p.version
}

// Schema describes the provider block.
func (p *customerProfilesProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = newSchema()
}

// Configure turns the provider block into the clients that the data sources
// are handed. It calls AWS only where the credentials have to be fetched, or
// something asks for the account.
func (p *customerProfilesProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	unknown, err := unknownArguments(req.Config.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unreadable provider block", err.Error())
		return
	}
	if len(unknown) > 0 {
		resp.DataSourceData = conns.NewUnknown(unknown)
		if req.ClientCapabilities.DeferralAllowed {
			resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
		}
		return
	}

	var data model
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	cfg, diags := p.awsConfig(ctx, data, userAgent(req.TerraformVersion, p.version))
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.DataSourceData = p.clients(ctx, data, cfg, &resp.Diagnostics)
}

// clients are those of the configuration.
func (p *customerProfilesProvider) clients(ctx context.Context, m model, cfg aws.Config, diags *diag.Diagnostics) *conns.Clients {
	options := p.options
	if !m.SkipRegionValidation.ValueBool() {
		options = append(slices.Clone(p.options), conns.WithRegionValidator(validation.SupportedRegion))
	}
	urls := m.endpoints(ctx, diags)
	clients := conns.New(cfg, urls.CustomerProfiles.ValueString(), p.redactor, options...)
	urls.warnOfClearText(cfg, clients.Endpoint(), diags)
	return clients
}

// DataSources lists the data sources.
func (*customerProfilesProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		integration.NewDataSource,
		integration.NewListDataSource,
		workflow.NewDataSource,
		workflow.NewListDataSource,
		workflow.NewStepsDataSource,
	}
}

// Resources is empty: this provider reads.
func (*customerProfilesProvider) Resources(context.Context) []func() resource.Resource {
	return nil
}
