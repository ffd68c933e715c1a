// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// PageSize is how many items a page is asked to have: the most that the API
// allows.
const PageSize = 100

// EachPage has read called for each page of a list in turn, the first one with
// no token. What read returns is of the page it has read: the token of the next
// one, nil or empty where there is none to read, and the answer's metadata.
//
// A service that hands out a token twice would never come to an end: that is an
// [diagnostics.UnreadableError].
func EachPage(read func(token *string) (next *string, metadata middleware.Metadata, err error)) error {
	var token *string
	seen := map[string]bool{}
	for {
		next, metadata, err := read(token)
		if err != nil || aws.ToString(next) == "" {
			return err
		}
		if seen[*next] {
			return conns.Unreadable(metadata, fmt.Sprintf("it names a next page that was named before, by the token %q", *next))
		}
		seen[*next] = true
		token = next
	}
}

// EachStepsPage hands on each page of a workflow's steps, until more is false.
// It is shared because a wait that fails looks at them, too.
func EachStepsPage(
	ctx context.Context, client *conns.Client, domainName, workflowID types.String,
	each func(page *customerprofiles.GetWorkflowStepsOutput) (more bool),
) error {
	return EachPage(func(token *string) (*string, middleware.Metadata, error) {
		page, err := client.GetWorkflowSteps(ctx, &customerprofiles.GetWorkflowStepsInput{
			DomainName: domainName.ValueStringPointer(),
			WorkflowId: workflowID.ValueStringPointer(),
			MaxResults: aws.Int32(PageSize),
			NextToken:  token,
		})
		if err != nil || !each(page) {
			return nil, middleware.Metadata{}, err
		}
		return page.NextToken, page.ResultMetadata, nil
	})
}
