// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"fmt"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const (
	domainName     = "acme"
	workflowID     = "0123456789abcdef0123456789abcdef"
	integrationURI = "arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce"

	// validBody is the body of a valid response to every operation.
	validBody = `{"WorkflowId":"` + workflowID + `","Uri":"` + integrationURI + `","Items":[],"Status":"FAILED",` +
		`"ErrorDescription":"flow \"x\\y\" stopped \u00e9","StartDate":1709280930.123,"LastUpdatedAt":1709281200,` +
		`"Metrics":{"AppflowIntegration":{"RecordsProcessed":11,"StepsCompleted":22,"TotalSteps":33}}}`
)

// operation is an API operation and the data source that uses it.
type operation struct {
	name       string
	dataSource string
	arguments  map[string]string
	subject    string // what is requested of the domain
	notFound   string // the summary for ResourceNotFoundException
}

// request returns how a diagnostic begins.
func (o operation) request() string {
	return fmt.Sprintf("%s for %s in domain %q (%s) ", o.name, o.subject, domainName, acctest.Region)
}

var getWorkflow = operation{
	name:       "GetWorkflow",
	dataSource: "customerprofiles_workflow",
	arguments:  map[string]string{"domain_name": domainName, "workflow_id": workflowID},
	subject:    fmt.Sprintf("workflow %q", workflowID),
	notFound:   workflowNotFound,
}

// otherOperations are all operations except GetWorkflow.
var otherOperations = []operation{
	{
		name:       "GetWorkflowSteps",
		dataSource: "customerprofiles_workflow_steps",
		arguments:  getWorkflow.arguments,
		subject:    "the steps of " + getWorkflow.subject,
		notFound:   workflowNotFound,
	},
	{
		name:       "ListWorkflows",
		dataSource: "customerprofiles_workflows",
		arguments:  map[string]string{"domain_name": domainName},
		subject:    "the workflows",
		notFound:   domainNotFound,
	},
	{
		name:       "GetIntegration",
		dataSource: "customerprofiles_integration",
		arguments:  map[string]string{"domain_name": domainName, "uri": integrationURI},
		subject:    fmt.Sprintf("integration %q", integrationURI),
		notFound:   "Integration not found",
	},
	{
		name:       "ListIntegrations",
		dataSource: "customerprofiles_integrations",
		arguments:  map[string]string{"domain_name": domainName},
		subject:    "the integrations",
		notFound:   domainNotFound,
	},
}

// faultClasses returns one test case for each class of faults. [TestGetWorkflow]
// has all faults of one operation.
func faultClasses(op operation) []testCase {
	return []testCase{
		{name: "complete response", responder: respond(success(validBody)), attempts: 1},
		{
			name:      "throttled twice",
			responder: respondTimes(2, errorResponse(429, "ThrottlingException", "Rate exceeded")),
			attempts:  3,
		},
		{
			name:      "truncated body twice",
			responder: respondTimes(2, cutAfter(len(validBody)/2, success(validBody))),
			attempts:  3,
		},
		{
			name:      "object not found",
			responder: respond(errorResponse(404, "ResourceNotFoundException", "Not here.")),
			attempts:  1, summary: op.notFound,
			detail: []string{
				"returned ResourceNotFoundException: Not here " + facts(404) + ".",
				"the domain name", "the Region: each Region has its own domains.",
			},
		},
		{
			name:      "access denied",
			responder: respond(errorResponse(403, "AccessDeniedException", "No")),
			attempts:  1, summary: accessDenied,
			detail: []string{
				"returned AccessDeniedException: No " + facts(403) + ".",
				`{"Effect": "Allow", "Action": "profile:` + op.name + `"`, `"arn:*:profile:us-east-1:*:domains/acme/*"]`,
			},
		},
		{
			name:      "expired token",
			responder: respond(errorResponse(403, "ExpiredTokenException", "Expired")),
			attempts:  1, summary: credentialsRejected,
			detail: []string{
				"returned ExpiredTokenException: Expired " + facts(403) + ".",
				"The credentials came from access_key and secret_key (and token) in the provider block.",
			},
		},
		{
			name:      "invalid request",
			responder: respond(errorResponse(400, "BadRequestException", "Bad \x1b[31mred")),
			attempts:  1, summary: requestRejected,
			detail: []string{`returned BadRequestException: Bad \x1b[31mred ` + facts(400) + "."},
		},
		{
			name:      "throttled",
			responder: respond(errorResponse(429, "ThrottlingException", "Rate exceeded")),
			attempts:  maxAttempts, summary: throttled,
			detail: []string{facts(429) + ", after 4 attempts in ", `retry_mode = "adaptive"`, "max_retries (now 4)"},
		},
		{
			name:      "server error",
			responder: respond(errorResponse(500, "InternalServerException", "Oops")),
			attempts:  maxAttempts, summary: serverError,
			detail: []string{facts(500) + ", after 4 attempts in ", "https://health.aws.amazon.com/health/status"},
		},
		{
			name:      "HTML page instead of JSON",
			responder: respond(success(htmlPage)),
			attempts:  1, summary: malformedResponse,
			detail: []string{
				"returned a malformed response: the body isn't a JSON object " + facts(200) + ".",
				"The response came from 127.0.0.1:", "a custom endpoint",
			},
		},
		{
			name:      "member of the wrong type",
			responder: respond(success(`{"WorkflowId":1,"Uri":1,"NextToken":1}`)),
			attempts:  1, summary: malformedResponse,
			detail: []string{"returned a malformed response: ", "expected", facts(200)},
		},
		{
			name:      "connection reset before the response",
			responder: respond(withFault(simulator.ResetBeforeHeaders)),
			attempts:  maxAttempts, summary: noResponse,
			detail: []string{
				"failed without a response: ", "connection reset by peer, after 4 attempts in ",
				"Check that this machine can reach 127.0.0.1:", "No proxy is used.", "The endpoint is a custom one",
			},
		},
		{
			name:      "no response within timeouts.read",
			responder: respond(withFault(simulator.Hang)),
			attempts:  1, timeout: "1s", summary: timedOut,
			detail: []string{
				"was stopped after 1", "during attempt 1 of 4. No attempt had failed.",
				"The read is limited to 1s. To allow more time, increase timeouts.read.",
			},
		},
	}
}

func TestOtherOperations(t *testing.T) {
	t.Parallel()
	for _, op := range otherOperations {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			for _, tc := range faultClasses(op) {
				tc.run(t, op)
			}
		})
	}
}
