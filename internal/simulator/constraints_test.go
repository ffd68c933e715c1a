// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// text returns a JSON string of n characters, which have two bytes each, so that
// bytes and characters are not confused.
func text(n int) string { return strconv.Quote(strings.Repeat("ü", n)) }

func ascii(n int) string { return strconv.Quote(strings.Repeat("a", n)) }

// TestDataConstraints has every constraint of the API's model on members of
// responses, at its edge and beyond it.
func TestDataConstraints(t *testing.T) {
	t.Parallel()
	const (
		maxInt64, beyondInt64 = "9223372036854775807", "9223372036854775808"
		minInt64, belowInt64  = "-9223372036854775808", "-9223372036854775809"
		id                    = `"WorkflowId":"` + completeID + `"`
	)
	workflow := func(members string) string {
		return `{"Domains":[{"DomainName":"acme","Workflows":[{` + id + members + `}]}]}`
	}
	integration := func(members string) string {
		return `{"Domains":[{"DomainName":"acme","Workflows":[{` + id + `}],"Integrations":[{` + members + `}]}]}`
	}
	required := func(except string) string {
		var members []string
		for _, member := range []string{`"DomainName":"acme"`, `"Uri":"u"`, `"CreatedAt":1`, `"LastUpdatedAt":1`} {
			if !strings.HasPrefix(member, `"`+except+`"`) {
				members = append(members, member)
			}
		}
		return strings.Join(members, ",")
	}
	templates := map[string]func(value string) string{
		"DomainName": func(v string) string { return `{"Domains":[{"DomainName":` + v + `}]}` },
		"WorkflowId": func(v string) string {
			return `{"Domains":[{"DomainName":"acme","Workflows":[{"WorkflowId":` + v + `}]}]}`
		},
		"attributes": func(v string) string { return workflow(`,"Attributes":{"AppflowIntegration":` + v + `}`) },
		"member":     func(v string) string { return workflow(`,` + v) },
		"metric": func(v string) string {
			return workflow(`,"Metrics":{"AppflowIntegration":{` + v + `}}`)
		},
		"step": func(v string) string {
			return `{"Domains":[{"DomainName":"acme","Workflows":[{` + id + `}],"Steps":{"` + completeID +
				`":[{"AppflowIntegration":{` + v + `}}]}}]}`
		},
		"integration": func(v string) string { return integration(v) },
		"URI":         func(v string) string { return integration(required("Uri") + "," + v) },
		"credential":  func(v string) string { return `{"Credentials":[{` + v + `}]}` },
	}
	type constraint struct {
		template         string
		prefix           string // of every value
		accepted, beyond []string
	}
	member := func(template, name string, accepted, beyond []string) constraint {
		return constraint{template: template, prefix: `"` + name + `":`, accepted: accepted, beyond: beyond}
	}
	length := func(template, name string, minimum, maximum int) constraint {
		beyond := []string{text(maximum + 1), "1", "null", "[]", "{}", "true"}
		if minimum > 0 {
			beyond = append(beyond, text(minimum-1))
		}
		return member(template, name, []string{text(minimum), text(maximum)}, beyond)
	}
	counter := func(template, name string) constraint {
		return member(template, name, []string{"0", maxInt64, minInt64, "1.0", "1e3"},
			[]string{beyondInt64, belowInt64, "1.5", `"1"`, "null"})
	}
	timestamp := func(template, name string) constraint {
		return member(template, name, []string{"0", "1.5e9", "1717408923.746", "-1"},
			[]string{`"2024-01-01T00:00:00Z"`, "null"})
	}
	open := func(template, name, known string) constraint {
		return member(template, name, []string{known, `"TOMORROW"`}, []string{`""`, "1", "null"})
	}
	pair := func(first, second string) []string { return []string{first, second} }
	tests := map[string]constraint{
		"DomainName": {template: "DomainName", accepted: pair(ascii(1), ascii(64)),
			beyond: []string{`""`, ascii(65), `"a.b"`, `"a b"`, `"ü"`, `"a\n"`, "1"}},
		"DomainName characters": {template: "DomainName", accepted: []string{`"azAZ09_-"`}},
		"WorkflowId": {template: "WorkflowId", accepted: []string{`"0123456789abcdef0123456789abcdef"`},
			beyond: []string{`""`, `"0123456789abcdef0123456789abcde"`, `"0123456789abcdef0123456789abcdef0"`,
				`"0123456789abcdef0123456789abcdeg"`, `"0123456789ABCDEF0123456789ABCDEF"`, "1", "null"}},
		"WorkflowType":     open("member", "WorkflowType", `"APPFLOW_INTEGRATION"`),
		"Status":           open("member", "Status", `"CANCELLED"`),
		"ErrorDescription": length("member", "ErrorDescription", 1, 255),
		"StartDate":        timestamp("member", "StartDate"),
		"LastUpdatedAt":    timestamp("member", "LastUpdatedAt"),
		"AppflowIntegration": {template: "attributes",
			accepted: []string{`{"SourceConnectorType":"Salesforce","ConnectorProfileName":""}`},
			beyond: []string{`{}`, `{"SourceConnectorType":"Salesforce"}`, `{"ConnectorProfileName":"x"}`,
				`{"SourceConnectorType":"","ConnectorProfileName":"x"}`, "null"}},
		"ConnectorProfileName": {template: "attributes",
			accepted: []string{`{"SourceConnectorType":"S3","ConnectorProfileName":` + text(256) + `}`},
			beyond:   []string{`{"SourceConnectorType":"S3","ConnectorProfileName":` + text(257) + `}`}},
		"RoleArn": {template: "attributes",
			accepted: pair(`{"SourceConnectorType":"S3","ConnectorProfileName":"","RoleArn":`+text(1)+`}`,
				`{"SourceConnectorType":"S3","ConnectorProfileName":"","RoleArn":`+text(255)+`}`),
			beyond: pair(`{"SourceConnectorType":"S3","ConnectorProfileName":"","RoleArn":""}`,
				`{"SourceConnectorType":"S3","ConnectorProfileName":"","RoleArn":`+text(256)+`}`)},
		"RecordsProcessed of a workflow": counter("metric", "RecordsProcessed"),
		"StepsCompleted":                 counter("metric", "StepsCompleted"),
		"TotalSteps":                     counter("metric", "TotalSteps"),

		"FlowName":                   length("step", "FlowName", 0, 256),
		"Status of a step":           open("step", "Status", `"COMPLETE"`),
		"ExecutionMessage":           length("step", "ExecutionMessage", 1, 255),
		"RecordsProcessed of a step": counter("step", "RecordsProcessed"),
		"BatchRecordsStartTime":      length("step", "BatchRecordsStartTime", 1, 255),
		"BatchRecordsEndTime":        length("step", "BatchRecordsEndTime", 1, 255),
		"CreatedAt of a step":        timestamp("step", "CreatedAt"),
		"LastUpdatedAt of a step":    timestamp("step", "LastUpdatedAt"),

		"required members of an integration": {template: "integration", accepted: []string{required("")},
			beyond: []string{required("DomainName"), required("Uri"), required("CreatedAt"), required("LastUpdatedAt")}},
		"Uri": length("URI", "Uri", 1, 255),
		"optional members of an integration": {template: "integration",
			accepted: []string{required("") + `,"ObjectTypeName":"","Tags":{"a":""},"ObjectTypeNames":{},` +
				`"IsUnstructured":true,"RoleArn":"","EventTriggerNames":[],"Scope":"TOMORROW",` + id},
			beyond: []string{required("") + `,"ObjectTypeName":1`, required("") + `,"Tags":{"a":1}`,
				required("") + `,"ObjectTypeNames":[]`, required("") + `,"IsUnstructured":"true"`, required("") + `,"RoleArn":1`,
				required("") + `,"EventTriggerNames":[1]`, required("") + `,"Scope":""`, required("") + `,"WorkflowId":"x"`}},

		"keys of a credential": {template: "credential", accepted: []string{`"AccessKeyId":"A","SecretAccessKey":"s"`},
			beyond: []string{`"AccessKeyId":"A"`, `"SecretAccessKey":"s"`, `"AccessKeyId":"","SecretAccessKey":"s"`,
				`"AccessKeyId":"a/b","SecretAccessKey":"s"`, `"AccessKeyId":"A","SecretAccessKey":""`}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			validate := func(value string) error {
				_, err := simulator.ReadData(strings.NewReader(templates[tc.template](tc.prefix + value)))
				return err
			}
			for _, value := range tc.accepted {
				if err := validate(value); err != nil {
					t.Errorf("%s was rejected: %v", value, err)
				}
			}
			for _, value := range tc.beyond {
				if err := validate(value); err == nil {
					t.Errorf("%s was accepted", value)
				}
			}
		})
	}
}

// TestRequestConstraints has every constraint of the API's model on requests, at
// its edge and beyond it.
func TestRequestConstraints(t *testing.T) {
	t.Parallel()
	service := newService(t)
	if err := service.Put(simulator.Domain{DomainName: strings.Repeat("a", 64)}); err != nil {
		t.Fatal(err)
	}
	const domain, workflows = "GET /domains/", "POST /domains/acme/workflows"
	const integrations = "POST /domains/acme/integrations"
	const list = "GET /domains/acme/integrations"
	for _, tc := range []struct {
		target, body string
		status       int
	}{
		{target: domain + "a/integrations", status: 404},
		{target: domain + strings.Repeat("a", 64) + "/integrations", status: 200},
		{target: domain + strings.Repeat("a", 65) + "/integrations", status: 400},
		{target: domain + "azAZ09_-/integrations", status: 404},
		{target: domain + "a.b/integrations", status: 400},
		{target: domain + "%C3%BC/integrations", status: 400},

		{target: "GET " + completePath, status: 200},
		{target: "GET " + completePath[:len(completePath)-1], status: 400},
		{target: "GET " + completePath + "0", status: 400},
		{target: "GET " + completePath[:len(completePath)-1] + "g", status: 400},
		{target: "GET " + completePath[:len(completePath)-1] + "F", status: 400},
		{target: "GET " + completePath + "/steps", status: 200},
		{target: "GET " + completePath + "0/steps", status: 400},

		{target: integrations, body: `{"Uri":` + text(1) + `}`, status: 404},
		{target: integrations, body: `{"Uri":` + text(255) + `}`, status: 404},
		{target: integrations, body: `{"Uri":` + text(256) + `}`, status: 400},
		{target: integrations, body: `{"Uri":""}`, status: 400},
		{target: integrations, body: `{}`, status: 400},
		{target: integrations, body: `{"Uri":null}`, status: 400},
		{target: integrations, body: `{"uri":"u"}`, status: 400},
		{target: integrations, body: `{"Uri":1}`, status: 400},

		{target: workflows + "?max-results=1", status: 200},
		{target: workflows + "?max-results=100", status: 200},
		{target: workflows + "?max-results=0", status: 400},
		{target: workflows + "?max-results=101", status: 400},
		{target: workflows + "?max-results=-1", status: 400},
		{target: workflows + "?max-results=1.0", status: 400},
		{target: workflows + "?max-results=", status: 400},
		{target: list + "?max-results=100", status: 200},
		{target: list + "?max-results=101", status: 400},
		{target: "GET " + completePath + "/steps?max-results=100", status: 200},
		{target: "GET " + completePath + "/steps?max-results=101", status: 400},

		{target: workflows, body: `{"Status":"CANCELLED"}`, status: 200},
		{target: workflows, body: `{"Status":"TOMORROW"}`, status: 400},
		{target: workflows, body: `{"Status":""}`, status: 400},
		{target: workflows, body: `{"Status":null}`, status: 200},
		{target: workflows, body: `{"WorkflowType":"APPFLOW_INTEGRATION"}`, status: 200},
		{target: workflows, body: `{"WorkflowType":"OTHER"}`, status: 400},
		{target: workflows, body: `{"QueryStartDate":1.5e9,"QueryEndDate":0}`, status: 200},
		{target: workflows, body: `{"QueryStartDate":"2024-01-01T00:00:00Z"}`, status: 400},
		{target: workflows, body: `{"QueryEndDate":true}`, status: 400},
		{target: workflows, body: `[]`, status: 400},
		{target: workflows, body: `{} {}`, status: 400},

		{target: list + "?include-hidden=true", status: 200},
		{target: list + "?include-hidden=false", status: 200},
		{target: list + "?include-hidden=True", status: 400},
		{target: list + "?include-hidden=TRUE", status: 400},
		{target: list + "?include-hidden=1", status: 400},
		{target: list + "?include-hidden=t", status: 400},
		{target: list + "?include-hidden=", status: 400},
	} {
		t.Run(tc.target+" "+tc.body, func(t *testing.T) {
			t.Parallel()
			method, path, _ := strings.Cut(tc.target, " ")
			w := serve(service, signedRequest(t, method, path, tc.body))
			if w.Code != tc.status {
				t.Errorf("got %d %s, want %d", w.Code, w.Body, tc.status)
			}
			for _, goType := range []string{"json:", "Go ", "float64", "int64", "strconv", "struct"} {
				if w.Code != http.StatusOK && strings.Contains(w.Body.String(), goType) {
					t.Errorf("the error mentions Go: %s", w.Body)
				}
			}
		})
	}
}
