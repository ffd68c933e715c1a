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
		dates    = `,"CreatedAt":1,"LastUpdatedAt":2}`
		uri      = `{"DomainName":"acme","Uri":"u"` + dates
	)
	credentials := func(items string) string { return `{"Credentials":[` + items + `]}` }
	domains := func(items string) string { return `{"Domains":[` + items + `]}` }
	members := func(members string) string { return domains(`{"DomainName":"acme",` + members + `}`) }
	workflows := func(items string) string { return members(`"Workflows":[` + items + `]`) }
	timeline := func(entries string) string {
		return workflows(`{"WorkflowId":"` + id + `","Timeline":[` + entries + `]}`)
	}
	integrations := func(items string) string { return members(`"Integrations":[` + items + `]`) }
	tests := map[string]struct{ text, want string }{
		"empty file":     {text: "", want: "line 1, column 1: unexpected end of JSON input"},
		"malformed JSON": {text: "{\n  \"Domains\": [,]\n}", want: "line 2, column 15: invalid character ','"},
		"truncated JSON": {text: "{\n\"Domains\": [", want: "line 2, column 12: unexpected end of JSON input"},
		"trailing data":  {text: "{}\n{}", want: "line 2, column 1: invalid character '{' after top-level value"},
		"misspelled member of a domain": {
			text: members(`"Workflow":[]`),
			want: `/Domains/0/Workflow: found [], expected one of the members DomainName, HiddenIntegrations, Integrations,`,
		},
		"misspelled member of a workflow": {
			text: workflows(workflow + `,{"WorkflowId":"` + otherID + `","State":"COMPLETE"}`),
			want: `/Domains/0/Workflows/1/State: found "COMPLETE", expected one of the members Attributes, ErrorDescription,`,
		},
		"member in lower case": {
			text: `{"domains":[]}`, want: `/domains: found [], expected one of the members $schema, Credentials, Domains`,
		},
		"not an object": {text: "[]", want: "found [], expected an object"},
		"wrong type":    {text: domains("\n7"), want: `/Domains/0: found 7, expected an object`},
		"null": {
			text: workflows(`{"WorkflowId":"` + id + `","Status":null}`), want: `/Status: found null, expected a string`,
		},
		"several problems": {
			text: workflows(`{"WorkflowId":"X","Status":1}`),
			want: "/Domains/0/Workflows/0/Status: found 1, expected a string\n" +
				`/Domains/0/Workflows/0/WorkflowId: found "X", expected a match of ^[a-f0-9]{32}$`,
		},
		"duplicate members": {
			text: members(`"Steps":{"x":[],"x": [1e999, {"y":1,"z":{},"y":2}]}`),
			want: "/Domains/0/Steps/x/1/y: found 2, expected only one member with this name\n" +
				`/Domains/0/Steps/x: found [1e999,{"y":1,"z":{},"y":2}], expected only one member with this name`,
		},
		"path with a slash": {
			text: members(`"Steps":{"a/b~c":[7]}`), want: `/Domains/0/Steps/a~1b~0c/0: found 7, expected an object`,
		},
		"long value": {
			text: domains(`"` + strings.Repeat("ü", 100) + `"`), want: `found "` + strings.Repeat("ü", 59) + `…, expected`,
		},

		"domain name missing": {
			text: domains(`{}`), want: `/Domains/0/DomainName: found nothing, expected this required member`,
		},
		"domain name invalid": {
			text: domains(`{"DomainName":"a.b"}`),
			want: `/Domains/0/DomainName: found "a.b", expected a match of ^[a-zA-Z0-9_-]+$`,
		},
		"unknown Region": {
			text: members(`"Region":"us-wset-2"`), want: `/Domains/0/Region: found "us-wset-2", expected an AWS Region`,
		},
		"malformed Region": {
			text: members(`"Region":"US_EAST_1"`), want: `/Domains/0/Region: found "US_EAST_1", expected an AWS Region`,
		},
		"duplicate domain": {
			text: domains(`{"DomainName":"a","Region":"us-east-1"},{"DomainName":"a"},{"DomainName":"a","Region":"us-east-1"}`),
			want: `/Domains/2: found domain "a" in Region us-east-1, expected a domain that the file doesn't have yet`,
		},

		"workflow not an object": {
			text: workflows(workflow + `,null`), want: `/Domains/0/Workflows/1: found null, expected an array or object`,
		},
		"workflow ID missing": {
			text: workflows(`{}`), want: `/Domains/0/Workflows/0/WorkflowId: found nothing, expected this required member`,
		},
		"duplicate workflow": {
			text: workflows(workflow + `,` + workflow),
			want: `/Domains/0/Workflows/1/WorkflowId: found "` + id + `", expected an ID that isn't used yet`,
		},
		"no responses": {text: workflows(`[]`), want: "/Domains/0/Workflows/0: found [], expected at least 1 item"},
		"responses with different IDs": {
			text: workflows(`[` + workflow + `,{"WorkflowId":"` + otherID + `"}]`),
			want: `/Workflows/0/1/WorkflowId: found "` + otherID + `", expected the ID of the first response, ` + id,
		},
		"misspelled member of a later response": {
			text: workflows(`[` + workflow + `,{"WorkflowId":"` + id + `","Stat":1}]`), want: `/Workflows/0/1/Stat: found 1`,
		},
		"timeline in an array": {
			text: workflows(`[{"WorkflowId":"` + id + `","Timeline":[]}]`), want: `/Workflows/0/0/Timeline: found []`,
		},
		"empty timeline": {text: timeline(``), want: "/Workflows/0/Timeline: found [], expected at least 1 item"},
		"entry without a time": {
			text: timeline(`{"Status":"COMPLETE"}`), want: "/Workflows/0/Timeline/0/After: found nothing",
		},
		"entry with another ID": {
			text: timeline(`{"After":"1s","WorkflowId":"` + otherID + `"}`), want: "/Workflows/0/Timeline/0/WorkflowId: found",
		},
		"malformed duration": {
			text: timeline(`{"After":"10"}`),
			want: `/Workflows/0/Timeline/0/After: found "10", expected a duration such as "1m30s"`,
		},
		"duration out of range": {
			text: timeline(`{"After":"9999999h"}`),
			want: `/Timeline/0/After: found "9999999h", expected a duration such as "1m30s"`,
		},
		"entries out of order": {
			text: timeline(`{"After":"1m"},{"After":"60s"}`),
			want: `/Timeline/1/After: found "60s", expected more than the 1m0s of the previous entry`,
		},
		"steps of an unknown workflow": {
			text: members(`"Steps":{"x":[]}`),
			want: `/Domains/0/Steps/x: found "x", expected the ID of a workflow of the domain`,
		},
		"step not an object": {
			text: members(`"Workflows":[` + workflow + `],"Steps":{"` + id + `":[{},7]}`),
			want: "/Domains/0/Steps/" + id + "/1: found 7, expected an object",
		},

		"URI missing": {
			text: integrations(`{"DomainName":"acme"` + dates), want: `/Domains/0/Integrations/0/Uri: found nothing`,
		},
		"integration of another domain": {
			text: integrations(`{"DomainName":"acne","Uri":"u"` + dates),
			want: `/Domains/0/Integrations/0/DomainName: found "acne", expected the domain's name, "acme"`,
		},
		"integration with an unknown workflow": {
			text: members(`"HiddenIntegrations":[{"DomainName":"acme","Uri":"u","WorkflowId":"` + id + `"` + dates + `]`),
			want: `/Domains/0/HiddenIntegrations/0/WorkflowId: found "` + id + `", expected the ID of a workflow of the domain`,
		},
		"integration with a workflow of another Region": {
			text: domains(`{"DomainName":"acme","Region":"eu-west-1","Workflows":[` + workflow + `]},
				{"DomainName":"acme","Integrations":[{"DomainName":"acme","Uri":"u","WorkflowId":"` + id + `"` + dates + `]}`),
			want: `/Domains/1/Integrations/0/WorkflowId: found "` + id + `"`,
		},
		"integration of a duplicate domain": {
			text: domains(`{"DomainName":"acme","Workflows":[` + workflow + `],"Integrations":[{"DomainName":"acme",` +
				`"Uri":"u","WorkflowId":"` + id + `"` + dates + `]},{"DomainName":"acme"}`),
			want: `/Domains/1: found domain "acme", expected a domain that the file doesn't have yet`,
		},
		"integration of an invalid workflow": {
			text: members(`"Workflows":[[` + workflow + `,{"WorkflowId":"` + otherID + `"}]],` +
				`"Integrations":[{"DomainName":"acme","Uri":"u","WorkflowId":"` + id + `"` + dates + `]`),
			want: `/Domains/0/Workflows/0/1/WorkflowId: found`,
		},
		"duplicate URI": {
			text: members(`"Integrations":[` + uri + `],"HiddenIntegrations":[` + uri + `]`),
			want: `/Domains/0/HiddenIntegrations/0/Uri: found "u", expected a URI that isn't used yet`,
		},

		"date after the year 9999": {
			text: members(`"Workflows":[{"WorkflowId":"` + id + `","StartDate":1e400}]`),
			want: "/Domains/0/Workflows/0/StartDate: found ",
		},
		"number with a huge exponent": {
			text: members(`"Workflows":[[{"WorkflowId":"` + id + `","StartDate":1e-999999999}]]`),
			want: "/Domains/0/Workflows/0/0/StartDate: found 1e-999999999, expected a number with a smaller exponent",
		},
		"larger than allowed": {text: strings.Repeat(" ", 64<<20+1), want: "more than 64 MB"},

		"secret missing": {
			text: credentials(`{"AccessKeyId":"K"}`),
			want: "/Credentials/0/SecretAccessKey: found nothing, expected this required member",
		},
		"duplicate access key ID": {
			text: credentials(`{"AccessKeyId":"K","SecretAccessKey":"s"},{"AccessKeyId":"K","SecretAccessKey":"s"}`),
			want: `/Credentials/1/AccessKeyId: found "K", expected an access key ID that isn't used yet`,
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := simulator.ReadData(strings.NewReader(tc.text))
			if err == nil || !strings.Contains(err.Error(), tc.want) || strings.HasPrefix(err.Error(), ":") {
				t.Errorf("got error %v\nwant one with %q", err, tc.want)
			}
		})
	}
}

func TestReadData(t *testing.T) {
	t.Parallel()
	const id = "0123456789abcdef0123456789abcdef"
	for name, text := range map[string]string{
		"nothing": `{}`,
		"schema":  `{"$schema":"https://example.com/schema.json"}`,
		"values that the API doesn't have yet": `{"Domains":[{"DomainName":"acme","Workflows":[{"WorkflowId":"` + id + `",
			"WorkflowType":"BATCH","Status":"PAUSED","Attributes":{"AppflowIntegration":{"SourceConnectorType":"Hubspot",
			"ConnectorProfileName":""}}}]}]}`,
		"workflow of every Region": `{"Domains":[{"DomainName":"acme","Workflows":[{"WorkflowId":"` + id + `"}]},
			{"DomainName":"acme","Region":"eu-west-1","Integrations":[{"DomainName":"acme","Uri":"u","CreatedAt":1,
			"LastUpdatedAt":1,"WorkflowId":"` + id + `"}]}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := simulator.ReadData(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if len(data.Credentials) != 1 || data.Credentials[0].AccessKeyID != accessKeyID {
				t.Errorf("got credentials %v, want the default one", data.Credentials)
			}
		})
	}
}
