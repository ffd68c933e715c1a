// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// An answer to another question is no answer, and its error says who gave it.
func TestAnswersToAnotherQuestion(t *testing.T) {
	t.Parallel()
	steps := func(client *Client) error {
		_, err := client.GetWorkflowSteps(context.Background(), &customerprofiles.GetWorkflowStepsInput{
			DomainName: aws.String("acme"), WorkflowId: aws.String(workflowID),
		})
		return err
	}
	integration := func(client *Client) error {
		_, err := client.GetIntegration(context.Background(), &customerprofiles.GetIntegrationInput{
			DomainName: aws.String("acme"), Uri: aws.String("u"),
		})
		return err
	}
	// A list's page is one only where those before it were others.
	page := func(client *Client) error {
		out, err := client.ListIntegrations(context.Background(), &customerprofiles.ListIntegrationsInput{DomainName: aws.String("acme")})
		if err != nil {
			return err
		}
		return Unreadable(out.ResultMetadata, "it is "+*out.NextToken)
	}
	for name, test := range map[string]struct {
		call func(*Client) error
		body string
		want string // the problem, or none
	}{
		"a workflow":            {getWorkflow, `{"WorkflowId":"` + workflowID + `"}`, ""},
		"another workflow":      {getWorkflow, `{"WorkflowId":"w"}`, `it is about workflow "w"`},
		"no workflow":           {getWorkflow, `{}`, "it names no workflow"},
		"steps":                 {steps, `{"WorkflowId":"` + workflowID + `"}`, ""},
		"steps of nobody":       {steps, `{}`, ""},
		"steps of another":      {steps, `{"WorkflowId":"w"}`, `it is about workflow "w"`},
		"an integration":        {integration, `{"Uri":"u","DomainName":"acme"}`, ""},
		"an integration alone":  {integration, `{"Uri":"u"}`, ""},
		"another integration":   {integration, `{"Uri":"v"}`, `it is about integration "v"`},
		"no integration":        {integration, `{"DomainName":"acme"}`, "it names no integration"},
		"another's integration": {integration, `{"Uri":"u","DomainName":"other"}`, `it is about domain "other"`},
		"a page that came":      {page, `{"NextToken":"stale"}`, "it is stale"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Amzn-Requestid", "request-1")
				_, _ = io.WriteString(w, test.body)
			}))
			t.Cleanup(srv.Close)
			client, err := New(testConfig("us-east-1"), srv.URL).Client("")
			if err != nil {
				t.Fatal(err)
			}
			err = test.call(client)
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var unreadable *diagnostics.UnreadableError
			var call *diagnostics.CallError
			if !errors.As(err, &unreadable) || unreadable.Problem != test.want || unreadable.RequestID != "request-1" {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if !errors.As(err, &call) || call.Endpoint != strings.TrimPrefix(srv.URL, "http://") || !call.CustomEndpoint || call.Attempts != 1 {
				t.Errorf("the call is %+v", call)
			}
		})
	}
}
