// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestGetWorkflowThroughTheSDK(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	out, err := getWorkflow(t, server.URL, alice, "acme", completeID)
	if err != nil {
		t.Fatal(err)
	}
	if aws.ToString(out.WorkflowId) != completeID || out.Status != "COMPLETE" || out.WorkflowType != "APPFLOW_INTEGRATION" {
		t.Errorf("got %s %s %s", aws.ToString(out.WorkflowId), out.Status, out.WorkflowType)
	}
	if got, want := aws.ToTime(out.StartDate), time.UnixMilli(1717405200125); !got.Equal(want) {
		t.Errorf("got StartDate %s, want %s", got, want)
	}
	attributes, metrics := out.Attributes.AppflowIntegration, out.Metrics.AppflowIntegration
	if attributes.SourceConnectorType != "Salesforce" || !strings.Contains(aws.ToString(attributes.RoleArn), ":123456789012:") {
		t.Errorf("got attributes %+v", attributes)
	}
	if metrics.RecordsProcessed != 184203 || metrics.StepsCompleted != 12 || metrics.TotalSteps != 12 {
		t.Errorf("got metrics %+v", metrics)
	}
}

func TestRefusalsThroughTheSDK(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	service.AddCredential(simulator.Credential{AccessKeyID: "ASIATEMPORARY", SecretAccessKey: "temporary", SessionToken: "token"})
	temporary := caller{key: "ASIATEMPORARY", secret: "temporary", token: "token", region: "us-east-1"}
	with := func(c caller, change func(*caller)) caller { change(&c); return c }

	const unrecognized, invalid = "UnrecognizedClientException", "InvalidSignatureException"
	tests := map[string]struct {
		caller        caller
		domain, id    string
		status        int
		code, message string
	}{
		"unknown domain":      {alice, "umbrella", completeID, 404, "ResourceNotFoundException", "Domain umbrella does not exist."},
		"unknown workflow":    {alice, "acme", globexID, 404, "ResourceNotFoundException", "Workflow " + globexID + " does not exist in domain acme."},
		"empty domain":        {alice, "initech", completeID, 404, "ResourceNotFoundException", "Workflow " + completeID + " does not exist in domain initech."},
		"another Region":      {alice, "globex", globexID, 404, "ResourceNotFoundException", "Domain globex does not exist."},
		"unknown access key":  {with(alice, func(c *caller) { c.key = "AKIAI44QH8DHBEXAMPLE" }), "acme", completeID, 403, unrecognized, "The security token included in the request is invalid."},
		"token too many":      {with(alice, func(c *caller) { c.token = "token" }), "acme", completeID, 403, unrecognized, "security token"},
		"token missing":       {with(temporary, func(c *caller) { c.token = "" }), "acme", completeID, 403, unrecognized, "security token"},
		"wrong token":         {with(temporary, func(c *caller) { c.token = "tokem" }), "acme", completeID, 403, unrecognized, "security token"},
		"wrong secret":        {with(alice, func(c *caller) { c.secret = "guess" }), "acme", completeID, 403, invalid, "The request signature we calculated does not match the signature you provided."},
		"secret of another":   {with(alice, func(c *caller) { c.secret = "temporary" }), "acme", completeID, 403, invalid, "does not match"},
		"caller before input": {with(alice, func(c *caller) { c.secret = "guess" }), "a b", "x", 403, invalid, "does not match"},
		"input before lookup": {alice, "umbrella", "x", 400, "BadRequestException", "1 validation error detected: Value 'x' at 'workflowId'"},
		"both inputs wrong":   {alice, "a b", "x", 400, "BadRequestException", "2 validation errors detected: Value 'a b' at 'domainName'"},
		"ID of 31":            {alice, "acme", completeID[1:], 400, "BadRequestException", "^[a-f0-9]{32}$"},
		"ID of 33":            {alice, "acme", completeID + "0", 400, "BadRequestException", "^[a-f0-9]{32}$"},
		"ID in upper case":    {alice, "acme", strings.ToUpper(completeID), 400, "BadRequestException", "^[a-f0-9]{32}$"},
		"ID with newline":     {alice, "acme", completeID + "\n", 400, "BadRequestException", "^[a-f0-9]{32}$"},
		"domain of 65":        {alice, strings.Repeat("a", 65), completeID, 400, "BadRequestException", "length less than or equal to 64"},
		"domain of 64":        {alice, strings.Repeat("a", 64), completeID, 404, "ResourceNotFoundException", "does not exist"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := getWorkflow(t, server.URL, test.caller, test.domain, test.id)
			checkError(t, err, test.status, test.code, test.message)
		})
	}
}

// Every name here is one that somebody has to escape. That the answer is about
// the name, and not about the signature, says that both sides agree how.
func TestPathsAreEscapedAsTheSDKDoes(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	for _, name := range []string{
		"a b", "a/b", "a%2Fb", "a%b", "a+b", "a=b&c", "a?b", "a#b", "a;b", "a:b", "a@b", "a,b", "a$b", "a!b", "a'b", "a(b)",
		"a*b", "a~b", "a.b", "..", ".", "a\\b", `a"b`, "a[b]", "a{b}", "a|b", "a^b", "a<b>", "ä", "日本", "a\x00b", "a\nb",
	} {
		t.Run(fmt.Sprintf("%q", name), func(t *testing.T) {
			t.Parallel()
			_, err := getWorkflow(t, server.URL, alice, name, completeID)
			checkError(t, err, 400, "BadRequestException", "1 validation error detected: Value '"+name+"' at 'domainName'")
		})
	}
}

func TestRegions(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	put := func(region, status string) {
		if err := service.PutWorkflow(region, "hooli", json.RawMessage(`{"WorkflowId":"`+completeID+`","Status":"`+status+`"}`)); err != nil {
			t.Fatal(err)
		}
	}
	put("", "RETRY")
	put("", "SPLIT") // in place of the first
	put("eu-west-1", "FAILED")
	if err := service.PutWorkflow("", "globex", json.RawMessage(`{"WorkflowId":"`+completeID+`","Status":"RETRY"}`)); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ region, domain, id, status string }{
		{"us-east-1", "hooli", completeID, "SPLIT"},
		{"us-gov-west-1", "hooli", completeID, "SPLIT"},
		{"eu-west-1", "hooli", completeID, "FAILED"},
		{"eu-west-1", "globex", globexID, "COMPLETE"},
		{"eu-west-1", "globex", completeID, "RETRY"},
		{"cn-north-1", "acme", completeID, "COMPLETE"},
	}
	for _, test := range tests {
		t.Run(test.region+" "+test.domain, func(t *testing.T) {
			t.Parallel()
			c := alice
			c.region = test.region
			out, err := getWorkflow(t, server.URL, c, test.domain, test.id)
			if err != nil {
				t.Fatal(err)
			}
			if string(out.Status) != test.status {
				t.Errorf("got %s, want %s", out.Status, test.status)
			}
		})
	}
}

func TestWorkflowsAreServedByteForByte(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	text := "{ \"Other\" : [1, 1.0, 1.5e9,\t9223372036854775807, \"\\u00e9\\/\"],\n\"WorkflowId\":\"" + globexID + "\",\"Other\":null }"
	given := json.RawMessage(text)
	if err := service.PutWorkflow("", "acme", given); err != nil {
		t.Fatal(err)
	}
	given[0] = 'X' // The service has its own copy.
	response, body := do(t, signedRequest(t, server.URL+"/domains/acme/workflows/"+globexID))
	if body != text {
		t.Errorf("got %q, want %q", body, text)
	}
	if response.StatusCode != http.StatusOK || response.ContentLength != int64(len(text)) || response.Header.Get("Content-Type") != "application/json" {
		t.Errorf("got %d, %d bytes, header %v", response.StatusCode, response.ContentLength, response.Header)
	}
	if id := response.Header.Get("X-Amzn-RequestId"); !regexp.MustCompile(requestIDPattern).MatchString(id) {
		t.Errorf("request ID %q is not a UUID", id)
	}
	if values := response.Header.Values("X-Amzn-ErrorType"); values != nil {
		t.Errorf("a success has error type %q", values)
	}
}

func TestUnknownOperations(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	tests := []struct{ method, path string }{
		{http.MethodGet, "/"},
		{http.MethodGet, "/workflows"},
		{http.MethodGet, "/domains//workflows/" + completeID},
		{http.MethodGet, "/domains/acme/workflows/"},
		{http.MethodGet, completePath + "/"},
		{http.MethodGet, completePath + "/steps/1"},
		{http.MethodPost, completePath + "/steps"},
		{http.MethodGet, "/domains/acme/workflows"},
		{http.MethodPut, "/domains/acme/integrations"},
		{http.MethodGet, "/prefix" + completePath},
		{http.MethodGet, strings.ToUpper(completePath)},
		{http.MethodPost, completePath},
		{http.MethodDelete, completePath},
	}
	for _, test := range tests {
		t.Run(test.method+" "+test.path, func(t *testing.T) {
			t.Parallel()
			response, body := do(t, newRequest(t, test.method, server.URL+test.path, ""))
			checkRefusal(t, response, body, 404, "UnknownOperationException", "")
		})
	}
}

func TestABodyHasALimit(t *testing.T) {
	t.Parallel()
	_, server := serve(t)
	response, body := do(t, newRequest(t, http.MethodGet, server.URL+completePath, strings.Repeat("x", 1<<20+1)))
	checkRefusal(t, response, body, 413, "RequestEntityTooLargeException", "")
}

func TestPutWorkflowRefusesWhatDataMayNotHave(t *testing.T) {
	t.Parallel()
	service, _ := serve(t)
	tests := map[string][3]string{
		"domain": {"", "a b", `{"WorkflowId":"` + completeID + `"}`},
		"region": {"US EAST", "acme", `{"WorkflowId":"` + completeID + `"}`},
		"no ID":  {"", "acme", `{}`},
		"syntax": {"", "acme", `{"WorkflowId":"` + completeID + `"} x`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := service.PutWorkflow(test[0], test[1], json.RawMessage(test[2])); err == nil {
				t.Error("there is no error")
			}
		})
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	client := sdk(t, server.URL, alice)
	const workers, each = 8, 20
	var wait sync.WaitGroup
	for worker := range workers {
		wait.Go(func() {
			for i := range each {
				id := fmt.Sprintf("%032x", worker*each+i)
				if err := service.PutWorkflow("", "acme", json.RawMessage(`{"WorkflowId":"`+id+`"}`)); err != nil {
					t.Error(err)
				}
				service.SetResponder(func(simulator.Call) *simulator.Response { return nil })
				service.AddCredential(simulator.Credential{AccessKeyID: accessKeyID, SecretAccessKey: secretAccessKey})
				out, err := getWorkflowWith(t, client, "acme", id)
				if err != nil || aws.ToString(out.WorkflowId) != id {
					t.Errorf("workflow %s: got %v, %v", id, out, err)
				}
				service.Calls()
				server.OpenConnections()
			}
		})
	}
	wait.Wait()
	calls := service.Calls()
	if len(calls) != workers*each {
		t.Fatalf("got %d calls, want %d", len(calls), workers*each)
	}
	for i, call := range calls {
		if call.Number != i+1 || call.Count != 1 || call.Status != 200 {
			t.Errorf("call %d: N %d, Count %d, Status %d", i, call.Number, call.Count, call.Status)
		}
	}
}
