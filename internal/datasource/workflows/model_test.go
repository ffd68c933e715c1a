// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflows

import (
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/contract"
)

func TestContract(t *testing.T) {
	t.Parallel()
	contract.Check[customerprofiles.ListWorkflowsOutput](t, newSchema(t.Context()),
		"domain_name", "region", "timeouts", "workflow_type", "status", "query_start_date", "query_end_date", "next_token")
}

func TestFromAPI(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 3, 1, 9, 15, 30, 123e6, time.FixedZone("CET", 3600))
	updated := time.Date(2026, 3, 1, 8, 20, 0, 0, time.UTC)

	for name, test := range map[string]struct {
		in   []awstypes.ListWorkflowsItem
		want []item
	}{
		"nothing":              {nil, []item{}},
		"an item with nothing": {[]awstypes.ListWorkflowsItem{{}}, []item{{}}},
		"everything, and what the SDK does not know": {
			in: []awstypes.ListWorkflowsItem{
				{
					WorkflowType: awstypes.WorkflowTypeAppflowIntegration, WorkflowId: aws.String("a"), Status: awstypes.StatusRetry,
					StatusDescription: aws.String(""), CreatedAt: &created, LastUpdatedAt: &updated,
				},
				{WorkflowType: "NEW_TYPE", Status: "PAUSED"},
			},
			want: []item{
				{
					WorkflowType: types.StringValue("APPFLOW_INTEGRATION"), WorkflowID: types.StringValue("a"), Status: types.StringValue("RETRY"),
					StatusDescription: types.StringValue(""),
					CreatedAt:         timetypes.NewRFC3339ValueMust("2026-03-01T08:15:30.123Z"),
					LastUpdatedAt:     timetypes.NewRFC3339ValueMust("2026-03-01T08:20:00Z"),
				},
				{WorkflowType: types.StringValue("NEW_TYPE"), Status: types.StringValue("PAUSED")},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got model
			if diags := got.fromAPI(&customerprofiles.ListWorkflowsOutput{Items: test.in}); diags.HasError() {
				t.Fatal(diags)
			}
			if want := (model{Items: test.want}); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}
