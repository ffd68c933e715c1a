// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestCalls(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	service.AddCredential(temporaryCredential)
	start := time.Now()
	client := newClient(t, server, func(o *customerprofiles.Options) {
		o.Region = "eu-west-1"
		o.Credentials = credentials("ASIATEMPORARY", "temporary", "token")
	})
	_, err := getWorkflow(t, client, "a/b", "x")
	checkSDKError(t, err, badRequest(""))
	serve(service, newRequest(t, http.MethodPut, "/other?a=1", "text"))

	calls := service.Calls()
	if len(calls) != 2 {
		t.Fatalf("got %d calls, want 2", len(calls))
	}
	for i, want := range []simulator.Call{
		{
			Number: 1, Count: 1, Operation: "GetWorkflow", DomainName: "a/b", WorkflowID: "x",
			Region: "eu-west-1", ServiceName: "profile", AccessKeyID: "ASIATEMPORARY", SessionToken: "token",
			Host: strings.TrimPrefix(server.URL, "http://"), Method: "GET", Path: "/domains/a%2Fb/workflows/x",
			Body: []byte{}, Status: 400, Connection: 1,
		},
		{
			Number: 2, Count: 1, Host: "example.com", Method: "PUT", Path: "/other", RawQuery: "a=1",
			Body: []byte("text"), Status: 404,
		},
	} {
		got := calls[i]
		if got.At.Before(start) || got.UserAgent != got.Header.Get("User-Agent") {
			t.Errorf("got time %s, user agent %q, header %v", got.At, got.UserAgent, got.Header)
		}
		got.At, got.UserAgent, got.Header = time.Time{}, "", nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
}

func TestCallCounts(t *testing.T) {
	t.Parallel()
	service := newService(t)
	call := func(domain, id string) {
		serve(service, newRequest(t, http.MethodGet, "/domains/"+domain+"/workflows/"+id, ""))
	}
	check := func(want string) {
		t.Helper()
		var got strings.Builder
		for _, call := range service.Calls() {
			fmt.Fprintf(&got, "%d:%d ", call.Number, call.Count)
		}
		if got.String() != want {
			t.Errorf("got numbers and counts %s, want %s", &got, want)
		}
	}
	call("acme", completeID)
	call("acme", globexID)
	call("acme", completeID)
	call("umbrella", completeID)
	call("acme", completeID)
	check("1:1 2:1 3:2 4:1 5:3 ")
	service.KeepCalls(2)
	check("4:1 5:3 ")
	call("acme", completeID)
	check("5:3 6:4 ")
	service.ResetCalls()
	call("acme", completeID)
	check("1:1 ")
}

func TestObserver(t *testing.T) {
	t.Parallel()
	service := newService(t)
	service.KeepCalls(0)
	var statuses []int
	service.SetObserver(func(call simulator.Call) { statuses = append(statuses, call.Status) })
	serve(service, signedRequest(t, http.MethodGet, completePath, ""))
	serve(service, newRequest(t, http.MethodGet, completePath, ""))
	if want := []int{200, 403}; !slices.Equal(statuses, want) {
		t.Errorf("observed statuses %v, want %v", statuses, want)
	}
	if calls := service.Calls(); len(calls) > 0 {
		t.Errorf("kept calls %+v", calls)
	}
}
