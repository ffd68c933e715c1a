// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"fmt"
	"net/http"
	"reflect"
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
			Count: 1, Operation: "GetWorkflow", DomainName: "a/b", WorkflowID: "x",
			Region: "eu-west-1", AccessKeyID: "ASIATEMPORARY",
			Method: "GET", Host: strings.TrimPrefix(server.URL, "http://"), Path: "/domains/a%2Fb/workflows/x", Body: []byte{},
			Status: 400, ErrorCode: "BadRequestException",
		},
		{
			Count: 1, Method: "PUT", Host: "example.com", Path: "/other", RawQuery: "a=1", Body: []byte("text"),
			Status: 404, ErrorCode: "UnknownOperationException",
		},
	} {
		got := calls[i]
		if got.Header == nil || time.Since(got.At) > time.Minute {
			t.Errorf("got header %v, time %s", got.Header, got.At)
		}
		got.Header, got.At = nil, time.Time{}
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
			fmt.Fprintf(&got, "%d ", call.Count)
		}
		if got.String() != want {
			t.Errorf("got counts %s, want %s", &got, want)
		}
	}
	call("acme", completeID)
	call("acme", globexID)
	call("acme", completeID)
	call("umbrella", completeID)
	call("acme", completeID)
	check("1 1 2 1 3 ")
	for range 1000 {
		call("acme", completeID)
	}
	if calls := service.Calls(); len(calls) != 1000 || calls[999].Count != 1003 {
		t.Errorf("got %d calls, the last with count %d", len(calls), calls[len(calls)-1].Count)
	}
	service.ResetCalls()
	call("acme", completeID)
	check("1 ")
}
