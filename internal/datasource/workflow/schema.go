// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package workflow has the data sources of workflows: customerprofiles_workflow
// reads one workflow and can wait for it, customerprofiles_workflows lists the
// workflows of a domain, and customerprofiles_workflow_steps lists the steps of a
// workflow.
package workflow

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// workflowIDPattern is the API's pattern of WorkflowId; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_connect-customer-profiles_GetWorkflow.html.
var workflowIDPattern = regexp.MustCompile(`^[a-f0-9]{32}$`)

func workflowIDArgument() schema.StringAttribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "ID of the workflow. Must be 32 lowercase hexadecimal digits.",
		Validators: []validator.String{
			stringvalidator.RegexMatches(workflowIDPattern, "must be 32 lowercase hexadecimal digits (0-9, a-f)"),
		},
	}
}

func workflowTypeAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		Computed:            true,
		MarkdownDescription: "Type of the workflow. Currently always `APPFLOW_INTEGRATION`.",
	}
}

// statusAttribute returns the schema of the status of a run or of a step.
func statusAttribute(subject string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed: true,
		MarkdownDescription: "Status of the " + subject + ": `NOT_STARTED`, `IN_PROGRESS`, `COMPLETE`, `FAILED`, `SPLIT`, " +
			"`RETRY`, or `CANCELLED`.",
	}
}
