// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package provider implements the provider: its schema and validation, and the
// AWS configuration that its data sources use.
package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/hashicorp/aws-sdk-go-base/v2/validation"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/integration"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/workflow"
)

// TypeName is the provider's type name, and the prefix of its data sources' names.
const TypeName = "customerprofiles"

type customerProfilesProvider struct {
	version  string
	redactor *conns.Redactor
	options  []conns.Option
}

// New returns a factory of the provider. The version is part of the user agent.
// The provider adds its secrets to the redactor. The options configure the AWS
// clients in tests.
func New(version string, redactor *conns.Redactor, options ...conns.Option) func() provider.Provider {
	return func() provider.Provider {
		return &customerProfilesProvider{version: version, redactor: redactor, options: options}
	}
}

// Metadata sets the provider's type name and version.
func (p *customerProfilesProvider) Metadata(
	_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse,
) {
	resp.TypeName = TypeName
	resp.Version = p.version
}

// Schema returns the schema of the provider block.
func (p *customerProfilesProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = newSchema()
}

// Configure creates the AWS clients from the provider block. It calls AWS only
// to retrieve credentials or to check the account.
func (p *customerProfilesProvider) Configure(
	ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse,
) {
	unknown, err := unknownArguments(req.Config.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unexpected provider configuration", "The provider block could not be read: "+err.Error()+
			"\n\nThis is a bug in the provider. Please report it.")
		return
	}
	if len(unknown) > 0 {
		setClients(resp, conns.NewUnknown(unknown))
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
	cfg, diags := awsConfig(ctx, data, userAgent(req.TerraformVersion, p.version), p.redactor, p.options)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	setClients(resp, p.newClients(ctx, data, cfg, &resp.Diagnostics))
}

// setClients passes the clients to everything that the provider can contain.
func setClients(resp *provider.ConfigureResponse, clients *conns.Clients) {
	resp.ActionData = clients
	resp.DataSourceData = clients
	resp.EphemeralResourceData = clients
	resp.ListResourceData = clients
	resp.ResourceData = clients
}

func (p *customerProfilesProvider) newClients(
	ctx context.Context, data model, cfg aws.Config, diags *diag.Diagnostics,
) *conns.Clients {
	options := slices.Clone(p.options)
	if !data.SkipRegionValidation.ValueBool() {
		options = append(options, conns.WithRegionValidator(validation.SupportedRegion))
	}
	urls := data.endpoints(ctx, diags)
	for _, endpoint := range urls.custom(cfg) {
		if endpoint.serviceID == customerprofiles.ServiceID {
			options = append(options, conns.WithEndpointSource(endpoint.source))
		}
	}
	return conns.New(cfg, urls.CustomerProfiles.ValueString(), p.redactor, options...)
}

// DataSources returns the provider's data sources.
func (*customerProfilesProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		integration.NewDataSource,
		integration.NewListDataSource,
		workflow.NewDataSource,
		workflow.NewListDataSource,
		workflow.NewStepsDataSource,
	}
}

// Resources returns nil, because the provider has data sources only.
func (*customerProfilesProvider) Resources(context.Context) []func() resource.Resource {
	return nil
}

// unknownArguments returns the sorted names of the arguments whose values are
// not known until apply, such as "assume_role[0].role_arn".
func unknownArguments(block tftypes.Value) ([]string, error) {
	var names []string
	err := tftypes.Walk(block, func(p *tftypes.AttributePath, value tftypes.Value) (bool, error) {
		if !value.IsKnown() {
			names = append(names, argumentName(p))
		}
		return true, nil
	})
	slices.Sort(names)
	return slices.Compact(names), err
}

// argumentName returns a path in HCL syntax. An element of a set has no name, so
// its path is that of the set.
func argumentName(p *tftypes.AttributePath) string {
	var name strings.Builder
	for _, step := range p.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			name.WriteString("." + string(step))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&name, "[%d]", int64(step))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&name, "[%q]", string(step))
		}
	}
	return strings.TrimPrefix(name.String(), ".")
}
