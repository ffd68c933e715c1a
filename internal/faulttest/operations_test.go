// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"cmp"
	"fmt"
	"strings"
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
	arguments  map[string]any
	subject    string // what is requested of the domain
	notFound   string // the summary for ResourceNotFoundException
}

// request returns how a diagnostic begins.
func (o operation) request() string {
	return fmt.Sprintf("%s for %s in domain %q (%s) ", o.name, o.subject, domainName, acctest.Region)
}

var getWorkflow = operation{
	name: "GetWorkflow", dataSource: "customerprofiles_workflow", notFound: workflowNotFound,
	arguments: map[string]any{"domain_name": domainName, "workflow_id": workflowID},
	subject:   fmt.Sprintf("workflow %q", workflowID),
}

// otherOperations are all operations except GetWorkflow.
var otherOperations = []operation{
	{
		name: "GetWorkflowSteps", dataSource: "customerprofiles_workflow_steps", notFound: workflowNotFound,
		arguments: getWorkflow.arguments, subject: "the steps of " + getWorkflow.subject,
	},
	{
		name: "ListWorkflows", dataSource: "customerprofiles_workflows", notFound: domainNotFound,
		arguments: map[string]any{"domain_name": domainName}, subject: "the workflows",
	},
	{
		name: "GetIntegration", dataSource: "customerprofiles_integration", notFound: "Integration not found",
		arguments: map[string]any{"domain_name": domainName, "uri": integrationURI},
		subject:   fmt.Sprintf("integration %q", integrationURI),
	},
	{
		name: "ListIntegrations", dataSource: "customerprofiles_integrations", notFound: domainNotFound,
		arguments: map[string]any{"domain_name": domainName}, subject: "the integrations",
	},
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

// faultClasses returns one test case for each class of faults. [TestGetWorkflow]
// has all faults of one operation.
func faultClasses(op operation) []testCase {
	return []testCase{
		{name: "no fault", responder: respond(nil), attempts: 1},
		{
			name: "throttled, then truncated", attempts: 3,
			responder: respondInOrder(errorResponse(429, "ThrottlingException", "Rate exceeded"),
				cutAfter(len(validBody)/2, success(validBody)), nil),
		},
		{
			name: "object not found", attempts: 1, summary: op.notFound,
			responder: respond(errorResponse(404, "ResourceNotFoundException", "Not here.")),
			detail:    []string{"returned ResourceNotFoundException: Not here " + facts(404) + "."},
		},
		{
			name: "access denied", attempts: 1, summary: accessDenied,
			responder: respond(errorResponse(403, "AccessDeniedException", "No")),
			detail: []string{
				"returned AccessDeniedException: No " + facts(403) + ".",
				`{"Effect": "Allow", "Action": "profile:` + op.name + `"`, `"arn:*:profile:us-east-1:*:domains/acme/*"]`,
			},
		},
		{
			name: "expired token", attempts: 1, summary: credentialsRejected,
			responder: respond(errorResponse(403, "ExpiredTokenException", "Expired")),
			detail:    []string{"returned ExpiredTokenException: Expired " + facts(403) + ".", "came from access_key and"},
		},
		{
			name: "invalid request", attempts: 1, summary: requestRejected,
			responder: respond(errorResponse(400, "BadRequestException", "Bad \x1b[31mred")),
			detail:    []string{`returned BadRequestException: Bad \x1b[31mred ` + facts(400) + "."},
		},
		{
			name: "throttled", attempts: maxAttempts, summary: throttled,
			responder: respond(errorResponse(429, "ThrottlingException", "Rate exceeded")),
			detail:    []string{facts(429) + ", after 4 attempts in ", "max_retries (now 4)"},
		},
		{
			name: "server error", attempts: maxAttempts, summary: serverError,
			responder: respond(errorResponse(500, "InternalServerException", "Oops")),
			detail:    []string{facts(500) + ", after 4 attempts in ", "https://health.aws.amazon.com/health/status"},
		},
		{
			name: "member of the wrong type", attempts: 1, summary: malformedResponse,
			responder: respond(success(`{"WorkflowId":1,"Uri":1,"NextToken":1}`)),
			detail: []string{
				"returned a malformed response: expected ", facts(200),
				"The response came from 127.0.0.1:", "a custom endpoint",
			},
		},
		{
			name: "connection reset before the response", attempts: maxAttempts, summary: noResponse,
			responder: respond(withFault(simulator.ResetBeforeHeaders)),
			detail: []string{
				"failed without a response: ", acctest.ConnectionReset + ", after 4 attempts in ",
				"Check that this machine can reach 127.0.0.1:", "No proxy is used.", "The endpoint is a custom one",
			},
		},
		{
			name: "no response within timeouts.read", timeout: "1s", attempts: 1, summary: timedOut,
			responder: respond(withFault(simulator.Hang)),
			detail:    []string{"was stopped after 1", "and 1 of at most 4 attempts.", "The read is limited to 1s."},
		},
	}
}

// workflowConfig returns a configuration that reads one workflow.
func workflowConfig(sim acctest.Simulator, timeout string) string {
	provider := sim.ProviderBlock(fmt.Sprintf("max_retries = %d", maxAttempts))
	return acctest.RequiredProviders + provider + fmt.Sprintf(`
data "customerprofiles_workflow" "test" {
  domain_name = %q
  workflow_id = %q
  timeouts {
    read = %q
  }
}
`, domainName, workflowID, cmp.Or(timeout, "5m"))
}

// TestAccFaults shows a user's view of each class of faults: the diagnostic, and
// that the state doesn't change. The backoff is not shortened.
func TestAccFaults(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	for _, tc := range faultClasses(getWorkflow) {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			cli := acctest.NewCLI(t, map[string]string{"main.tf": workflowConfig(sim, tc.timeout)})
			cli.MustRun(t, "apply", "-input=false", "-auto-approve", "-no-color")
			before := cli.MustRun(t, "state", "pull")

			sim.ResetCalls()
			sim.SetResponder(tc.responder)
			output, err := cli.Run("apply", "-input=false", "-auto-approve", "-no-color")
			if (err == nil) != (tc.summary == noError) {
				t.Errorf("error %v, want summary %q\n%s", err, tc.summary, output)
			}
			for _, want := range append(tc.detail, tc.summary) {
				if !strings.Contains(unwrap(output), unwrap(want)) {
					t.Errorf("output doesn't contain %q\n%s", want, output)
				}
			}
			if got := len(sim.Calls()); got != tc.attempts {
				t.Errorf("%d attempts, want %d", got, tc.attempts)
			}
			if after := cli.MustRun(t, "state", "pull"); before != after {
				t.Errorf("state\n%s\nwant\n%s", after, before)
			}
		})
	}
}

// unwrap removes the line breaks and the frame of a diagnostic.
func unwrap(text string) string {
	isFrame := func(r rune) bool { return strings.ContainsRune(" \n│╷╵", r) }
	return strings.Join(strings.FieldsFunc(text, isFrame), " ")
}
