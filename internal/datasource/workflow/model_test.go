// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

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
	contract.Check[customerprofiles.GetWorkflowOutput](t, NewDataSource(),
		"domain_name", "region", "timeouts", "wait_for")
	contract.Check[customerprofiles.ListWorkflowsOutput](t, NewListDataSource(),
		"domain_name", "region", "timeouts", "wait_for", "workflow_type", "status", "query_start_date", "query_end_date",
		"next_token")
	contract.Check[customerprofiles.GetWorkflowStepsOutput](t, NewStepsDataSource(),
		"domain_name", "region", "timeouts", "next_token")
}

// Two timestamps, and how they are stored.
var (
	created       = time.Date(2026, 3, 1, 9, 15, 30, 123e6, time.FixedZone("CET", 3600))
	updated       = time.Date(2026, 3, 1, 8, 20, 0, 0, time.UTC)
	storedCreated = timetypes.NewRFC3339ValueMust("2026-03-01T08:15:30.123Z")
	storedUpdated = timetypes.NewRFC3339ValueMust("2026-03-01T08:20:00Z")
)

func TestModel(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		out  customerprofiles.GetWorkflowOutput
		want model
	}{
		"no members": {},
		"all members": {
			out: customerprofiles.GetWorkflowOutput{
				WorkflowId:       aws.String("w"),
				WorkflowType:     awstypes.WorkflowTypeAppflowIntegration,
				Status:           awstypes.StatusFailed,
				ErrorDescription: aws.String("no"),
				StartDate:        &created,
				LastUpdatedAt:    &updated,
				Attributes: &awstypes.WorkflowAttributes{
					AppflowIntegration: &awstypes.AppflowIntegrationWorkflowAttributes{
						SourceConnectorType:  awstypes.SourceConnectorTypeZendesk,
						ConnectorProfileName: aws.String("zd"),
						RoleArn:              aws.String("arn"),
					},
				},
				Metrics: &awstypes.WorkflowMetrics{
					AppflowIntegration: &awstypes.AppflowIntegrationWorkflowMetrics{
						RecordsProcessed: 1,
						StepsCompleted:   2,
						TotalSteps:       math.MaxInt64,
					},
				},
			},
			want: model{
				WorkflowID:       types.StringValue("w"),
				WorkflowType:     types.StringValue("APPFLOW_INTEGRATION"),
				Status:           types.StringValue("FAILED"),
				ErrorDescription: types.StringValue("no"),
				StartDate:        storedCreated,
				LastUpdatedAt:    storedUpdated,
				Attributes: &attributes{AppflowIntegration: &appflowAttributes{
					SourceConnectorType:  types.StringValue("Zendesk"),
					ConnectorProfileName: types.StringValue("zd"),
					RoleArn:              types.StringValue("arn"),
				}},
				Metrics: &metrics{AppflowIntegration: &appflowMetrics{
					RecordsProcessed: types.Int64Value(1),
					StepsCompleted:   types.Int64Value(2),
					TotalSteps:       types.Int64Value(math.MaxInt64),
				}},
			},
		},
		"empty objects": {
			out: customerprofiles.GetWorkflowOutput{
				Attributes: &awstypes.WorkflowAttributes{},
				Metrics:    &awstypes.WorkflowMetrics{},
			},
			want: model{Attributes: &attributes{}, Metrics: &metrics{}},
		},
		"absent counters, absent and empty strings": {
			out: customerprofiles.GetWorkflowOutput{
				Attributes: &awstypes.WorkflowAttributes{
					AppflowIntegration: &awstypes.AppflowIntegrationWorkflowAttributes{ConnectorProfileName: aws.String("")},
				},
				Metrics: &awstypes.WorkflowMetrics{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowMetrics{}},
			},
			want: model{
				Attributes: &attributes{AppflowIntegration: &appflowAttributes{ConnectorProfileName: types.StringValue("")}},
				Metrics: &metrics{AppflowIntegration: &appflowMetrics{
					RecordsProcessed: types.Int64Value(0),
					StepsCompleted:   types.Int64Value(0),
					TotalSteps:       types.Int64Value(0),
				}},
			},
		},
		"unknown enum values": {
			out:  customerprofiles.GetWorkflowOutput{WorkflowType: "NEW_TYPE", Status: "PAUSED"},
			want: model{WorkflowType: types.StringValue("NEW_TYPE"), Status: types.StringValue("PAUSED")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got model
			got.FromAPI(&tc.out)
			if !reflect.DeepEqual(got, tc.want) {
				t.Errorf("got  %+v\nwant %+v", got, tc.want)
			}
		})
	}
}

func TestListModel(t *testing.T) {
	t.Parallel()
	var got listModel
	got.FromAPI(nil)
	if got.Items == nil {
		t.Error("items of an empty list: got nil, want an empty slice")
	}
	got.FromAPI([]awstypes.ListWorkflowsItem{
		{},
		{
			WorkflowType:      awstypes.WorkflowTypeAppflowIntegration,
			WorkflowId:        aws.String("w"),
			Status:            awstypes.StatusRetry,
			StatusDescription: aws.String(""),
			CreatedAt:         &created,
			LastUpdatedAt:     &updated,
		},
	})
	want := listModel{Items: []listItem{
		{},
		{
			WorkflowType:      types.StringValue("APPFLOW_INTEGRATION"),
			WorkflowID:        types.StringValue("w"),
			Status:            types.StringValue("RETRY"),
			StatusDescription: types.StringValue(""),
			CreatedAt:         storedCreated,
			LastUpdatedAt:     storedUpdated,
		},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestStepsModel(t *testing.T) {
	t.Parallel()
	var got stepsModel
	got.FromAPI("", nil)
	if got.Items == nil || !got.WorkflowType.IsNull() {
		t.Errorf("no steps: got %+v, want an empty slice and no type", got)
	}
	got.FromAPI(awstypes.WorkflowTypeAppflowIntegration, []awstypes.WorkflowStepItem{
		{},
		{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowStep{}},
		{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowStep{
			FlowName:              aws.String("f"),
			Status:                awstypes.StatusSplit,
			ExecutionMessage:      aws.String(""),
			RecordsProcessed:      math.MaxInt64,
			BatchRecordsStartTime: aws.String("s"),
			BatchRecordsEndTime:   aws.String("e"),
			CreatedAt:             &created,
			LastUpdatedAt:         &updated,
		}},
	})
	want := stepsModel{WorkflowType: types.StringValue("APPFLOW_INTEGRATION"), Items: []stepItem{
		{},
		{AppflowIntegration: &appflowStep{RecordsProcessed: types.Int64Value(0)}},
		{AppflowIntegration: &appflowStep{
			FlowName:              types.StringValue("f"),
			Status:                types.StringValue("SPLIT"),
			ExecutionMessage:      types.StringValue(""),
			RecordsProcessed:      types.Int64Value(math.MaxInt64),
			BatchRecordsStartTime: types.StringValue("s"),
			BatchRecordsEndTime:   types.StringValue("e"),
			CreatedAt:             storedCreated,
			LastUpdatedAt:         storedUpdated,
		}},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
