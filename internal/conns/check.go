// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

// checkWorkflow rejects a response without a workflow ID or for another workflow.
func checkWorkflow(in *customerprofiles.GetWorkflowInput, out *customerprofiles.GetWorkflowOutput) string {
	switch {
	case out.WorkflowId == nil:
		return "WorkflowId is missing"
	case *out.WorkflowId != aws.ToString(in.WorkflowId):
		return fmt.Sprintf("it describes workflow %q", *out.WorkflowId)
	}
	return ""
}

// checkWorkflowSteps rejects steps of another workflow. The workflow ID is optional.
func checkWorkflowSteps(
	in *customerprofiles.GetWorkflowStepsInput, out *customerprofiles.GetWorkflowStepsOutput,
) string {
	if out.WorkflowId != nil && *out.WorkflowId != aws.ToString(in.WorkflowId) {
		return fmt.Sprintf("it describes workflow %q", *out.WorkflowId)
	}
	return ""
}

// checkIntegration rejects a response without a URI or for another integration.
func checkIntegration(in *customerprofiles.GetIntegrationInput, out *customerprofiles.GetIntegrationOutput) string {
	switch {
	case out.Uri == nil:
		return "Uri is missing"
	case *out.Uri != aws.ToString(in.Uri):
		return fmt.Sprintf("it describes integration %q", *out.Uri)
	case out.DomainName != nil && *out.DomainName != aws.ToString(in.DomainName):
		return fmt.Sprintf("it describes domain %q", *out.DomainName)
	}
	return ""
}

// checkWorkflows rejects a workflow without its ID.
func checkWorkflows(_ *customerprofiles.ListWorkflowsInput, out *customerprofiles.ListWorkflowsOutput) string {
	for i := range out.Items {
		if aws.ToString(out.Items[i].WorkflowId) == "" {
			return fmt.Sprintf("WorkflowId is missing in Items[%d]", i)
		}
	}
	return ""
}

// checkIntegrations rejects an integration without its URI.
func checkIntegrations(_ *customerprofiles.ListIntegrationsInput, out *customerprofiles.ListIntegrationsOutput) string {
	for i := range out.Items {
		if aws.ToString(out.Items[i].Uri) == "" {
			return fmt.Sprintf("Uri is missing in Items[%d]", i)
		}
	}
	return ""
}
