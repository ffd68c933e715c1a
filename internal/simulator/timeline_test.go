// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// newServiceWith returns a service with the data of a file.
func newServiceWith(t *testing.T, text string) *simulator.Service {
	t.Helper()
	data, err := simulator.ReadData(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	service, err := simulator.New(data)
	if err != nil {
		t.Fatal(err)
	}
	return service
}

const timelineData = `{"Domains":[{"DomainName":"acme","Workflows":[{
	"WorkflowId": "` + completeID + `", "WorkflowType": "APPFLOW_INTEGRATION", "Status": "NOT_STARTED",
	"Metrics": {"AppflowIntegration": {"RecordsProcessed": 9223372036854775807}},
	"Timeline": [
		{"After": "30s", "Status": "IN_PROGRESS", "StartDate": 1.50},
		{"After": "1m", "WorkflowType": "OTHER", "Status": "FAILED", "ErrorDescription": "<no>", "Metrics": {}}
	]}]}]}`

// A call that arrives before a reset, and is handled after it, must not see the
// time before the timeline begins.
func TestTimelineReset(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newServiceWith(t, strings.Replace(timelineData, "30s", "0s", 1))
		service.SetResponder(func(simulator.Call) *simulator.Response {
			time.Sleep(time.Second)
			service.Reset()
			return nil
		})
		if got := read(t, service, completePath).Body.String(); !strings.Contains(got, `"Status":"IN_PROGRESS"`) {
			t.Errorf("got %s, want the entry after 0s", got)
		}
	})
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	const (
		id    = `"WorkflowId":"` + completeID + `"`
		first = `{"Metrics":{"AppflowIntegration":{"RecordsProcessed":9223372036854775807}},"Status":"NOT_STARTED",` +
			id + `,"WorkflowType":"APPFLOW_INTEGRATION"}`
		second = `{"Metrics":{"AppflowIntegration":{"RecordsProcessed":9223372036854775807}},"StartDate":1.50,` +
			`"Status":"IN_PROGRESS",` + id + `,"WorkflowType":"APPFLOW_INTEGRATION"}`
		third = `{"ErrorDescription":"\u003cno\u003e","Metrics":{},"Status":"FAILED",` + id + `,"WorkflowType":"OTHER"}`
	)
	synctest.Test(t, func(t *testing.T) {
		service := newServiceWith(t, timelineData)
		for _, step := range []struct {
			wait                   time.Duration
			workflow, status, kind string
		}{
			{wait: 0, workflow: first, status: "NOT_STARTED", kind: "APPFLOW_INTEGRATION"},
			{wait: 30*time.Second - 1, workflow: first, status: "NOT_STARTED", kind: "APPFLOW_INTEGRATION"},
			{wait: 1, workflow: second, status: "IN_PROGRESS", kind: "APPFLOW_INTEGRATION"},
			{wait: time.Minute, workflow: third, status: "FAILED", kind: "OTHER"},
			{wait: 4 * time.Minute, workflow: third, status: "FAILED", kind: "OTHER"},
		} {
			time.Sleep(step.wait)
			if got := read(t, service, completePath).Body.String(); got != step.workflow {
				t.Errorf("after %s: got  %s\nwant %s", step.wait, got, step.workflow)
			}
			body := `{"Status":"` + step.status + `"}`
			list := serve(service, signedRequest(t, http.MethodPost, "/domains/acme/workflows", body)).Body.String()
			if !strings.Contains(list, `"Status":"`+step.status+`"`) {
				t.Errorf("after %s: ListWorkflows returned %s, want the status %s", step.wait, list, step.status)
			}
			steps := read(t, service, completePath+"/steps").Body.String()
			if !strings.Contains(steps, `"WorkflowType":"`+step.kind+`"`) {
				t.Errorf("after %s: GetWorkflowSteps returned %s, want the type %s", step.wait, steps, step.kind)
			}
		}
	})
}
