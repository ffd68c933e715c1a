// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
)

func TestNullElements(t *testing.T) {
	t.Parallel()
	const members = `"Uri":"u","Tags":{"a":null,"b":"","c":"null"},"ObjectTypeNames":{"d":null},` +
		`"EventTriggerNames":["e",null],"WorkflowId":null,"New":[null,1e999,12345678901234567890],"Scope":null`
	client, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			_, _ = io.WriteString(w, "{"+members+"}")
			return
		}
		_, _ = io.WriteString(w, `{"Items":[{"Uri":"v"},{`+members+`}],"NextToken":null}`)
	})
	tags := map[string]string{"a": NullElement, "b": "", "c": "null"}
	typeNames, triggers := map[string]string{"d": NullElement}, []string{"e", NullElement}

	out, err := client.GetIntegration(t.Context(), &customerprofiles.GetIntegrationInput{
		DomainName: aws.String("acme"), Uri: aws.String("u"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(out.Tags, tags) || !reflect.DeepEqual(out.ObjectTypeNames, typeNames) ||
		!reflect.DeepEqual(out.EventTriggerNames, triggers) || out.WorkflowId != nil || out.Scope != "" {
		t.Errorf("got %+v", out)
	}
	for page, err := range client.ListIntegrations(t.Context(), &customerprofiles.ListIntegrationsInput{
		DomainName: aws.String("acme"),
	}) {
		if err != nil {
			t.Fatal(err)
		}
		want := []awstypes.ListIntegrationItem{
			{Uri: aws.String("v")},
			{Uri: aws.String("u"), Tags: tags, ObjectTypeNames: typeNames, EventTriggerNames: triggers},
		}
		if !reflect.DeepEqual(page.Items, want) {
			t.Errorf("got %+v", page.Items)
		}
	}
}

func TestItemsWithoutIdentity(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		operation, items, problem string // no problem if it is empty
	}{
		"workflows":               {operation: ListWorkflows, items: `{"WorkflowId":"w","Status":null}`},
		"null workflow":           {ListWorkflows, `{"WorkflowId":"w"},null`, "Items[1] is null"},
		"workflow without ID":     {ListWorkflows, `{"WorkflowId":"w"},{}`, "WorkflowId is missing in Items[1]"},
		"workflow with null ID":   {ListWorkflows, `{"WorkflowId":null}`, "WorkflowId is missing in Items[0]"},
		"integrations":            {operation: ListIntegrations, items: `{"Uri":"u","Tags":null}`},
		"null integration":        {ListIntegrations, `null,{"Uri":"u"}`, "Items[0] is null"},
		"workflow with empty ID":  {ListWorkflows, `{"WorkflowId":""}`, "WorkflowId is missing in Items[0]"},
		"integration without URI": {ListIntegrations, `{"WorkflowId":"w"}`, "Uri is missing in Items[0]"},
		"integration, empty URI":  {ListIntegrations, `{"Uri":""}`, "Uri is missing in Items[0]"},
		"steps":                   {operation: GetWorkflowSteps, items: `{},{"AppflowIntegration":null}`},
		"null step":               {GetWorkflowSteps, `{},null`, "Items[1] is null"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, `{"Items":[`+tc.items+`]}`)
			})
			err := pagedOperations[tc.operation](t.Context(), client, 0)
			var malformed *MalformedResponseError
			if tc.problem == "" {
				if err != nil {
					t.Error(err)
				}
			} else if !errors.As(err, &malformed) || malformed.Problem != tc.problem ||
				requestError(t, err).Attempts != 1 || requestError(t, err).StatusCode != http.StatusOK {
				t.Errorf("error %v, want %q", err, tc.problem)
			}
		})
	}
}
