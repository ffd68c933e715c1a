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
	contract.Check[customerprofiles.GetWorkflowOutput](t, newSchema(t.Context()), "domain_name", "region", "timeouts", "wait_for")
}

func TestFromAPI(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 9, 15, 30, 123e6, time.FixedZone("CET", 3600))
	updated := time.Date(2026, 3, 1, 8, 20, 0, 0, time.UTC)

	for name, test := range map[string]struct {
		in   customerprofiles.GetWorkflowOutput
		want model
	}{
		"nothing": {
			in: customerprofiles.GetWorkflowOutput{},
			want: model{
				WorkflowID: types.StringNull(), WorkflowType: types.StringNull(), Status: types.StringNull(),
				ErrorDescription: types.StringNull(), StartDate: timetypes.NewRFC3339Null(), LastUpdatedAt: timetypes.NewRFC3339Null(),
			},
		},
		"everything": {
			in: customerprofiles.GetWorkflowOutput{
				WorkflowId: aws.String("w"), WorkflowType: awstypes.WorkflowTypeAppflowIntegration, Status: awstypes.StatusFailed,
				ErrorDescription: aws.String("no"), StartDate: &start, LastUpdatedAt: &updated,
				Attributes: &awstypes.WorkflowAttributes{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowAttributes{
					SourceConnectorType: awstypes.SourceConnectorTypeZendesk, ConnectorProfileName: aws.String("zd"), RoleArn: aws.String("arn"),
				}},
				Metrics: &awstypes.WorkflowMetrics{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowMetrics{
					RecordsProcessed: 1, StepsCompleted: 2, TotalSteps: math.MaxInt64,
				}},
			},
			want: model{
				WorkflowID: types.StringValue("w"), WorkflowType: types.StringValue("APPFLOW_INTEGRATION"), Status: types.StringValue("FAILED"),
				ErrorDescription: types.StringValue("no"),
				StartDate:        timetypes.NewRFC3339ValueMust("2026-03-01T08:15:30.123Z"),
				LastUpdatedAt:    timetypes.NewRFC3339ValueMust("2026-03-01T08:20:00Z"),
				Attributes: &attributes{AppflowIntegration: &appflowAttributes{
					SourceConnectorType: types.StringValue("Zendesk"), ConnectorProfileName: types.StringValue("zd"), RoleArn: types.StringValue("arn"),
				}},
				Metrics: &metrics{AppflowIntegration: &appflowMetrics{
					RecordsProcessed: types.Int64Value(1), StepsCompleted: types.Int64Value(2), TotalSteps: types.Int64Value(math.MaxInt64),
				}},
			},
		},
		"objects with nothing in them": {
			in: customerprofiles.GetWorkflowOutput{
				Attributes: &awstypes.WorkflowAttributes{}, Metrics: &awstypes.WorkflowMetrics{},
			},
			want: model{Attributes: &attributes{}, Metrics: &metrics{}},
		},
		"absent strings are null, absent counters 0, and an empty string stays one": {
			in: customerprofiles.GetWorkflowOutput{
				Attributes: &awstypes.WorkflowAttributes{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowAttributes{ConnectorProfileName: aws.String("")}},
				Metrics:    &awstypes.WorkflowMetrics{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowMetrics{}},
			},
			want: model{
				Attributes: &attributes{AppflowIntegration: &appflowAttributes{ConnectorProfileName: types.StringValue("")}},
				Metrics: &metrics{AppflowIntegration: &appflowMetrics{
					RecordsProcessed: types.Int64Value(0), StepsCompleted: types.Int64Value(0), TotalSteps: types.Int64Value(0),
				}},
			},
		},
		"values that the SDK does not know": {
			in: customerprofiles.GetWorkflowOutput{
				WorkflowType: "NEW_TYPE", Status: "PAUSED",
				Attributes: &awstypes.WorkflowAttributes{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowAttributes{SourceConnectorType: "HubSpot"}},
			},
			want: model{
				WorkflowType: types.StringValue("NEW_TYPE"), Status: types.StringValue("PAUSED"),
				Attributes: &attributes{AppflowIntegration: &appflowAttributes{SourceConnectorType: types.StringValue("HubSpot")}},
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
