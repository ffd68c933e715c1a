// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func TestDefaultData(t *testing.T) {
	t.Parallel()
	data := simulator.DefaultData()
	if want := (simulator.Credential{AccessKeyID: accessKeyID, SecretAccessKey: secretAccessKey}); len(data.Credentials) != 1 || data.Credentials[0] != want {
		t.Errorf("got credentials %v", data.Credentials)
	}
	var domains []string
	statuses, connectors := map[string]bool{}, map[string]bool{}
	for _, domain := range data.Domains {
		domains = append(domains, domain.DomainName+"@"+domain.Region)
		for _, text := range domain.Workflows {
			if text[0] == '[' {
				continue // It is played; another test follows it.
			}
			var workflow struct {
				Status     string
				Attributes struct {
					AppflowIntegration struct{ SourceConnectorType string }
				}
			}
			if err := json.Unmarshal(text, &workflow); err != nil {
				t.Fatal(err)
			}
			if domain.DomainName == "acme" && workflow.Status != "" {
				statuses[workflow.Status] = true
				connectors[workflow.Attributes.AppflowIntegration.SourceConnectorType] = true
			}
		}
	}
	for what, both := range map[string][2][]string{
		"domains":    {domains, {"acme@", "globex@eu-west-1", "initech@"}},
		"statuses":   {slices.Sorted(maps.Keys(statuses)), {"CANCELLED", "COMPLETE", "FAILED", "IN_PROGRESS", "NOT_STARTED", "RETRY", "SPLIT"}},
		"connectors": {slices.Sorted(maps.Keys(connectors)), {"Marketo", "S3", "Salesforce", "Servicenow", "Zendesk"}},
	} {
		if !slices.Equal(both[0], both[1]) {
			t.Errorf("%s: got %q, want %q", what, both[0], both[1])
		}
	}

	data.Domains[0].Workflows[0][0] = 'X'
	if simulator.DefaultData().Domains[0].Workflows[0][0] != '{' {
		t.Error("a change of one copy shows in another")
	}
}

func TestReadData(t *testing.T) {
	t.Parallel()
	id := func(n string) string { return `{"WorkflowId":"` + strings.Repeat(n, 32) + `"}` }
	data, err := simulator.ReadData(strings.NewReader(`
		{"Domains": [
			{"Workflows": [` + id("a") + `, ` + id("b") + `], "DomainName": "one"},
			{"DomainName": "one", "Region": "eu-west-1", "Workflows": [` + id("a") + `]},
			{"DomainName": "two"}
		], "Credentials": [{"AccessKeyId": "K", "SecretAccessKey": "S", "SessionToken": "T"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(data.Domains) != 3 || len(data.Domains[0].Workflows) != 2 || string(data.Domains[0].Workflows[1]) != id("b") || data.Domains[1].Region != "eu-west-1" {
		t.Errorf("got %+v", data.Domains)
	}
	if len(data.Credentials) != 1 || data.Credentials[0] != (simulator.Credential{AccessKeyID: "K", SecretAccessKey: "S", SessionToken: "T"}) {
		t.Errorf("got %+v", data.Credentials)
	}
}

func TestReadDataRefuses(t *testing.T) {
	t.Parallel()
	const workflow = `{"WorkflowId":"0123456789abcdef0123456789abcdef"}`
	domain := func(members string) string { return `{"Domains":[{"DomainName":"acme",` + members + `}]}` }
	tests := map[string]struct{ text, want string }{
		"nothing":            {"", "line 1, column 1: unexpected end of JSON input"},
		"not JSON":           {"{\n  \"Domains\": [,]\n}", "line 2, column 15: invalid character ','"},
		"cut":                {"{\n\"Domains\": [", "line 2, column 12: unexpected end"},
		"more behind":        {"{}\n{}", "line 2, column 1: invalid character '{' after top-level value"},
		"no object":          {"[]", "line 1, column 1: the data must be an object"},
		"null":               {"null", "line 1, column 1: the data must be an object"},
		"unknown member":     {"{\n  \"Domain\": []}", `line 2, column 3: the data has no member "Domain", only ["Credentials" "Domains"]`},
		"other case":         {`{"domains": []}`, `has no member "domains"`},
		"member twice":       {`{"Domains": [], "Domains": []}`, `line 1, column 17: the data has "Domains" twice`},
		"domains no list":    {`{"Domains": {}}`, "line 1, column 13: Domains must be an array"},
		"domain no object":   {`{"Domains": ["acme"]}`, "line 1, column 14: a domain must be an object"},
		"unknown of domain":  {domain("\n\t\"Workflow\": []"), `line 2, column 2: a domain has no member "Workflow"`},
		"name no string":     {`{"Domains":[{"DomainName": 7}]}`, "line 1, column 28: DomainName must be a string"},
		"region null":        {domain(`"Region": null`), "Region must be a string"},
		"region empty":       {domain(`"Region": ""`), "Region must be a string, and not an empty one"},
		"region pattern":     {domain(`"Region": "us east"`), `Domains[0]: domain "acme": Region "us east" must match`},
		"no name":            {`{"Domains":[{}]}`, `Domains[0]: DomainName "" must match`},
		"name pattern":       {`{"Domains":[{"DomainName": "a.b"}]}`, `Domains[0]: DomainName "a.b" must match ^[a-zA-Z0-9_-]+$`},
		"name of 65":         {`{"Domains":[{"DomainName": "` + strings.Repeat("a", 65) + `"}]}`, "at most 64 characters"},
		"domain twice":       {`{"Domains":[{"DomainName":"acme"},{"DomainName":"acme"}]}`, `Domains[1]: domain "acme" is there twice`},
		"domain twice there": {`{"Domains":[{"DomainName":"a","Region":"r"},{"DomainName":"a","Region":"r"}]}`, `Domains[1]: domain "a" in Region r is there twice`},
		"workflow twice":     {domain(`"Workflows":[` + workflow + `,` + workflow + `]`), `Domains[0]: domain "acme": Workflows[1]: WorkflowId 0123456789abcdef0123456789abcdef is there twice`},
		"workflow no object": {domain("\"Workflows\":[\n7]"), "line 2, column 1: a workflow must be a JSON object"},
		"workflow null":      {domain(`"Workflows":[null]`), "a workflow must be a JSON object"},
		"no ID":              {domain("\"Workflows\":[" + workflow + ",\n  {\"Status\":\"FAILED\"}]"), "line 2, column 3: a workflow must have a WorkflowId"},
		"ID in other case":   {domain(`"Workflows":[{"workflowid":"0123456789abcdef0123456789abcdef"}]`), "must have a WorkflowId"},
		"ID no string":       {domain(`"Workflows":[{"WorkflowId":5}]`), "WorkflowId 5 must be a string"},
		"ID null":            {domain(`"Workflows":[{"WorkflowId":null}]`), "WorkflowId null must be a string"},
		"ID pattern":         {domain(`"Workflows":[{"WorkflowId":"XYZ"}]`), `WorkflowId "XYZ" must match ^[a-f0-9]{32}$`},
		"played nothing":     {domain(`"Workflows":[[]]`), "a workflow that is an array must hold its answers"},
		"played no object":   {domain(`"Workflows":[[7]]`), "answer 0: a workflow must be a JSON object"},
		"played two":         {domain(`"Workflows":[[` + workflow + `,{"WorkflowId":"` + strings.Repeat("a", 32) + `"}]]`), "answer 1: WorkflowId " + strings.Repeat("a", 32) + " is not the first answer's"},
		"steps no object":    {domain(`"Steps":[]`), "line 1, column 42: Steps must be an object with an array for each WorkflowId"},
		"steps null":         {domain(`"Steps":null`), "Steps must be an object"},
		"steps of nothing":   {domain(`"Steps":{"x":[]}`), `Steps: WorkflowId "x" is not among the Workflows`},
		"step no object":     {domain(`"Workflows":[` + workflow + `],"Steps":{"0123456789abcdef0123456789abcdef":[{},7]}`), "Steps of 0123456789abcdef0123456789abcdef: step 1 must be a JSON object"},
		"integrations none":  {domain(`"Integrations":{}`), "Integrations must be an array"},
		"no Uri":             {domain("\"Integrations\":[\n {}]"), "line 2, column 2: an integration must have a Uri"},
		"Uri empty":          {domain(`"Integrations":[{"Uri":""}]`), `Uri "" must have 1 to 255 characters`},
		"Uri of 256":         {domain(`"HiddenIntegrations":[{"Uri":"` + strings.Repeat("ü", 256) + `"}]`), "must have 1 to 255 characters"},
		"Uri twice":          {domain(`"Integrations":[{"Uri":"u"}],"HiddenIntegrations":[{"Uri":"u"}]`), `domain "acme": Uri "u" is there twice`},
		"key missing":        {`{"Credentials":[{"SecretAccessKey":"s"}]}`, `Credentials[0]: AccessKeyId "" must match`},
		"key with slash":     {`{"Credentials":[{"AccessKeyId":"a/b","SecretAccessKey":"s"}]}`, `Credentials[0]: AccessKeyId "a/b" must match`},
		"secret missing":     {`{"Credentials":[{"AccessKeyId":"K"}]}`, "Credentials[0]: access key K has no SecretAccessKey"},
		"key twice":          {`{"Credentials":[{"AccessKeyId":"K","SecretAccessKey":"s"},{"AccessKeyId":"K","SecretAccessKey":"t"}]}`, `Credentials[1]: AccessKeyId "K" is there twice`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := simulator.ReadData(strings.NewReader(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q is not one line", err)
			}
		})
	}
}

func TestReadDataPassesOnWhatReadingSays(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	if _, err := simulator.ReadData(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got error %v", err)
	}
}

func TestNewValidates(t *testing.T) {
	t.Parallel()
	data := simulator.DefaultData()
	data.Domains = append(data.Domains, data.Domains[0])
	if _, err := simulator.New(data); err == nil || !strings.Contains(err.Error(), `domain "acme" is there twice`) {
		t.Errorf("got error %v", err)
	}
}
