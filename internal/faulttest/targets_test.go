// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// target is a data source that is read while something breaks.
type target struct {
	typeName, operation string
	// subject is what is asked for in the domain, as a diagnostic says it.
	subject string
	// arguments are those that name it.
	arguments map[string]string
	// full is an answer with every member.
	full string
	// around has the members of the innermost object in place of %s.
	around string
	// members are those objects' members, and their types.
	members map[string]kind
	// others are whole answers with another value in place of %s.
	others map[string]kind
}

// with is an answer with those members.
func (t target) with(members string) string { return fmt.Sprintf(t.around, members) }

// kind is a type of the API: the JSON values of wrongTypes that have it.
type kind []string

var (
	text     = kind{"a string"}
	truth    = kind{"true"}
	whole    = kind{"a number"}
	moment   = kind{"a number", "a fraction"}
	listOf   = kind{"a list"}
	objectOf = kind{"an object"}
)

var workflow = target{
	typeName: "customerprofiles_workflow", operation: "GetWorkflow", subject: `workflow "` + workflowID + `" of `,
	arguments: map[string]string{"domain_name": domainName, "workflow_id": workflowID},
	full:      full,
	around:    `{"WorkflowId":"` + workflowID + `",%s}`,
	members: map[string]kind{
		`"WorkflowType":%s`: text, `"Status":%s`: text, `"ErrorDescription":%s`: text, `"StartDate":%s`: moment, `"LastUpdatedAt":%s`: moment,
		`"Attributes":%s`: objectOf, `"Attributes":{"AppflowIntegration":%s}`: objectOf,
		`"Attributes":{"AppflowIntegration":{"SourceConnectorType":%s}}`:  text,
		`"Attributes":{"AppflowIntegration":{"ConnectorProfileName":%s}}`: text,
		`"Attributes":{"AppflowIntegration":{"RoleArn":%s}}`:              text,
		`"Metrics":%s`: objectOf, `"Metrics":{"AppflowIntegration":%s}`: objectOf,
		`"Metrics":{"AppflowIntegration":{"RecordsProcessed":%s}}`: whole,
		`"Metrics":{"AppflowIntegration":{"StepsCompleted":%s}}`:   whole,
		`"Metrics":{"AppflowIntegration":{"TotalSteps":%s}}`:       whole,
	},
	// No value is this workflow's ID.
	others: map[string]kind{`{"WorkflowId":%s}`: nil},
}

var workflows = target{
	typeName: "customerprofiles_workflows", operation: "ListWorkflows",
	arguments: map[string]string{"domain_name": domainName},
	full: `{"Items":[{"WorkflowType":"APPFLOW_INTEGRATION","WorkflowId":"` + workflowID + `","Status":"FAILED","StatusDescription":"stopped",` +
		`"CreatedAt":1709280930.123,"LastUpdatedAt":1709281200}]}`,
	around: `{"Items":[{%s}]}`,
	members: map[string]kind{
		`"WorkflowType":%s`: text, `"WorkflowId":%s`: text, `"Status":%s`: text, `"StatusDescription":%s`: text,
		`"CreatedAt":%s`: moment, `"LastUpdatedAt":%s`: moment,
	},
	others: map[string]kind{`{"Items":%s}`: listOf, `{"Items":[%s]}`: objectOf, `{"NextToken":%s}`: text},
}

var workflowSteps = target{
	typeName: "customerprofiles_workflow_steps", operation: "GetWorkflowSteps", subject: `the steps of workflow "` + workflowID + `" of `,
	arguments: map[string]string{"domain_name": domainName, "workflow_id": workflowID},
	full: `{"WorkflowId":"` + workflowID + `","WorkflowType":"APPFLOW_INTEGRATION","Items":[{"AppflowIntegration":{"FlowName":"f","Status":"FAILED",` +
		`"ExecutionMessage":"m","RecordsProcessed":1,"BatchRecordsStartTime":"a","BatchRecordsEndTime":"b","CreatedAt":1709280930.123,"LastUpdatedAt":1709281200}}]}`,
	around: `{"Items":[{"AppflowIntegration":{%s}}]}`,
	members: map[string]kind{
		`"FlowName":%s`: text, `"Status":%s`: text, `"ExecutionMessage":%s`: text, `"RecordsProcessed":%s`: whole,
		`"BatchRecordsStartTime":%s`: text, `"BatchRecordsEndTime":%s`: text, `"CreatedAt":%s`: moment, `"LastUpdatedAt":%s`: moment,
	},
	others: map[string]kind{
		// No value is this workflow's ID.
		`{"WorkflowId":%s}`: nil, `{"WorkflowType":%s}`: text, `{"Items":%s}`: listOf, `{"Items":[%s]}`: objectOf,
		`{"Items":[{"AppflowIntegration":%s}]}`: objectOf, `{"NextToken":%s}`: text,
	},
}

const uri = "arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce"

// integrationMembers are those of an integration, alone or in a list.
var integrationMembers = map[string]kind{
	`"ObjectTypeName":%s`: text, `"WorkflowId":%s`: text, `"RoleArn":%s`: text, `"Scope":%s`: text, `"IsUnstructured":%s`: truth,
	`"CreatedAt":%s`: moment, `"LastUpdatedAt":%s`: moment, `"Tags":%s`: objectOf, `"Tags":{"k":%s}`: text,
	`"ObjectTypeNames":%s`: objectOf, `"ObjectTypeNames":{"k":%s}`: text, `"EventTriggerNames":%s`: listOf, `"EventTriggerNames":["a",%s]`: text,
}

const fullIntegration = `{"DomainName":"` + domainName + `","Uri":"` + uri + `","ObjectTypeName":"o","CreatedAt":1709280930.123,"LastUpdatedAt":1709281200,` +
	`"Tags":{"a":"b"},"ObjectTypeNames":{"c":"d"},"WorkflowId":"` + workflowID + `","IsUnstructured":true,"RoleArn":"r","EventTriggerNames":["e"],"Scope":"DOMAIN"}`

var integration = target{
	typeName: "customerprofiles_integration", operation: "GetIntegration", subject: `integration "` + uri + `" of `,
	arguments: map[string]string{"domain_name": domainName, "uri": uri},
	full:      fullIntegration,
	around:    `{"Uri":"` + uri + `",%s}`,
	members:   integrationMembers,
	// No value is this integration's, or its domain's.
	others: map[string]kind{`{"Uri":%s}`: nil, `{"Uri":"` + uri + `","DomainName":%s}`: nil},
}

var integrations = target{
	typeName: "customerprofiles_integrations", operation: "ListIntegrations",
	arguments: map[string]string{"domain_name": domainName},
	full:      `{"Items":[` + fullIntegration + `]}`,
	around:    `{"Items":[{%s}]}`,
	members:   integrationMembers,
	others: map[string]kind{
		`{"Items":[{"Uri":%s}]}`: text, `{"Items":[{"DomainName":%s}]}`: text, `{"Items":%s}`: listOf, `{"Items":[%s]}`: objectOf, `{"NextToken":%s}`: text,
	},
}

// wrongTypes has every JSON type in every member of an answer.
func wrongTypes(of target) []fault {
	answers := maps.Clone(of.others)
	for member, right := range of.members {
		answers[of.with(member)] = right
	}
	var rows []fault
	for answer, right := range answers {
		for name, value := range map[string]string{
			"a string": `"x"`, "a number": `1`, "a fraction": `1.5`, "true": `true`, "a list": `[]`, "an object": `{}`, "too large a number": `9223372036854775808`,
		} {
			// A token that never changes is a fault of its own.
			if name == "a string" && strings.Contains(answer, "NextToken") {
				continue
			}
			row := fault{name: fmt.Sprintf("%s in %s", name, strings.ReplaceAll(answer, "%s", "…")), attempts: 1,
				script: always(ok(fmt.Sprintf(answer, value)))}
			if !slices.Contains(right, name) {
				row.summary, row.detail = unreadable, []string{"not a fault of the configuration", "request ID " + requestID, "custom endpoint, which may be answering"}
			}
			rows = append(rows, row)
		}
	}
	return rows
}
