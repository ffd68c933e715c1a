// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/apierror"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

func TestEachPage(t *testing.T) {
	t.Parallel()
	failed := errors.New("failed")
	for name, test := range map[string]struct {
		next []string // the token that each page gives; "fail" fails
		want []string // the tokens that are asked with
		err  string
	}{
		"one page":               {[]string{"nil"}, []string{"nil"}, ""},
		"an empty token":         {[]string{""}, []string{"nil"}, ""},
		"three pages":            {[]string{"a", "b", "nil"}, []string{"nil", "a", "b"}, ""},
		"a failure":              {[]string{"a", "fail"}, []string{"nil", "a"}, "failed"},
		"the same token at once": {[]string{"a", "a"}, []string{"nil", "a"}, `the answer cannot be read: it names a next page that was named before, by the token "a"`},
		"a token of long ago":    {[]string{"a", "b", "c", "a"}, []string{"nil", "a", "b", "c"}, `the answer cannot be read: it names a next page that was named before, by the token "a"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var metadata middleware.Metadata
			awsmiddleware.SetRequestIDMetadata(&metadata, "request")
			var got []string
			err := EachPage(func(token *string) (*string, middleware.Metadata, error) {
				asked := "nil"
				if token != nil {
					asked = *token
				}
				got = append(got, asked)
				switch next := test.next[len(got)-1]; next {
				case "nil":
					return nil, metadata, nil
				case "fail":
					return nil, middleware.Metadata{}, failed
				default:
					return &next, metadata, nil
				}
			})
			if !slices.Equal(got, test.want) {
				t.Errorf("asked with %q, want %q", got, test.want)
			}
			switch {
			case test.err == "" && err != nil, test.err != "" && (err == nil || err.Error() != test.err):
				t.Errorf("error %v, want %q", err, test.err)
			}
			var unreadable *apierror.UnreadableError
			if errors.As(err, &unreadable) && unreadable.RequestID != "request" {
				t.Errorf("request ID %q", unreadable.RequestID)
			}
		})
	}
}

func TestEachStepsPage(t *testing.T) {
	t.Parallel()
	page := func(workflowID *string, next string) *customerprofiles.GetWorkflowStepsOutput {
		return &customerprofiles.GetWorkflowStepsOutput{WorkflowId: workflowID, NextToken: &next, Items: []awstypes.WorkflowStepItem{{}}}
	}
	for name, test := range map[string]struct {
		pages []*customerprofiles.GetWorkflowStepsOutput
		stop  int // after so many pages
		read  int
		bad   bool
	}{
		"all":              {[]*customerprofiles.GetWorkflowStepsOutput{page(aws.String("w"), "a"), page(nil, "b"), page(aws.String("w"), "")}, 9, 3, false},
		"no more":          {[]*customerprofiles.GetWorkflowStepsOutput{page(nil, "a"), page(nil, "b"), page(nil, "")}, 2, 2, false},
		"another workflow": {[]*customerprofiles.GetWorkflowStepsOutput{page(aws.String("w"), "a"), page(aws.String("v"), "")}, 9, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked, read := 0, 0
			client := &conns.Client{GetWorkflowSteps: func(
				_ context.Context, in *customerprofiles.GetWorkflowStepsInput, _ ...func(*customerprofiles.Options),
			) (*customerprofiles.GetWorkflowStepsOutput, error) {
				if *in.DomainName != "d" || *in.WorkflowId != "w" || *in.MaxResults != 100 {
					t.Errorf("asked %v %v %v", *in.DomainName, *in.WorkflowId, *in.MaxResults)
				}
				asked++
				return test.pages[asked-1], nil
			}}
			err := EachStepsPage(t.Context(), client, types.StringValue("d"), types.StringValue("w"), func(*customerprofiles.GetWorkflowStepsOutput) bool {
				read++
				return read < test.stop
			})
			if read != test.read || (err != nil) != test.bad {
				t.Errorf("%d pages read, error %v, want %d, %t", read, err, test.read, test.bad)
			}
		})
	}
}
