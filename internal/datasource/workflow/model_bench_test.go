// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
)

func BenchmarkFromAPI(b *testing.B) {
	date := time.UnixMilli(1717405200125)
	out := &customerprofiles.GetWorkflowOutput{
		WorkflowId: aws.String("0123456789abcdef0123456789abcdef"), WorkflowType: awstypes.WorkflowTypeAppflowIntegration,
		Status: awstypes.StatusInProgress, StartDate: &date, LastUpdatedAt: &date,
		Attributes: &awstypes.WorkflowAttributes{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowAttributes{
			SourceConnectorType: awstypes.SourceConnectorTypeSalesforce, ConnectorProfileName: aws.String("acme"),
		}},
		Metrics: &awstypes.WorkflowMetrics{AppflowIntegration: &awstypes.AppflowIntegrationWorkflowMetrics{RecordsProcessed: 1, TotalSteps: 12}},
	}
	b.ReportAllocs()
	for b.Loop() {
		var data model
		if diags := data.fromAPI(out); diags.HasError() {
			b.Fatal(diags)
		}
	}
}
