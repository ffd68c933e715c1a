// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const movingID = "8192a3b4c5d6e7f80112233445566778"

// put gives a domain workflows, each with an ID that repeats its key.
func put(t *testing.T, service *simulator.Service, region, domain string, workflows ...string) {
	t.Helper()
	for _, workflow := range workflows {
		id, members, _ := strings.Cut(workflow, " ")
		text := fmt.Sprintf(`{"WorkflowId":%q%s}`, strings.Repeat(id, 32), members)
		if err := service.PutWorkflow(region, domain, json.RawMessage(text)); err != nil {
			t.Fatal(err)
		}
	}
}

// ids are the first digits of the workflows' IDs, in order.
func ids(items []awstypes.ListWorkflowsItem) string {
	var all strings.Builder
	for _, item := range items {
		all.WriteString(aws.ToString(item.WorkflowId)[:1])
	}
	return all.String()
}

func TestPlayedWorkflow(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	client := sdk(t, server.URL, alice)
	listed := func() awstypes.Status {
		out, err := client.ListWorkflows(t.Context(), &customerprofiles.ListWorkflowsInput{DomainName: aws.String("acme")})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(out.Items, func(item awstypes.ListWorkflowsItem) bool { return *item.WorkflowId == movingID })
		return out.Items[i].Status
	}
	if got := listed(); got != "NOT_STARTED" {
		t.Errorf("before the first call: listed as %s", got)
	}
	for n, want := range []awstypes.Status{"NOT_STARTED", "IN_PROGRESS", "IN_PROGRESS", "COMPLETE", "COMPLETE"} {
		out, err := getWorkflowWith(t, client, "acme", movingID)
		if err != nil {
			t.Fatal(err)
		}
		if out.Status != want || listed() != want {
			t.Errorf("call %d: got %s, listed as %s, want %s", n+1, out.Status, listed(), want)
		}
	}
}

func TestListWorkflowsFilters(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	put(t, service, "", "hooli",
		`a ,"WorkflowType":"APPFLOW_INTEGRATION","Status":"COMPLETE","StartDate":100,"LastUpdatedAt":200`,
		`b ,"WorkflowType":"APPFLOW_INTEGRATION","Status":"FAILED","StartDate":300.5,"LastUpdatedAt":400`,
		`c ,"WorkflowType":"BATCH_IMPORT","Status":"IN_PROGRESS","StartDate":500,"LastUpdatedAt":600`,
		`d ,"WorkflowType":"APPFLOW_INTEGRATION","Status":"CANCELLED","StartDate":null,"LastUpdatedAt":700`,
		`e `,
	)
	at := func(milliseconds int64) *time.Time { return aws.Time(time.UnixMilli(milliseconds)) }
	client := sdk(t, server.URL, alice)
	for name, test := range map[string]struct {
		input customerprofiles.ListWorkflowsInput
		want  string
	}{
		"none":             {customerprofiles.ListWorkflowsInput{}, "abcde"},
		"status":           {customerprofiles.ListWorkflowsInput{Status: "FAILED"}, "b"},
		"status of none":   {customerprofiles.ListWorkflowsInput{Status: "SPLIT"}, ""},
		"type":             {customerprofiles.ListWorkflowsInput{WorkflowType: "APPFLOW_INTEGRATION"}, "abd"},
		"type and status":  {customerprofiles.ListWorkflowsInput{WorkflowType: "APPFLOW_INTEGRATION", Status: "COMPLETE"}, "a"},
		"started after":    {customerprofiles.ListWorkflowsInput{QueryStartDate: at(300_499)}, "bc"},
		"not started at":   {customerprofiles.ListWorkflowsInput{QueryStartDate: at(300_500)}, "c"},
		"ended after":      {customerprofiles.ListWorkflowsInput{QueryEndDate: at(200_000)}, "bd"},
		"both":             {customerprofiles.ListWorkflowsInput{QueryStartDate: at(0), QueryEndDate: at(0)}, "ab"},
		"in another order": {customerprofiles.ListWorkflowsInput{QueryStartDate: at(200_000), QueryEndDate: at(100_000)}, "b"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.input.DomainName = aws.String("hooli")
			out, err := client.ListWorkflows(t.Context(), &test.input)
			if err != nil {
				t.Fatal(err)
			}
			if got := ids(out.Items); got != test.want || out.NextToken != nil {
				t.Errorf("got %q, token %v, want %q", got, out.NextToken, test.want)
			}
		})
	}
}

func TestListWorkflowsItems(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	put(t, service, "", "hooli",
		`a ,"WorkflowType":"T","Status":"FAILED","ErrorDescription":"no","StartDate":1.5,"LastUpdatedAt":2.25`,
		`b ,"Status":"SPLIT","LastUpdatedAt":3`, `c `)
	_, body := do(t, signedList(t, server.URL+"/domains/hooli/workflows"))
	item := func(id, members string) string {
		return fmt.Sprintf(`{%s"WorkflowId":"%s"`, members, strings.Repeat(id, 32))
	}
	want := `{"Items":[` +
		item("a", `"CreatedAt":1.5,"LastUpdatedAt":2.25,"Status":"FAILED","StatusDescription":"no",`) + `,"WorkflowType":"T"},` +
		item("b", `"CreatedAt":3,"LastUpdatedAt":3,"Status":"SPLIT","StatusDescription":"SPLIT",`) + `},` +
		item("c", ``) + `}]}`
	if body != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
}

// signedList is a POST without a body that the service will take.
func signedList(t *testing.T, url string) *http.Request {
	t.Helper()
	r := newRequest(t, http.MethodPost, url, "")
	newSigning().sign(t, r)
	return r
}

func TestListsOfARegion(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	put(t, service, "", "hooli", "b ", "c ")
	put(t, service, "eu-west-1", "hooli", "a ", `c ,"Status":"RETRY"`)
	for _, uri := range []string{"b", "c"} {
		if err := service.PutIntegration("", "hooli", json.RawMessage(`{"Uri":"`+uri+`"}`)); err != nil {
			t.Fatal(err)
		}
	}
	for _, integration := range []string{`{"Uri":"a"}`, `{"Uri":"c","Scope":"DOMAIN"}`} {
		if err := service.PutIntegration("eu-west-1", "hooli", json.RawMessage(integration)); err != nil {
			t.Fatal(err)
		}
	}
	for region, want := range map[string][2]string{"us-east-1": {"bc", ""}, "eu-west-1": {"bca", "RETRY DOMAIN"}} {
		c := alice
		c.region = region
		client := sdk(t, server.URL, c)
		workflows, err := client.ListWorkflows(t.Context(), &customerprofiles.ListWorkflowsInput{DomainName: aws.String("hooli")})
		if err != nil {
			t.Fatal(err)
		}
		integrations, err := client.ListIntegrations(t.Context(), &customerprofiles.ListIntegrationsInput{DomainName: aws.String("hooli")})
		if err != nil {
			t.Fatal(err)
		}
		one, err := client.GetIntegration(t.Context(), &customerprofiles.GetIntegrationInput{DomainName: aws.String("hooli"), Uri: aws.String("c")})
		if err != nil {
			t.Fatal(err)
		}
		var uris string
		for _, item := range integrations.Items {
			uris += aws.ToString(item.Uri)
		}
		own := strings.TrimSpace(string(workflows.Items[1].Status) + " " + string(one.Scope))
		if got := ids(workflows.Items); got != want[0] || uris != want[0] || own != want[1] {
			t.Errorf("%s: got workflows %s, integrations %s, %q, want %v", region, got, uris, own, want)
		}
	}
}

func TestWorkflowSteps(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	steps := make([]json.RawMessage, 5)
	for i := range steps {
		steps[i] = json.RawMessage(fmt.Sprintf(`{"AppflowIntegration":{"FlowName":"%d"}}`, i))
	}
	if err := service.PutWorkflowSteps("", "acme", completeID, steps); err != nil {
		t.Fatal(err)
	}
	input := &customerprofiles.GetWorkflowStepsInput{DomainName: aws.String("acme"), WorkflowId: aws.String(completeID), MaxResults: aws.Int32(2)}
	client := sdk(t, server.URL, alice)
	var got []string
	for {
		out, err := client.GetWorkflowSteps(t.Context(), input)
		if err != nil {
			t.Fatal(err)
		}
		if aws.ToString(out.WorkflowId) != completeID || out.WorkflowType != "APPFLOW_INTEGRATION" {
			t.Errorf("got %s %s", aws.ToString(out.WorkflowId), out.WorkflowType)
		}
		var page string
		for _, item := range out.Items {
			page += *item.AppflowIntegration.FlowName
		}
		got = append(got, page)
		if input.NextToken = out.NextToken; input.NextToken == nil {
			break
		}
	}
	if want := []string{"01", "23", "4"}; !slices.Equal(got, want) {
		t.Errorf("got pages %q, want %q", got, want)
	}
	if err := service.PutWorkflowSteps("", "acme", completeID, []json.RawMessage{json.RawMessage("7")}); err == nil {
		t.Error("a step that is a number was taken")
	}
}

func TestIntegrations(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	const visible, hidden = `{ "Uri" : "v/ü?", "CreatedAt":1.5e9, "Other":[] }`, `{"Uri":"h"}`
	if err := service.PutIntegration("", "hooli", json.RawMessage(visible)); err != nil {
		t.Fatal(err)
	}
	if err := service.PutHiddenIntegration("", "hooli", json.RawMessage(hidden)); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"":                      `{"Items":[{"Uri":"v/ü?","CreatedAt":1.5e9,"Other":[]}]}`,
		"?include-hidden=false": `{"Items":[{"Uri":"v/ü?","CreatedAt":1.5e9,"Other":[]}]}`,
		"?include-hidden=true":  `{"Items":[{"Uri":"v/ü?","CreatedAt":1.5e9,"Other":[]},{"Uri":"h"}]}`,
	} {
		if _, body := do(t, signedRequest(t, server.URL+"/domains/hooli/integrations"+query)); body != want {
			t.Errorf("%s: got %s, want %s", query, body, want)
		}
	}
	for _, uri := range []string{"v/ü?", "h"} {
		out, err := sdk(t, server.URL, alice).GetIntegration(t.Context(), &customerprofiles.GetIntegrationInput{DomainName: aws.String("hooli"), Uri: &uri})
		if err != nil || aws.ToString(out.Uri) != uri {
			t.Errorf("%s: got %v, %v", uri, out, err)
		}
	}
}

func TestListRefusals(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	client, domain := sdk(t, server.URL, alice), aws.String("acme")
	list := func(input customerprofiles.ListWorkflowsInput) error {
		if input.DomainName == nil {
			input.DomainName = domain
		}
		_, err := client.ListWorkflows(t.Context(), &input)
		return err
	}
	first, err := client.ListIntegrations(t.Context(), &customerprofiles.ListIntegrationsInput{DomainName: domain, MaxResults: aws.Int32(1)})
	if err != nil || first.NextToken == nil {
		t.Fatalf("got %v, %v", first, err)
	}
	steps := func(domain, id string, token *string) error {
		_, err := client.GetWorkflowSteps(t.Context(), &customerprofiles.GetWorkflowStepsInput{DomainName: &domain, WorkflowId: &id, NextToken: token})
		return err
	}
	get := func(domain, uri string) error {
		_, err := client.GetIntegration(t.Context(), &customerprofiles.GetIntegrationInput{DomainName: &domain, Uri: &uri})
		return err
	}
	integrations := func(domain string, size int32) error {
		_, err := client.ListIntegrations(t.Context(), &customerprofiles.ListIntegrationsInput{DomainName: &domain, MaxResults: &size})
		return err
	}
	const bad, missing = "BadRequestException", "ResourceNotFoundException"
	for name, test := range map[string]struct {
		err           error
		status        int
		code, message string
	}{
		"status":              {list(customerprofiles.ListWorkflowsInput{Status: "PAUSED"}), 400, bad, "Value 'PAUSED' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [NOT_STARTED, "},
		"type":                {list(customerprofiles.ListWorkflowsInput{WorkflowType: "X"}), 400, bad, "enum value set: [APPFLOW_INTEGRATION]"},
		"no items":            {list(customerprofiles.ListWorkflowsInput{MaxResults: aws.Int32(0)}), 400, bad, "greater than or equal to 1"},
		"too many items":      {integrations("acme", 101), 400, bad, "less than or equal to 100"},
		"token":               {list(customerprofiles.ListWorkflowsInput{NextToken: aws.String("x")}), 400, bad, "Value 'x' at 'nextToken'"},
		"token of another":    {list(customerprofiles.ListWorkflowsInput{NextToken: first.NextToken}), 400, bad, "at 'nextToken'"},
		"domain's name":       {list(customerprofiles.ListWorkflowsInput{DomainName: aws.String("a b")}), 400, bad, "at 'domainName'"},
		"domain":              {list(customerprofiles.ListWorkflowsInput{DomainName: aws.String("umbrella")}), 404, missing, "Domain umbrella does not exist."},
		"steps' token":        {steps("acme", completeID, aws.String("")), 400, bad, "at 'nextToken'"},
		"steps' workflow ID":  {steps("acme", "x", nil), 400, bad, "at 'workflowId'"},
		"steps' workflow":     {steps("acme", globexID, nil), 404, missing, "Workflow " + globexID},
		"integration":         {get("acme", "u"), 404, missing, "Integration u does not exist in domain acme."},
		"integration domain":  {get("umbrella", "u"), 404, missing, "Domain umbrella does not exist."},
		"empty URI":           {get("acme", ""), 400, bad, "Value '' at 'uri'"},
		"URI of 256":          {get("acme", strings.Repeat("ü", 256)), 400, bad, "less than or equal to 255"},
		"integrations domain": {integrations("umbrella", 1), 404, missing, "Domain umbrella does not exist."},
	} {
		t.Run(name, func(t *testing.T) { checkError(t, test.err, test.status, test.code, test.message) })
	}
}

// What the SDK does not send, another client may.
func TestListRefusalsOnTheWire(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	for name, test := range map[string]struct {
		method, target, code, message string
	}{
		"max-results no number": {http.MethodPost, "/domains/acme/workflows?max-results=x", "BadRequestException", "at 'maxResults'"},
		"include-hidden":        {http.MethodGet, "/domains/acme/integrations?include-hidden=maybe", "BadRequestException", "Value 'maybe' at 'includeHidden'"},
		"no URI":                {http.MethodPost, "/domains/acme/integrations", "BadRequestException", "Value null at 'uri'"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRequest(t, test.method, server.URL+test.target, "")
			newSigning().sign(t, r)
			response, body := do(t, r)
			checkRefusal(t, response, body, 400, test.code, test.message)
		})
	}
	t.Run("body", func(t *testing.T) {
		t.Parallel()
		r := newRequest(t, http.MethodPost, server.URL+"/domains/acme/workflows", "[")
		signing := newSigning()
		sum := sha256.Sum256([]byte("["))
		signing.hash = hex.EncodeToString(sum[:])
		signing.sign(t, r)
		response, body := do(t, r)
		checkRefusal(t, response, body, 400, "SerializationException", "The request body cannot be read")
	})
}
