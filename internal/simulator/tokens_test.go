// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	service := newService(t)
	steps := map[string][]json.RawMessage{completeID: {[]byte("{}"), []byte("{}")}}
	if err := service.Put(simulator.Domain{DomainName: "acme", Steps: steps}); err != nil {
		t.Fatal(err)
	}
	const workflows, integrations = "POST /domains/acme/workflows", "GET /domains/acme/integrations"
	const workflowSteps = "GET /domains/acme/workflows/" + advancingID + "/steps"
	send := func(target, query, body string) (status int, nextToken string) {
		t.Helper()
		method, path, _ := strings.Cut(target, " ")
		w := serve(service, signedRequest(t, method, path+"?max-results=1"+query, body))
		var output struct{ NextToken string }
		if err := json.Unmarshal(w.Body.Bytes(), &output); err != nil {
			t.Fatal(err)
		}
		return w.Code, output.NextToken
	}
	token := func(target, query, body string) string {
		t.Helper()
		_, token := send(target, query, body)
		if token == "" {
			t.Fatalf("%s returned no token", target)
		}
		return token
	}
	workflowsToken, stepsToken := token(workflows, "", ""), token(workflowSteps, "", "")
	filteredToken := token(workflows, "", `{"WorkflowType":"APPFLOW_INTEGRATION"}`)
	visibleToken, hiddenToken := token(integrations, "", ""), token(integrations, "&include-hidden=true", "")
	tests := map[string]struct {
		target, query, body, token string
		valid                      bool
	}{
		"same workflows": {target: workflows, token: workflowsToken, valid: true},
		"empty filter":   {target: workflows, body: `{"Status":null}`, token: workflowsToken, valid: true},
		"same filter": {
			target: workflows, body: `{ "WorkflowType":"APPFLOW_INTEGRATION"}`, token: filteredToken, valid: true,
		},
		"filter removed":        {target: workflows, token: filteredToken},
		"filter added":          {target: workflows, body: `{"WorkflowType":"APPFLOW_INTEGRATION"}`, token: workflowsToken},
		"other filter":          {target: workflows, body: `{"QueryStartDate":1}`, token: filteredToken},
		"same steps":            {target: workflowSteps, token: stepsToken, valid: true},
		"other workflow":        {target: "GET " + completePath + "/steps", token: stepsToken},
		"same integrations":     {target: integrations, token: visibleToken, valid: true},
		"default made explicit": {target: integrations, query: "&include-hidden=false", token: visibleToken, valid: true},
		"hidden excluded":       {target: integrations, token: hiddenToken},
		"hidden included":       {target: integrations, query: "&include-hidden=true", token: visibleToken},
		"other domain":          {target: "GET /domains/initech/integrations", token: visibleToken},
		"other operation":       {target: integrations, token: workflowsToken},
		"empty":                 {target: integrations},
		"not base64":            {target: integrations, token: "!"},
		"other text": {
			target: integrations, token: base64.RawURLEncoding.EncodeToString([]byte("ListIntegrations 1")),
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, _ := send(tc.target, "&next-token="+tc.token+tc.query, tc.body)
			if (status == http.StatusOK) != tc.valid {
				t.Errorf("got %d, valid: %t", status, tc.valid)
			}
		})
	}
}
