// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// configured returns a data source of a provider with a Region, which may be
// empty.
func configured(t *testing.T, region string) *DataSource {
	t.Helper()
	clients := conns.New(aws.Config{Region: region}, "", conns.NewRedactor(),
		conns.WithRegionValidator(func(region string) error {
			if region == "mars-1" {
				return errors.New("no such Region")
			}
			return nil
		}))
	return configuredWith(t, clients)
}

func configuredWith(t *testing.T, providerData any) *DataSource {
	t.Helper()
	var d DataSource
	var resp datasource.ConfigureResponse
	d.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: providerData}, &resp)
	if resp.Diagnostics.HasError() {
		t.Fatal(resp.Diagnostics)
	}
	return &d
}

func TestConfigure_unexpectedProviderData(t *testing.T) {
	t.Parallel()
	var d DataSource
	var resp datasource.ConfigureResponse
	d.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: "clients"}, &resp)
	if !resp.Diagnostics.HasError() || resp.Diagnostics[0].Summary() != "Unexpected provider data" {
		t.Errorf("got %v", resp.Diagnostics)
	}
}

func TestBegin(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		region      string // of the data source
		read        string // timeouts.read
		wantRegion  string
		wantTimeout time.Duration
	}{
		"defaults":              {wantRegion: "us-east-1", wantTimeout: DefaultTimeout},
		"Region of data source": {region: "eu-west-1", wantRegion: "eu-west-1", wantTimeout: DefaultTimeout},
		"timeout":               {read: "30s", wantRegion: "us-east-1", wantTimeout: 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := Arguments{Region: types.StringNull()}
			if tc.region != "" {
				args.Region = types.StringValue(tc.region)
			}
			if tc.read != "" {
				args.Timeouts = timeouts.Value{Object: types.ObjectValueMust(
					map[string]attr.Type{"read": types.StringType},
					map[string]attr.Value{"read": types.StringValue(tc.read)})}
			}
			client, timeout, diags := configured(t, "us-east-1").Begin(t.Context(), &args, DefaultTimeout)
			if diags.HasError() {
				t.Fatal(diags)
			}
			if client.Region != tc.wantRegion || args.Region.ValueString() != tc.wantRegion {
				t.Errorf("client for %s, stored Region %s, want %s", client.Region, args.Region, tc.wantRegion)
			}
			if timeout != tc.wantTimeout {
				t.Errorf("timeout %s, want %s", timeout, tc.wantTimeout)
			}
		})
	}
}

func TestBegin_errors(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		dataSource *DataSource
		region     string
		want       string
	}{
		"not configured": {
			dataSource: &DataSource{},
			want:       "Provider not configured",
		},
		"no Region": {
			dataSource: configured(t, ""),
			want:       "Missing AWS Region",
		},
		"invalid Region": {
			dataSource: configured(t, "us-east-1"),
			region:     "mars-1",
			want:       "Invalid AWS Region",
		},
		"unknown provider configuration": {
			dataSource: configuredWith(t, conns.NewUnknown([]string{"region"})),
			region:     "us-east-1",
			want:       "Provider configuration not yet known",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := Arguments{Region: types.StringValue(tc.region)}
			client, _, diags := tc.dataSource.Begin(t.Context(), &args, DefaultTimeout)
			if client != nil || len(diags) != 1 || diags[0].Summary() != tc.want {
				t.Errorf("got client %v and %v, want the error %q", client, diags, tc.want)
			}
		})
	}
}
