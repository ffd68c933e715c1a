// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestGetWorkflow(t *testing.T) {
	t.Parallel()
	_, server := newServer(t)
	out, err := getWorkflow(t, newClient(t, server), "acme", completeID)
	if err != nil {
		t.Fatal(err)
	}
	if aws.ToString(out.WorkflowId) != completeID || out.Status != "COMPLETE" ||
		!aws.ToTime(out.StartDate).Equal(time.UnixMilli(1717405200125)) ||
		out.Attributes.AppflowIntegration.SourceConnectorType != "Salesforce" ||
		out.Metrics.AppflowIntegration.RecordsProcessed != 184203 {
		t.Errorf("got %+v", out)
	}
}

func TestGetWorkflowErrors(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	service.AddCredential(temporaryCredential)
	const invalidID = "1 validation error detected: Value '%s' at 'workflowId' failed to satisfy constraint: " +
		"Member must satisfy regular expression pattern: ^[a-f0-9]{32}$"
	invalidToken := forbidden("UnrecognizedClientException", "The security token included in the request is invalid.")
	invalidSignature := forbidden("InvalidSignatureException", "The request signature we calculated does not match")
	tests := map[string]struct {
		credentials aws.CredentialsProvider
		domain, id  string
		want        apiError
	}{
		"domain not found":         {domain: "umbrella", want: notFound("Domain umbrella does not exist.")},
		"domain in another Region": {domain: "globex", want: notFound("Domain globex does not exist.")},
		"workflow not found":       {id: globexID, want: notFound("Workflow " + globexID + " does not exist")},
		"unknown access key":       {credentials: credentials("AKIAOTHER", secretAccessKey, ""), want: invalidToken},
		"unexpected session token": {
			credentials: credentials(accessKeyID, secretAccessKey, "token"), want: invalidToken,
		},
		"session token missing":       {credentials: credentials("ASIATEMPORARY", "temporary", ""), want: invalidToken},
		"wrong session token":         {credentials: credentials("ASIATEMPORARY", "temporary", "tokem"), want: invalidToken},
		"wrong secret access key":     {credentials: credentials(accessKeyID, "temporary", ""), want: invalidSignature},
		"domain name of 64":           {domain: strings.Repeat("a", 64), want: notFound("does not exist")},
		"domain name too long":        {domain: strings.Repeat("a", 65), want: badRequest("length less than or equal to 64")},
		"workflow ID too long":        {id: completeID + "0", want: badRequest(fmt.Sprintf(invalidID, completeID+"0"))},
		"validation before existence": {domain: "umbrella", id: "x", want: badRequest(fmt.Sprintf(invalidID, "x"))},
		"authentication before validation": {
			credentials: credentials(accessKeyID, "temporary", ""), domain: "a b", id: "x", want: invalidSignature,
		},
		"several invalid parameters": {
			domain: "a b", id: "x", want: badRequest("2 validation errors detected: Value 'a b' at 'domainName'"),
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := newClient(t, server, func(o *customerprofiles.Options) {
				if tc.credentials != nil {
					o.Credentials = tc.credentials
				}
			})
			_, err := getWorkflow(t, client, cmp.Or(tc.domain, "acme"), cmp.Or(tc.id, completeID))
			checkSDKError(t, err, tc.want)
		})
	}
}

// Every name needs to be escaped. A validation error shows that the service and
// the SDK agree on the path, because the signature is verified first.
func TestPathEscaping(t *testing.T) {
	t.Parallel()
	_, server := newServer(t)
	for _, name := range []string{
		"a b", "a/b", "a%2Fb", "a%b", "a+b", "a=b&c", "a?b", "a#b", "a;b", "a:b", "a@b", "a,b", "a$b", "a!b", "a'b", "a(b)",
		"a*b", "a~b", "a.b", "..", ".", "a\\b", `a"b`, "a[b]", "a{b}", "a|b", "a^b", "a<b>", "ä", "日本", "a\x00b", "a\nb",
	} {
		t.Run(fmt.Sprintf("%q", name), func(t *testing.T) {
			t.Parallel()
			_, err := getWorkflow(t, newClient(t, server), name, completeID)
			checkSDKError(t, err, badRequest("1 validation error detected: Value '"+name+"' at 'domainName'"))
		})
	}
}

func TestResponseBytes(t *testing.T) {
	t.Parallel()
	service := newService(t)
	text := "{ \"Other\" : [1, 1.0, 1.5e9,\t9223372036854775807, \"\\u00e9\\/\"],\n" +
		"\"WorkflowId\":\"" + globexID + "\",\"Other\":null }"
	response := json.RawMessage(text)
	if err := service.Put(simulator.Domain{DomainName: "acme", Workflows: []json.RawMessage{response}}); err != nil {
		t.Fatal(err)
	}
	response[0] = 'X' // The service must have a copy.
	w := serve(service, signedRequest(t, http.MethodGet, "/domains/acme/workflows/"+globexID, ""))
	if w.Code != http.StatusOK || w.Body.String() != text {
		t.Errorf("got %d %q, want %q", w.Code, w.Body, text)
	}
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if id := w.Header().Get("X-Amzn-RequestId"); !uuid.MatchString(id) {
		t.Errorf("request ID %q is not a UUID", id)
	}
}

func TestUnknownOperation(t *testing.T) {
	t.Parallel()
	service := newService(t)
	for _, target := range []string{
		"GET /",
		"GET /domains//workflows/" + completeID,
		"GET " + completePath + "/",
		"GET " + completePath + "/steps/1",
		"POST " + completePath,
		"GET /domains/acme/workflows",
		"GET /prefix" + completePath,
		"GET " + strings.ToUpper(completePath),
	} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			method, path, _ := strings.Cut(target, " ")
			w := serve(service, newRequest(t, method, path, ""))
			checkErrorResponse(t, w, apiError{status: 404, code: "UnknownOperationException"})
		})
	}
}

func TestRequestBodyTooLarge(t *testing.T) {
	t.Parallel()
	w := serve(newService(t), newRequest(t, http.MethodGet, completePath, strings.Repeat("x", 64<<10+1)))
	checkErrorResponse(t, w, apiError{status: 413, code: "RequestEntityTooLargeException"})
}

func TestPutError(t *testing.T) {
	t.Parallel()
	service := newService(t)
	if err := service.Put(simulator.Domain{DomainName: "a b"}); err == nil {
		t.Error("got no error")
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	client := newClient(t, server)
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range 20 {
				id := fmt.Sprintf("%030x%02x", worker, i)
				workflows := []json.RawMessage{fmt.Appendf(nil, `{"WorkflowId":%q}`, id)}
				if err := service.Put(simulator.Domain{DomainName: "acme", Workflows: workflows}); err != nil {
					t.Error(err)
				}
				service.SetResponder(func(simulator.Call) *simulator.Response { return nil })
				service.AddCredential(temporaryCredential)
				if _, err := getWorkflow(t, client, "acme", id); err != nil {
					t.Error(err)
				}
				service.Calls()
				server.Connections()
			}
		})
	}
	wg.Wait()
}
