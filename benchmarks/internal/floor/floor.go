// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package floor implements a provider with the real provider's schemas that returns a
// fixed workflow for every read.
package floor

import (
	"context"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

//go:generate go run ../floorgen schemas_gen.go

type floorProvider struct{}

// New returns the provider.
func New() provider.Provider { return floorProvider{} }

// Metadata sets the real provider's name.
func (floorProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "customerprofiles"
}

// Schema sets the real provider's schema.
func (floorProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = newProviderSchema()
}

// Configure does nothing.
func (floorProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

// Resources returns no resources.
func (floorProvider) Resources(context.Context) []func() resource.Resource { return nil }

// DataSources returns data sources with the real provider's names and schemas.
func (floorProvider) DataSources(context.Context) []func() datasource.DataSource {
	var all []func() datasource.DataSource
	for name, newSchema := range dataSourceSchemas {
		all = append(all, func() datasource.DataSource { return floorDataSource{name, newSchema} })
	}
	return all
}

type floorDataSource struct {
	name      string
	newSchema func() schema.Schema
}

// Metadata sets the name.
func (d floorDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.name
}

// Schema sets the real data source's schema.
func (d floorDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.newSchema()
}

// latency is the time that each read waits, as if for a service.
var latency, _ = time.ParseDuration(os.Getenv("FLOOR_LATENCY"))

type model struct {
	DomainName       types.String `tfsdk:"domain_name"`
	Region           types.String `tfsdk:"region"`
	Timeouts         types.Object `tfsdk:"timeouts"`
	WaitFor          types.Object `tfsdk:"wait_for"`
	WorkflowID       types.String `tfsdk:"workflow_id"`
	WorkflowType     types.String `tfsdk:"workflow_type"`
	Status           types.String `tfsdk:"status"`
	ErrorDescription types.String `tfsdk:"error_description"`
	StartDate        types.String `tfsdk:"start_date"`
	LastUpdatedAt    types.String `tfsdk:"last_updated_at"`
	Attributes       *attributes  `tfsdk:"attributes"`
	Metrics          *metrics     `tfsdk:"metrics"`
}

type attributes struct {
	AppflowIntegration *appflowAttributes `tfsdk:"appflow_integration"`
}

type appflowAttributes struct {
	SourceConnectorType  types.String `tfsdk:"source_connector_type"`
	ConnectorProfileName types.String `tfsdk:"connector_profile_name"`
	RoleArn              types.String `tfsdk:"role_arn"`
}

type metrics struct {
	AppflowIntegration *appflowMetrics `tfsdk:"appflow_integration"`
}

type appflowMetrics struct {
	RecordsProcessed types.Int64 `tfsdk:"records_processed"`
	StepsCompleted   types.Int64 `tfsdk:"steps_completed"`
	TotalSteps       types.Int64 `tfsdk:"total_steps"`
}

// Read stores a fixed workflow, whatever its ID.
func (floorDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	time.Sleep(latency)
	var data model
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	data.Region = types.StringValue("us-east-1")
	data.WorkflowType = types.StringValue("APPFLOW_INTEGRATION")
	data.Status = types.StringValue("IN_PROGRESS")
	data.ErrorDescription = types.StringValue("one record was skipped")
	data.StartDate = types.StringValue("2024-06-03T09:00:00.125Z")
	data.LastUpdatedAt = types.StringValue("2024-06-03T10:02:03.746Z")
	data.Attributes = &attributes{&appflowAttributes{
		SourceConnectorType:  types.StringValue("Salesforce"),
		ConnectorProfileName: types.StringValue("acme-salesforce"),
		RoleArn:              types.StringValue("arn:aws:iam::123456789012:role/CustomerProfilesAppFlow"),
	}}
	data.Metrics = &metrics{&appflowMetrics{
		RecordsProcessed: types.Int64Value(184203), StepsCompleted: types.Int64Value(9), TotalSteps: types.Int64Value(12),
	}}
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
