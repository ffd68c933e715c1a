// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestReadDataErrors(t *testing.T) {
	t.Parallel()
	const (
		id       = "0123456789abcdef0123456789abcdef"
		otherID  = "fedcba9876543210fedcba9876543210"
		workflow = `{"WorkflowId":"` + id + `"}`
	)
	credentials := func(items string) string { return `{"Credentials":[` + items + `]}` }
	domains := func(items string) string { return `{"Domains":[` + items + `]}` }
	members := func(members string) string { return domains(`{"DomainName":"acme",` + members + `}`) }
	workflows := func(items string) string { return members(`"Workflows":[` + items + `]`) }
	integrations := func(items string) string { return members(`"Integrations":[` + items + `]`) }
	tests := map[string]struct{ text, want string }{
		"empty file":     {text: "", want: "line 1, column 1: EOF"},
		"malformed JSON": {text: "{\n  \"Domains\": [,]\n}", want: "line 2, column 15: invalid character ','"},
		"truncated JSON": {text: "{\n\"Domains\": [", want: "line 2, column 13: unexpected EOF"},
		"trailing data":  {text: "{}\n{}", want: "unexpected data after the JSON object"},
		"unknown member": {text: members(`"Workflow":[]`), want: `unknown field "Workflow"`},
		"wrong type":     {text: domains("\n7"), want: "line 2, column 2: json: cannot unmarshal number"},

		"domain name missing": {text: domains(`{}`), want: `Domains[0]: DomainName "" must match`},
		"domain name invalid": {text: domains(`{"DomainName":"a.b"}`), want: `"a.b" must match ^[a-zA-Z0-9_-]+$`},
		"Region invalid":      {text: members(`"Region":"us east"`), want: `"acme": Region "us east" must match`},
		"duplicate domain": {
			text: domains(`{"DomainName":"a","Region":"r"},{"DomainName":"a"},{"DomainName":"a","Region":"r"}`),
			want: `Domains[2]: duplicate domain "a" in Region r`,
		},

		"workflow not an object": {
			text: workflows(workflow + `,null`),
			want: `Domains[0]: domain "acme": Workflows[1]: workflow must be a JSON object`,
		},
		"workflow ID missing": {text: workflows(`{"workflowid":"` + id + `"}`), want: `string member "WorkflowId"`},
		"workflow ID invalid": {text: workflows(`{"WorkflowId":"X"}`), want: `"X" must match ^[a-f0-9]{32}$`},
		"duplicate workflow":  {text: workflows(workflow + `,` + workflow), want: `Workflows[1]: duplicate "` + id + `"`},
		"no responses":        {text: workflows(`[]`), want: "or a non-empty array of objects"},
		"responses with different IDs": {
			text: workflows(`[` + workflow + `,{"WorkflowId":"` + otherID + `"}]`),
			want: "WorkflowId " + otherID + " differs from the first response's, " + id,
		},
		"steps of an unknown workflow": {text: members(`"Steps":{"x":[]}`), want: `no workflow has the WorkflowId "x"`},
		"step not an object": {
			text: members(`"Workflows":[` + workflow + `],"Steps":{"` + id + `":[{},7]}`),
			want: "Steps of workflow " + id + ": step 1 must be a JSON object",
		},

		"URI missing":  {text: integrations(`{}`), want: `Integrations[0]: integration must have a string member "Uri"`},
		"URI empty":    {text: integrations(`{"Uri":""}`), want: `Uri "" must have 1 to 255 characters`},
		"URI too long": {text: integrations(`{"Uri":"` + strings.Repeat("ü", 256) + `"}`), want: "1 to 255 characters"},
		"duplicate URI": {
			text: members(`"Integrations":[{"Uri":"u"}],"HiddenIntegrations":[{"Uri":"u"}]`),
			want: `HiddenIntegrations[0]: duplicate "u"`,
		},

		"access key ID invalid": {text: credentials(`{"AccessKeyId":"a/b"}`), want: `AccessKeyId "a/b" must match`},
		"secret missing":        {text: credentials(`{"AccessKeyId":"K"}`), want: "Credentials[0]: access key K has no"},
		"duplicate access key ID": {
			text: credentials(strings.Repeat(`{"AccessKeyId":"K","SecretAccessKey":"s"},`, 2) + `{}`),
			want: `Credentials[1]: duplicate AccessKeyId "K"`,
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := simulator.ReadData(strings.NewReader(tc.text))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}
