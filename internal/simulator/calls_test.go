// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
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
			Operation: "GetWorkflow", DomainName: "a/b", WorkflowID: "x",
			Region: "eu-west-1", AccessKeyID: "ASIATEMPORARY",
			Method: "GET", Host: strings.TrimPrefix(server.URL, "http://"), Path: "/domains/a%2Fb/workflows/x", Body: []byte{},
			Status: 400, ErrorCode: "BadRequestException",
		},
		{
			Method: "PUT", Host: "example.com", Path: "/other", RawQuery: "a=1", Body: []byte("text"),
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
	var counts []int
	responder := func(call simulator.Call) *simulator.Response {
		counts = append(counts, call.Count)
		return nil
	}
	call := func(domain, id string) {
		serve(service, newRequest(t, http.MethodGet, "/domains/"+domain+"/workflows/"+id, ""))
	}
	check := func(want ...int) {
		t.Helper()
		if !slices.Equal(counts, want) {
			t.Errorf("got counts %v, want %v", counts, want)
		}
		counts = nil
	}
	call("acme", completeID) // Not counted.
	service.SetResponder(responder)
	call("acme", completeID)
	call("acme", globexID)
	call("acme", completeID)
	call("umbrella", completeID)
	call("acme", completeID)
	check(1, 1, 2, 1, 3)
	service.ResetCalls()
	call("acme", completeID)
	check(1)
}

func TestCallsAreLimited(t *testing.T) {
	t.Parallel()
	service := newService(t)
	for i := range 1003 {
		serve(service, newRequest(t, http.MethodGet, "/"+strconv.Itoa(i), ""))
	}
	calls := service.Calls()
	if len(calls) != 1000 || calls[0].Path != "/3" || calls[999].Path != "/1002" {
		t.Errorf("got %d calls, from %s to %s", len(calls), calls[0].Path, calls[len(calls)-1].Path)
	}
}
