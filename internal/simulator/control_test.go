// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const ok = `{"status":"ok"}`

// control sends an unsigned request such as "POST /_simulator/reset", and returns
// the status and the body of the response.
func control(t *testing.T, service *simulator.Service, target, body string) (int, string) {
	t.Helper()
	method, path, _ := strings.Cut(target, " ")
	w := serve(service, newRequest(t, method, path, body))
	if got := w.Header().Get("Content-Type"); got != "application/json" {
		t.Errorf("%s: got content type %q", target, got)
	}
	return w.Code, strings.TrimSpace(w.Body.String())
}

func mustControl(t *testing.T, service *simulator.Service, target, body string) string {
	t.Helper()
	status, output := control(t, service, target, body)
	if status != http.StatusOK {
		t.Fatalf("%s: got %d %s", target, status, output)
	}
	return output
}

// read returns the response to a signed request.
func read(t *testing.T, service *simulator.Service, path string) *httptest.ResponseRecorder {
	t.Helper()
	return serve(service, signedRequest(t, http.MethodGet, path, ""))
}

func TestControlHealth(t *testing.T) {
	t.Parallel()
	service := newService(t)
	if got := mustControl(t, service, "GET /_simulator/health", ""); got != ok {
		t.Errorf("got %s", got)
	}
	if calls := service.Calls(); len(calls) > 0 {
		t.Errorf("a request to the control API is in the log: %+v", calls)
	}
}

func TestControlCalls(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	client := newClient(t, server, func(o *customerprofiles.Options) { o.Region = "eu-west-1" })
	if _, err := getWorkflow(t, client, "globex", globexID); err != nil {
		t.Fatal(err)
	}
	serve(service, newRequest(t, http.MethodPost, "/domains/acme/workflows?max-results=5", `{"Status":"FAILED"}`))
	service.SetResponder(always(&simulator.Response{Fault: simulator.CloseBeforeHeaders}))
	if _, err := getWorkflow(t, client, "globex", globexID); err == nil {
		t.Error("the connection was not closed")
	}

	var calls []map[string]any
	if err := json.Unmarshal([]byte(mustControl(t, service, "GET /_simulator/calls", "")), &calls); err != nil {
		t.Fatal(err)
	}
	for i, want := range []map[string]any{
		{
			"operation": "GetWorkflow", "domain_name": "globex", "workflow_id": globexID, "region": "eu-west-1",
			"access_key_id": accessKeyID, "method": "GET", "path": "/domains/globex/workflows/" + globexID,
			"status": 200.0, "error_code": "", "connection": "",
		},
		{
			"operation": "ListWorkflows", "domain_name": "acme", "workflow_id": "", "access_key_id": "",
			"query": "max-results=5", "body": `{"Status":"FAILED"}`,
			"status": 403.0, "error_code": "MissingAuthenticationTokenException",
		},
		{"operation": "GetWorkflow", "status": 0.0, "connection": "close"},
	} {
		for name, value := range want {
			if calls[i][name] != value {
				t.Errorf("call %d: %s is %v, want %v", i, name, calls[i][name], value)
			}
		}
		if at, err := time.Parse(time.RFC3339, calls[i]["at"].(string)); err != nil || time.Since(at) > time.Minute {
			t.Errorf("call %d: at is %v (%v)", i, calls[i]["at"], err)
		}
	}
	mustControl(t, service, "DELETE /_simulator/calls", "")
	if got := mustControl(t, service, "GET /_simulator/calls", ""); got != "[]" {
		t.Errorf("got %s after DELETE", got)
	}
}

func TestControlWorkflow(t *testing.T) {
	t.Parallel()
	const path = "/domains/new/workflows/" + globexID
	service := newService(t)
	workflow := func(members string) string { return `{"WorkflowId": "` + globexID + `"` + members + `}` }
	mustControl(t, service, "PUT /_simulator"+path, workflow(`, "Status": "RETRY"`))
	if got, want := read(t, service, path).Body.String(), workflow(`, "Status": "RETRY"`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	mustControl(t, service, "PUT /_simulator"+path, "["+workflow(``)+","+workflow(`, "Status": "FAILED"`)+"]")
	for _, want := range []string{workflow(``), workflow(`, "Status": "FAILED"`)} {
		if got := read(t, service, path).Body.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	mustControl(t, service, "DELETE /_simulator"+path, "")
	checkErrorResponse(t, read(t, service, path), notFound("Workflow "+globexID+" does not exist in domain new."))
	if status, body := control(t, service, "DELETE /_simulator"+path, ""); status != http.StatusNotFound {
		t.Errorf("got %d %s", status, body)
	}
}

func TestControlWorkflowRegions(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	status := func(region, domain string) string {
		t.Helper()
		client := newClient(t, server, func(o *customerprofiles.Options) { o.Region = region })
		out, err := getWorkflow(t, client, domain, globexID)
		switch {
		case err == nil:
			return string(out.Status)
		case strings.Contains(err.Error(), "Domain "+domain+" does not exist"):
			return "no domain"
		}
		return "no workflow"
	}
	for _, step := range []struct{ method, domain, query, status, want string }{
		{method: "PUT", domain: "globex", status: "FAILED", want: "no domain, FAILED"},
		{method: "PUT", domain: "globex", query: "?region=eu-west-1", status: "SPLIT", want: "no domain, SPLIT"},
		{method: "PUT", domain: "globex", query: "?region=us-east-1", status: "RETRY", want: "RETRY, SPLIT"},
		{method: "PUT", domain: "globex", status: "FAILED", want: "FAILED, FAILED"},
		{method: "DELETE", domain: "globex", query: "?region=us-east-1", want: "no workflow, FAILED"},
		{method: "DELETE", domain: "globex", want: "no workflow, no workflow"},

		{method: "PUT", domain: "acme", status: "FAILED", want: "FAILED, FAILED"},
		{method: "PUT", domain: "acme", query: "?region=us-east-1", status: "RETRY", want: "RETRY, FAILED"},
		{method: "DELETE", domain: "acme", query: "?region=us-east-1", want: "FAILED, FAILED"},
		{method: "PUT", domain: "acme", query: "?region=us-east-1", status: "RETRY", want: "RETRY, FAILED"},
		{method: "PUT", domain: "acme", status: "SPLIT", want: "SPLIT, SPLIT"},
		{method: "DELETE", domain: "acme", want: "no workflow, no workflow"},

		{method: "PUT", domain: "new", query: "?region=us-east-1", status: "RETRY", want: "RETRY, no domain"},
		{method: "PUT", domain: "newer", status: "RETRY", want: "RETRY, RETRY"},
	} {
		target := step.method + " /_simulator/domains/" + step.domain + "/workflows/" + globexID + step.query
		mustControl(t, service, target, `{"WorkflowId":"`+globexID+`","Status":"`+step.status+`"}`)
		if got := status("us-east-1", step.domain) + ", " + status("eu-west-1", step.domain); got != step.want {
			t.Errorf("%s: got %s, want %s", target, got, step.want)
		}
	}
}

func TestControlData(t *testing.T) {
	t.Parallel()
	service := newService(t)
	data := `{"Credentials":[{"AccessKeyId":"` + accessKeyID + `","SecretAccessKey":"` + secretAccessKey + `"}],
		"Domains":[{"DomainName":"other","Workflows":[{"WorkflowId":"` + globexID + `"}]}]}`
	mustControl(t, service, "PUT /_simulator/data", data)
	checkErrorResponse(t, read(t, service, completePath), notFound("Domain acme does not exist."))
	mustControl(t, service, "DELETE /_simulator/domains/other/workflows/"+globexID, "")
	mustControl(t, service, "POST /_simulator/reset", "")
	if w := read(t, service, "/domains/other/workflows/"+globexID); w.Code != http.StatusOK {
		t.Errorf("after a reset: got %d %s", w.Code, w.Body)
	}
}

func TestControlReset(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		timeline := `{"WorkflowId":"` + globexID + `","Status":"NOT_STARTED","Timeline":[{"After":"1m","Status":"COMPLETE"}]}`
		data := simulator.DefaultData()
		data.Domains[0].Workflows = append(data.Domains[0].Workflows, json.RawMessage(timeline))
		service, err := simulator.New(data)
		if err != nil {
			t.Fatal(err)
		}
		initial := func() string {
			return read(t, service, "/domains/acme/workflows/"+advancingID).Body.String() +
				read(t, service, "/domains/acme/workflows/"+globexID).Body.String()
		}
		want := initial()
		time.Sleep(time.Minute)
		if got := initial(); got == want {
			t.Error("the workflows didn't change")
		}
		mustControl(t, service, "PUT /_simulator/domains/acme/workflows/"+advancingID, `{"WorkflowId":"`+advancingID+`"}`)
		mustControl(t, service, "PUT /_simulator/domains/acme/workflows/"+completeID, `{"WorkflowId":"`+completeID+`"}`)
		mustControl(t, service, "DELETE /_simulator/domains/acme/workflows/"+globexID, "")
		mustControl(t, service, "PUT /_simulator/faults", `[{"status":500,"code":"InternalServerException"}]`)
		if got := mustControl(t, service, "POST /_simulator/reset", ""); got != ok {
			t.Errorf("got %s", got)
		}
		for _, list := range []string{"calls", "faults"} {
			if got := mustControl(t, service, "GET /_simulator/"+list, ""); got != "[]" {
				t.Errorf("%s after a reset: %s", list, got)
			}
		}
		if got := initial(); got != want {
			t.Errorf("after a reset: got %s, want %s", got, want)
		}
		if w := read(t, service, completePath); !strings.Contains(w.Body.String(), "COMPLETE") {
			t.Errorf("after a reset: got %d %s", w.Code, w.Body)
		}
	})
}

func TestControlErrors(t *testing.T) {
	t.Parallel()
	const workflow = "PUT /_simulator/domains/acme/workflows/" + completeID
	service := newService(t)
	for name, tc := range map[string]struct {
		target, body string
		status       int
		want         string
	}{
		"unknown path": {
			target: "GET /_simulator/heath", status: 404, want: "there is no control operation GET /_simulator/heath",
		},
		"wrong method":   {target: "GET /_simulator/reset", status: 404, want: "no control operation GET /_simulator/reset"},
		"malformed JSON": {target: workflow, body: "{", status: 400, want: "line 1, column 1: unexpected end of JSON input"},
		"misspelled member": {
			target: workflow, body: `{"WorkflowId":"` + completeID + `","Stat":"A"}`, status: 400,
			want: `/Stat: found \"A\", expected one of the members Attributes,`,
		},
		"other ID": {
			target: workflow, body: `{"WorkflowId":"` + globexID + `"}`, status: 400,
			want: `/WorkflowId: found \"` + globexID + `\", expected the ID in the path, \"` + completeID + `\"`,
		},
		"invalid timeline": {
			target: workflow, body: `{"WorkflowId":"` + completeID + `","Timeline":[{"After":"1s"},{"After":"1s"}]}`,
			status: 400, want: `/Timeline/1/After: found`,
		},
		"unknown Region": {
			target: workflow + "?region=us-wset-2", body: `{"WorkflowId":"` + completeID + `"}`,
			status: 400, want: `/Region: found \"us-wset-2\", expected an AWS Region`,
		},
		"unknown query parameter": {
			target: workflow + "?Region=eu-west-1", body: `{"WorkflowId":"` + completeID + `"}`,
			status: 400, want: `query parameter \"Region\" is unknown`,
		},
		"workflow in another Region": {
			target: "DELETE /_simulator/domains/acme/workflows/" + completeID + "?region=us-east-1",
			status: 404, want: `domain \"acme\" in Region us-east-1 has no workflow`,
		},
		"invalid domain name": {
			target: "PUT /_simulator/domains/a.b/workflows/" + completeID, body: `{"WorkflowId":"` + completeID + `"}`,
			status: 400, want: `/DomainName: found \"a.b\", expected`,
		},
		"invalid data": {
			target: "PUT /_simulator/data", body: `{"Domains":{}}`, status: 400, want: "/Domains: found {}, expected an array",
		},
		"body too large": {
			target: "PUT /_simulator/data", body: strings.Repeat(" ", 16<<20+1), status: 413, want: "too large",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, body := control(t, service, tc.target, tc.body)
			var members map[string]string
			if err := json.Unmarshal([]byte(body), &members); err != nil || len(members) != 1 {
				t.Errorf("body %s must have a message and nothing else (%v)", body, err)
			}
			if status != tc.status || !strings.Contains(body, tc.want) {
				t.Errorf("got %d %s, want %d %s", status, body, tc.status, tc.want)
			}
			if w := read(t, service, completePath); !strings.Contains(w.Body.String(), "184203") {
				t.Errorf("the data changed: %s", w.Body)
			}
		})
	}
}
