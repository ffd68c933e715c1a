// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestCallsAreRecorded(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	service.AddCredential(simulator.Credential{AccessKeyID: "ASIATEMPORARY", SecretAccessKey: "temporary", SessionToken: "token"})
	before := time.Now()
	c := caller{key: "ASIATEMPORARY", secret: "temporary", token: "token", region: "eu-west-1"}
	if _, err := getWorkflow(t, server.URL, c, "globex", globexID); err != nil {
		t.Fatal(err)
	}
	_, err := getWorkflow(t, server.URL, alice, "a/b", "x")
	checkError(t, err, 400, "BadRequestException", "")
	do(t, newRequest(t, http.MethodPut, server.URL+"/other?a=1", "text"))

	calls := service.Calls()
	if len(calls) != 3 {
		t.Fatalf("got %d calls", len(calls))
	}
	first := calls[0]
	if !strings.Contains(first.UserAgent, "customerprofiles") || first.Header.Get("X-Amz-Security-Token") != "token" || first.At.Before(before) {
		t.Errorf("got User-Agent %q, header %v, at %s", first.UserAgent, first.Header, first.At)
	}
	host := strings.TrimPrefix(server.URL, "http://")
	for i, want := range []simulator.Call{
		{
			Number: 1, Count: 1, Operation: "GetWorkflow", DomainName: "globex", WorkflowID: globexID,
			Region: "eu-west-1", ServiceName: "profile", AccessKeyID: "ASIATEMPORARY", SessionToken: "token",
			Method: "GET", Path: "/domains/globex/workflows/" + globexID, Status: 200, Connection: 1,
		},
		{
			Number: 2, Count: 1, Operation: "GetWorkflow", DomainName: "a/b", WorkflowID: "x",
			Region: "us-east-1", ServiceName: "profile", AccessKeyID: accessKeyID,
			Method: "GET", Path: "/domains/a%2Fb/workflows/x", Status: 400, Connection: 2,
		},
		{Number: 3, Count: 1, Method: "PUT", Path: "/other", RawQuery: "a=1", Body: []byte("text"), Status: 404, Connection: 3},
	} {
		want.Host = host
		checkCall(t, calls[i], want)
	}
}

// checkCall compares what is the same in every run.
func checkCall(t *testing.T, got, want simulator.Call) {
	t.Helper()
	type facts struct {
		n, nOfKind, status, connection                                                                 int
		operation, domain, id, region, service, accessKeyID, token, host, method, path, rawQuery, body string
	}
	of := func(c simulator.Call) facts {
		return facts{
			c.Number, c.Count, c.Status, c.Connection,
			c.Operation, c.DomainName, c.WorkflowID, c.Region, c.ServiceName, c.AccessKeyID, c.SessionToken, c.Host, c.Method, c.Path, c.RawQuery, string(c.Body),
		}
	}
	if of(got) != of(want) {
		t.Errorf("call %d:\n got %+v\nwant %+v", want.Number, of(got), of(want))
	}
}

func TestCallsAreCountedByKind(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	client := sdk(t, server.URL, alice)
	ask := func(domain, id string) {
		_, _ = getWorkflowWith(t, client, domain, id) // Whether it is there does not matter.
	}
	ask("acme", completeID)
	ask("acme", globexID)
	ask("acme", completeID)
	ask("umbrella", completeID)
	ask("acme", completeID)
	check := func(want [][2]int) {
		t.Helper()
		calls := service.Calls()
		if len(calls) != len(want) {
			t.Fatalf("got %d calls, want %d", len(calls), len(want))
		}
		for i, call := range calls {
			if call.Number != want[i][0] || call.Count != want[i][1] {
				t.Errorf("call %d: got N %d, Count %d, want %v", i, call.Number, call.Count, want[i])
			}
		}
	}
	check([][2]int{{1, 1}, {2, 1}, {3, 2}, {4, 1}, {5, 3}})
	service.KeepCalls(2)
	check([][2]int{{4, 1}, {5, 3}})
	ask("acme", completeID)
	check([][2]int{{5, 3}, {6, 4}})
	service.ResetCalls()
	check(nil)
	ask("acme", completeID)
	check([][2]int{{1, 1}})
	service.KeepCalls(0)
	ask("acme", completeID)
	check(nil)
}

// A script and an observer are told of calls that are not kept.
func TestCallsNotKeptAreTold(t *testing.T) {
	t.Parallel()
	service, server := serve(t)
	service.KeepCalls(0)
	observed := make(chan simulator.Call, 10)
	service.SetObserver(func(call simulator.Call) { observed <- call })
	service.SetResponder(func(call simulator.Call) *simulator.Response {
		if call.Count == 2 {
			return &simulator.Response{Fault: simulator.CloseBeforeHeaders}
		}
		return nil
	})
	client := sdk(t, server.URL, alice)
	_, _ = getWorkflowWith(t, client, "acme", completeID)
	_, _ = getWorkflowWith(t, client, "acme", completeID)
	for n, status := range []int{200, 0} {
		if call := <-observed; call.Number != n+1 || call.Count != n+1 || call.Status != status {
			t.Errorf("got call %d (%d of its kind) with status %d", call.Number, call.Count, call.Status)
		}
	}
}
