// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration

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
	contract.Check[customerprofiles.GetIntegrationOutput](t, newSchema(t.Context()), "region", "timeouts")
}

func TestFromAPI(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 3, 1, 9, 15, 30, 123e6, time.FixedZone("CET", 3600))
	updated := time.Date(2026, 3, 1, 8, 20, 0, 0, time.UTC)
	noMap, noList := types.MapNull(types.StringType), types.ListNull(types.StringType)

	for name, test := range map[string]struct {
		in   customerprofiles.GetIntegrationOutput
		want common.Integration
	}{
		"nothing": {want: common.Integration{Tags: noMap, ObjectTypeNames: noMap, EventTriggerNames: noList}},
		"nothing in what there is": {
			in: customerprofiles.GetIntegrationOutput{
				ObjectTypeName: aws.String(""), Tags: map[string]string{}, EventTriggerNames: []string{}, IsUnstructured: aws.Bool(false), Scope: "ACCOUNT",
			},
			want: common.Integration{
				ObjectTypeName: types.StringValue(""), ObjectTypeNames: noMap, Tags: types.MapValueMust(types.StringType, map[string]attr.Value{}), EventTriggerNames: types.ListValueMust(types.StringType, []attr.Value{}),
				IsUnstructured: types.BoolValue(false), Scope: types.StringValue("ACCOUNT"),
			},
		},
		"everything": {
			in: customerprofiles.GetIntegrationOutput{
				DomainName: aws.String("d"), Uri: aws.String("u"), ObjectTypeName: aws.String("o"), CreatedAt: &created, LastUpdatedAt: &updated,
				Tags: map[string]string{"t": "1"}, ObjectTypeNames: map[string]string{"n": "2"}, WorkflowId: aws.String("w"),
				IsUnstructured: aws.Bool(true), RoleArn: aws.String("r"), EventTriggerNames: []string{"e"}, Scope: awstypes.ScopeProfile,
			},
			want: common.Integration{
				ObjectTypeName: types.StringValue("o"),
				CreatedAt:      timetypes.NewRFC3339ValueMust("2026-03-01T08:15:30.123Z"),
				LastUpdatedAt:  timetypes.NewRFC3339ValueMust("2026-03-01T08:20:00Z"),
				Tags:           types.MapValueMust(types.StringType, map[string]attr.Value{"t": types.StringValue("1")}), ObjectTypeNames: types.MapValueMust(types.StringType, map[string]attr.Value{"n": types.StringValue("2")}), WorkflowID: types.StringValue("w"),
				IsUnstructured: types.BoolValue(true), RoleArn: types.StringValue("r"), EventTriggerNames: types.ListValueMust(types.StringType, []attr.Value{types.StringValue("e")}), Scope: types.StringValue("PROFILE"),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got model
			if diags := got.fromAPI(&test.in); diags.HasError() {
				t.Fatal(diags)
			}
			if want := (model{Integration: test.want}); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}
