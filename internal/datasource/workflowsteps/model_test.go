// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflowsteps

import (
	"math"
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
	contract.Check[customerprofiles.GetWorkflowStepsOutput](t, newSchema(t.Context()),
		"domain_name", "region", "timeouts", "next_token")
}

func TestFromAPI(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 3, 1, 9, 15, 30, 123e6, time.FixedZone("CET", 3600))
	updated := time.Date(2026, 3, 1, 8, 20, 0, 0, time.UTC)

	for name, test := range map[string]struct {
		in   customerprofiles.GetWorkflowStepsOutput
		want model
	}{
		"nothing": {customerprofiles.GetWorkflowStepsOutput{}, model{Items: []item{}}},
		"absent strings are null, and an absent counter is 0": {
			in: customerprofiles.GetWorkflowStepsOutput{
				Items: []awstypes.WorkflowStepItem{{}, {AppflowIntegration: &awstypes.AppflowIntegrationWorkflowStep{}}},
			},
			want: model{Items: []item{{}, {AppflowIntegration: &appflowStep{RecordsProcessed: types.Int64Value(0)}}}},
		},
		"everything": {
			in: customerprofiles.GetWorkflowStepsOutput{
				WorkflowType: awstypes.WorkflowTypeAppflowIntegration,
				Items: []awstypes.WorkflowStepItem{{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowStep{
					FlowName: aws.String("f"), Status: "PAUSED", ExecutionMessage: aws.String(""), RecordsProcessed: math.MaxInt64,
					BatchRecordsStartTime: aws.String("s"), BatchRecordsEndTime: aws.String("e"), CreatedAt: &created, LastUpdatedAt: &updated,
				}}},
			},
			want: model{
				WorkflowType: types.StringValue("APPFLOW_INTEGRATION"),
				Items: []item{{AppflowIntegration: &appflowStep{
					FlowName: types.StringValue("f"), Status: types.StringValue("PAUSED"), ExecutionMessage: types.StringValue(""),
					RecordsProcessed:      types.Int64Value(math.MaxInt64),
					BatchRecordsStartTime: types.StringValue("s"), BatchRecordsEndTime: types.StringValue("e"),
					CreatedAt:     timetypes.NewRFC3339ValueMust("2026-03-01T08:15:30.123Z"),
					LastUpdatedAt: timetypes.NewRFC3339ValueMust("2026-03-01T08:20:00Z"),
				}}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got model
			if diags := got.fromAPI(&test.in); diags.HasError() {
				t.Fatal(diags)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}
