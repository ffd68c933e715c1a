// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const advancingID = "8192a3b4c5d6e7f80112233445566778"

// putWorkflow adds a workflow to the domain hooli. Its ID repeats a digit.
func putWorkflow(t *testing.T, service *simulator.Service, region, digit, members string) {
	t.Helper()
	workflow := fmt.Appendf(nil, `{"WorkflowId":%q%s}`, strings.Repeat(digit, 32), members)
	hooli := simulator.Domain{DomainName: "hooli", Region: region, Workflows: []json.RawMessage{workflow}}
	if err := service.Put(hooli); err != nil {
		t.Fatal(err)
	}
}

func putIntegration(t *testing.T, service *simulator.Service, region, text string) {
	t.Helper()
	hooli := simulator.Domain{DomainName: "hooli", Region: region, Integrations: []json.RawMessage{[]byte(text)}}
	if err := service.Put(hooli); err != nil {
		t.Fatal(err)
	}
}

func TestWorkflowWithSeveralResponses(t *testing.T) {
	t.Parallel()
	_, server := newServer(t)
	client := newClient(t, server)
	listedStatus := func() awstypes.Status {
		t.Helper()
		out, err := client.ListWorkflows(t.Context(), &customerprofiles.ListWorkflowsInput{DomainName: aws.String("acme")})
		if err != nil {
			t.Fatal(err)
		}
		return out.Items[len(out.Items)-1].Status
	}
	if got := listedStatus(); got != "NOT_STARTED" {
		t.Errorf("listed as %s before the first call", got)
	}
	for n, want := range []awstypes.Status{"NOT_STARTED", "IN_PROGRESS", "IN_PROGRESS", "COMPLETE", "COMPLETE"} {
		out, err := getWorkflow(t, client, "acme", advancingID)
		if err != nil {
			t.Fatal(err)
		}
		if listed := listedStatus(); out.Status != want || listed != want {
			t.Errorf("call %d: got %s, listed as %s, want %s", n+1, out.Status, listed, want)
		}
	}
}

func TestListWorkflowsFilter(t *testing.T) {
	t.Parallel()
	service := newService(t)
	for digit, members := range map[string]string{
		"a": `,"WorkflowType":"APPFLOW_INTEGRATION","Status":"COMPLETE","StartDate":100,"LastUpdatedAt":200`,
		"b": `,"WorkflowType":"APPFLOW_INTEGRATION","Status":"FAILED","StartDate":300.5,"LastUpdatedAt":400`,
		"c": `,"WorkflowType":"BATCH_IMPORT","Status":"IN_PROGRESS","StartDate":500,"LastUpdatedAt":600`,
		"d": `,"WorkflowType":"APPFLOW_INTEGRATION","Status":"CANCELLED","StartDate":null,"LastUpdatedAt":700`,
		"e": ``,
	} {
		putWorkflow(t, service, "", digit, members)
	}
	tests := map[string]struct{ filter, want string }{
		"no filter":       {filter: `{}`, want: "abcde"},
		"status":          {filter: `{"Status":"FAILED"}`, want: "b"},
		"null":            {filter: `{"Status":null}`, want: "abcde"},
		"lower case":      {filter: `{"status":"FAILED"}`, want: "abcde"},
		"no match":        {filter: `{"Status":"SPLIT"}`, want: ""},
		"type":            {filter: `{"WorkflowType":"APPFLOW_INTEGRATION"}`, want: "abd"},
		"type and status": {filter: `{"WorkflowType":"APPFLOW_INTEGRATION","Status":"COMPLETE"}`, want: "a"},
		"started after":   {filter: `{"QueryStartDate":300.499}`, want: "bc"},
		"started at":      {filter: `{"QueryStartDate":300.5}`, want: "c"},
		"ended after":     {filter: `{"QueryEndDate":200}`, want: "bd"},
		"start after end": {filter: `{"QueryStartDate":200,"QueryEndDate":100}`, want: "b"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(service, signedRequest(t, http.MethodPost, "/domains/hooli/workflows", tc.filter))
			var output struct{ Items []struct{ WorkflowID string } }
			if err := json.Unmarshal(w.Body.Bytes(), &output); err != nil {
				t.Fatal(err)
			}
			got := make([]string, len(output.Items))
			for i, item := range output.Items {
				got[i] = item.WorkflowID[:1]
			}
			slices.Sort(got)
			if strings.Join(got, "") != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestListWorkflowsItems(t *testing.T) {
	t.Parallel()
	service := newService(t)
	putWorkflow(t, service, "", "a",
		`,"WorkflowType":"T","Status":"FAILED","ErrorDescription":"no","StartDate":1.5,"LastUpdatedAt":2.25`)
	putWorkflow(t, service, "", "b", `,"Status":"SPLIT","LastUpdatedAt":3`)
	putWorkflow(t, service, "", "c", ``)
	id := func(digit string) string { return `"WorkflowId":"` + strings.Repeat(digit, 32) + `"` }
	want := `{"Items":[` +
		`{"CreatedAt":1.5,"LastUpdatedAt":2.25,"Status":"FAILED","StatusDescription":"no",` + id("a") +
		`,"WorkflowType":"T"},` +
		`{"CreatedAt":3,"LastUpdatedAt":3,"Status":"SPLIT","StatusDescription":"SPLIT",` + id("b") + `},` +
		`{` + id("c") + `}]}`
	w := serve(service, signedRequest(t, http.MethodPost, "/domains/hooli/workflows", ""))
	if got := w.Body.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRegions(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	putWorkflow(t, service, "", "b", `,"Status":"FAILED"`)
	putWorkflow(t, service, "", "b", ``) // Replaces the first one.
	putWorkflow(t, service, "", "c", `,"Status":"SPLIT"`)
	putWorkflow(t, service, "eu-west-1", "a", ``)
	putWorkflow(t, service, "eu-west-1", "c", `,"Status":"RETRY"`)
	putIntegration(t, service, "", `{"Uri":"b"}`)
	putIntegration(t, service, "", `{"Uri":"c","Scope":"PROFILE"}`)
	putIntegration(t, service, "eu-west-1", `{"Uri":"a"}`)
	putIntegration(t, service, "eu-west-1", `{"Uri":"c","Scope":"DOMAIN"}`)
	for region, want := range map[string]string{
		"us-east-1":     "SPLIT PROFILE b c:SPLIT b c:PROFILE",
		"us-gov-west-1": "SPLIT PROFILE b c:SPLIT b c:PROFILE",
		"eu-west-1":     "RETRY DOMAIN b c:RETRY a b c:DOMAIN a",
	} {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			client := newClient(t, server, func(o *customerprofiles.Options) { o.Region = region })
			ctx, domain := t.Context(), aws.String("hooli")
			workflow, err1 := getWorkflow(t, client, "hooli", strings.Repeat("c", 32))
			workflows, err2 := client.ListWorkflows(ctx, &customerprofiles.ListWorkflowsInput{DomainName: domain})
			integration, err3 := client.GetIntegration(ctx,
				&customerprofiles.GetIntegrationInput{DomainName: domain, Uri: aws.String("c")})
			integrations, err4 := client.ListIntegrations(ctx,
				&customerprofiles.ListIntegrationsInput{DomainName: domain})
			if err := errors.Join(err1, err2, err3, err4); err != nil {
				t.Fatal(err)
			}
			got := []string{string(workflow.Status), string(integration.Scope)}
			for _, item := range workflows.Items {
				got = append(got, strings.TrimSuffix(aws.ToString(item.WorkflowId)[:1]+":"+string(item.Status), ":"))
			}
			for _, item := range integrations.Items {
				got = append(got, strings.TrimSuffix(aws.ToString(item.Uri)+":"+string(item.Scope), ":"))
			}
			if got := strings.Join(got, " "); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestWorkflowStepsPages(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	steps := make([]json.RawMessage, 5)
	for i := range steps {
		steps[i] = fmt.Appendf(nil, `{"AppflowIntegration":{"FlowName":"%d"}}`, i)
	}
	err := service.Put(simulator.Domain{DomainName: "acme", Steps: map[string][]json.RawMessage{completeID: steps}})
	if err != nil {
		t.Fatal(err)
	}
	input := &customerprofiles.GetWorkflowStepsInput{
		DomainName: aws.String("acme"), WorkflowId: aws.String(completeID), MaxResults: aws.Int32(2),
	}
	client := newClient(t, server)
	for _, want := range []string{"01 true", "23 true", "4 false"} {
		out, err := client.GetWorkflowSteps(t.Context(), input)
		if err != nil {
			t.Fatal(err)
		}
		var names string
		for _, item := range out.Items {
			names += aws.ToString(item.AppflowIntegration.FlowName)
		}
		if got := fmt.Sprint(names, " ", out.NextToken != nil); got != want {
			t.Errorf("got page %s, want %s", got, want)
		}
		if aws.ToString(out.WorkflowId) != completeID || out.WorkflowType != "APPFLOW_INTEGRATION" {
			t.Errorf("got workflow %s of type %s", aws.ToString(out.WorkflowId), out.WorkflowType)
		}
		input.NextToken = out.NextToken
	}
}

func TestHiddenIntegrations(t *testing.T) {
	t.Parallel()
	service := newService(t)
	if err := service.Put(simulator.Domain{
		DomainName:         "hooli",
		Integrations:       []json.RawMessage{[]byte(`{ "Uri" : "v/ü?", "CreatedAt":1.5e9, "Other":[] }`)},
		HiddenIntegrations: []json.RawMessage{[]byte(`{"Uri":"h"}`)},
	}); err != nil {
		t.Fatal(err)
	}
	const path, visible = "/domains/hooli/integrations", `{"Uri":"v/ü?","CreatedAt":1.5e9,"Other":[]}`
	for query, want := range map[string]string{
		"":                      `{"Items":[` + visible + `]}`,
		"?include-hidden=false": `{"Items":[` + visible + `]}`,
		"?include-hidden=true":  `{"Items":[` + visible + `,{"Uri":"h"}]}`,
	} {
		if got := serve(service, signedRequest(t, http.MethodGet, path+query, "")).Body.String(); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
	w := serve(service, signedRequest(t, http.MethodPost, path, `{"Uri":"h"}`))
	if got := w.Body.String(); got != `{"Uri":"h"}` {
		t.Errorf("GetIntegration returned %s", got)
	}
}

func TestListErrors(t *testing.T) {
	t.Parallel()
	service := newService(t)
	const workflows, integrations = "POST /domains/acme/workflows", "POST /domains/acme/integrations"
	malformed := apiError{status: 400, code: "SerializationException", message: "The request body cannot be read"}
	tests := map[string]struct {
		target, body string
		want         apiError
	}{
		"invalid domain name": {target: "POST /domains/a%20b/workflows", want: badRequest("at 'domainName'")},
		"domain not found":    {target: "POST /domains/x/workflows", want: notFound("Domain x does not exist.")},
		"malformed body":      {target: workflows, body: "[", want: malformed},
		"unknown status": {
			target: workflows, body: `{"Status":"PAUSED"}`,
			want: badRequest("Value 'PAUSED' at 'status' failed to satisfy constraint: " +
				"Member must satisfy enum value set: [NOT_STARTED, IN_PROGRESS, "),
		},
		"unknown type": {
			target: workflows, body: `{"WorkflowType":"X"}`, want: badRequest("enum value set: [APPFLOW_INTEGRATION]"),
		},
		"max-results not a number": {target: workflows + "?max-results=x", want: badRequest("'x' at 'maxResults'")},
		"max-results too small":    {target: workflows + "?max-results=0", want: badRequest("greater than or equal to 1")},
		"max-results too large":    {target: workflows + "?max-results=101", want: badRequest("less than or equal to 100")},
		"empty token":              {target: workflows + "?next-token=", want: badRequest("Value '' at 'nextToken'")},
		"steps of an unknown workflow": {
			target: "GET /domains/acme/workflows/" + globexID + "/steps", want: notFound("Workflow " + globexID),
		},
		"invalid include-hidden": {
			target: "GET /domains/acme/integrations?include-hidden=maybe",
			want:   badRequest("Value 'maybe' at 'includeHidden'"),
		},
		"URI missing": {target: integrations, want: badRequest("Value null at 'uri'")},
		"URI empty":   {target: integrations, body: `{"Uri":""}`, want: badRequest("Value '' at 'uri'")},
		"URI too long": {
			target: integrations, body: `{"Uri":"` + strings.Repeat("ü", 256) + `"}`,
			want: badRequest("less than or equal to 255"),
		},
		"integration not found": {
			target: integrations, body: `{"Uri":"u"}`, want: notFound("Integration u does not exist in domain acme."),
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			method, path, _ := strings.Cut(tc.target, " ")
			checkErrorResponse(t, serve(service, signedRequest(t, method, path, tc.body)), tc.want)
		})
	}
}
