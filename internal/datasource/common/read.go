// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// DefaultTimeout is how long a read may take where nothing says otherwise.
const DefaultTimeout = 5 * time.Minute

// AccountArguments are what every data source takes. The model of one that
// reads what an account has embeds them.
type AccountArguments struct {
	Region   types.String   `tfsdk:"region"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// Arguments are what a data source takes that reads what a domain has. Its
// model embeds them.
type Arguments struct {
	AccountArguments
	DomainName types.String `tfsdk:"domain_name"`
}

// DefaultTimeout is how long the read may take where timeouts.read is not set.
func (*AccountArguments) DefaultTimeout() time.Duration { return DefaultTimeout }

func (a *AccountArguments) arguments() *AccountArguments { return a } //nolint:unused // Models of other packages are a [Model] by it.

func (*AccountArguments) domainName() string { return "" } //nolint:unused // The same.

func (a *Arguments) domainName() string { return a.DomainName.ValueString() } //nolint:unused // The same.

// Model is a data source as Terraform sees it: a pointer to a struct that
// embeds [Arguments] or [AccountArguments].
type Model interface {
	arguments() *AccountArguments
	domainName() string
	// DefaultTimeout is how long the read may take where timeouts.read is not set.
	DefaultTimeout() time.Duration
	// Asked names the API's operation, and what it is asked for, as
	// [diagnostics.Call] has it.
	Asked() (operation, subject string)
	// Ask calls the API and fills the model from its answer. The error is what
	// became of the call; all else that went wrong is in the diagnostics.
	Ask(ctx context.Context, client *conns.Client) (diag.Diagnostics, error)
}

// ReadInto is a data source's Read: it takes the arguments into the empty model,
// has it ask the API within the timeout, and stores it.
func (b *Base) ReadInto(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse, model Model) {
	resp.Diagnostics.Append(GetConfig(ctx, req.Config, model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	arguments := model.arguments()
	timeout, diags := arguments.Timeouts.Read(ctx, model.DefaultTimeout())
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	client := b.client(arguments.Region, &resp.Diagnostics)
	if client == nil {
		return
	}
	arguments.Region = types.StringValue(client.Region)

	within, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	diags, err := model.Ask(within, client)
	resp.Diagnostics.Append(diags...)
	if err != nil {
		operation, subject := model.Asked()
		resp.Diagnostics.Append(diagnostics.Diagnostic(within, diagnostics.Call{
			Operation:  operation,
			DomainName: model.domainName(),
			Subject:    subject,
			Region:     client.Region,
			Timeout:    timeout,
		}, err))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(SetState(ctx, &resp.State, model)...)
}
