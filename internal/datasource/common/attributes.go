// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

// WorkflowType is workflow_type as it is read back.
func WorkflowType() schema.StringAttribute {
	return schema.StringAttribute{
		Computed:            true,
		MarkdownDescription: "Type of the workflow. `APPFLOW_INTEGRATION` is the only one today.",
	}
}

// Status is the status of a run or of its step as it is read back. The
// description begins with what it is the status of.
func Status(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed: true,
		MarkdownDescription: description + ": `NOT_STARTED`, `IN_PROGRESS`, `COMPLETE`, `FAILED`, `SPLIT`, `RETRY` or `CANCELLED`. " +
			"`COMPLETE`, `FAILED` and `CANCELLED` end it.",
	}
}

// Time is a timestamp as it is read back.
func Time(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed:            true,
		CustomType:          timetypes.RFC3339Type{},
		MarkdownDescription: description + ", in RFC 3339, UTC, to the millisecond.",
	}
}
