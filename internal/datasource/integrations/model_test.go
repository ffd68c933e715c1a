// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integrations

import (
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/contract"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/datasource/common"
)

func TestContract(t *testing.T) {
	t.Parallel()
	contract.Check[customerprofiles.ListIntegrationsOutput](t, newSchema(t.Context()),
		"domain_name", "region", "timeouts", "include_hidden", "next_token")
}

func TestFromAPI(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 3, 1, 9, 15, 30, 123e6, time.FixedZone("CET", 3600))
	none := common.Integration{
		Tags: types.MapNull(types.StringType), ObjectTypeNames: types.MapNull(types.StringType), EventTriggerNames: types.ListNull(types.StringType),
	}

	for name, test := range map[string]struct {
		in   []awstypes.ListIntegrationItem
		want []item
	}{
		"nothing":              {nil, []item{}},
		"an item with nothing": {[]awstypes.ListIntegrationItem{{}}, []item{{Integration: none}}},
		"everything": {
			in: []awstypes.ListIntegrationItem{
				{Uri: aws.String("first")},
				{
					DomainName: aws.String("d"), Uri: aws.String("u"), ObjectTypeName: aws.String("o"), CreatedAt: &created, LastUpdatedAt: &created,
					Tags: map[string]string{"t": "1"}, ObjectTypeNames: map[string]string{}, WorkflowId: aws.String("w"),
					IsUnstructured: aws.Bool(true), RoleArn: aws.String("r"), EventTriggerNames: []string{"e"}, Scope: awstypes.ScopeDomain,
				},
			},
			want: []item{
				{URI: types.StringValue("first"), Integration: none},
				{
					DomainName: types.StringValue("d"), URI: types.StringValue("u"),
					Integration: common.Integration{
						ObjectTypeName: types.StringValue("o"),
						CreatedAt:      timetypes.NewRFC3339ValueMust("2026-03-01T08:15:30.123Z"),
						LastUpdatedAt:  timetypes.NewRFC3339ValueMust("2026-03-01T08:15:30.123Z"),
						Tags:           types.MapValueMust(types.StringType, map[string]attr.Value{"t": types.StringValue("1")}), ObjectTypeNames: types.MapValueMust(types.StringType, map[string]attr.Value{}), WorkflowID: types.StringValue("w"),
						IsUnstructured: types.BoolValue(true), RoleArn: types.StringValue("r"), EventTriggerNames: types.ListValueMust(types.StringType, []attr.Value{types.StringValue("e")}), Scope: types.StringValue("DOMAIN"),
					},
				},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got model
			if diags := got.fromAPI(&customerprofiles.ListIntegrationsOutput{Items: test.in}); diags.HasError() {
				t.Fatal(diags)
			}
			if want := (model{Items: test.want}); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}
