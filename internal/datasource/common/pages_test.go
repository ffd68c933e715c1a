// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
	"github.com/aws/smithy-go/middleware"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
		})
	}
}

func TestEachStepsPage(t *testing.T) {
	t.Parallel()
	page := func(next string) *customerprofiles.GetWorkflowStepsOutput {
		return &customerprofiles.GetWorkflowStepsOutput{NextToken: &next, Items: []awstypes.WorkflowStepItem{{}}}
	}
	for name, test := range map[string]struct {
		pages []*customerprofiles.GetWorkflowStepsOutput
		stop  int // after so many pages
		read  int
	}{
		"all":     {[]*customerprofiles.GetWorkflowStepsOutput{page("a"), page("b"), page("")}, 9, 3},
		"no more": {[]*customerprofiles.GetWorkflowStepsOutput{page("a"), page("b"), page("")}, 2, 2},
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
			if read != test.read || err != nil {
				t.Errorf("%d pages read, error %v, want %d", read, err, test.read)
			}
		})
	}
}
