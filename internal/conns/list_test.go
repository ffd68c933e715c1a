// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// endlessTransport responds with a new page forever.
type endlessTransport struct {
	page     func(n int) string
	requests int
}

func (e *endlessTransport) Do(*http.Request) (*http.Response, error) {
	e.requests++
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(e.page(e.requests))),
	}, nil
}

func TestEndlessList(t *testing.T) {
	t.Parallel()
	const item = `{"WorkflowId":"w","Uri":"u"}`
	itemsOf := func(n int) string { return strings.Repeat(item+",", n-1) + item }
	large := itemsOf(400)
	tokenOf := func(size int) string { return strings.Repeat("t", size-4) }
	token := func(n int) string { return strconv.Itoa(1000 + n) }
	for name, tc := range map[string]struct {
		page     func(n int) string
		requests int
		problem  string // empty if the list ends
	}{
		"empty pages": {requests: 1000, problem: "the list doesn't end after 1000 pages",
			page: func(n int) string { return `{"NextToken":"` + token(n) + `"}` }},
		"1000 pages": {requests: 1000, page: func(n int) string {
			if n == 1000 {
				return "{}"
			}
			return `{"Items":[` + item + `],"NextToken":"` + token(n) + `"}`
		}},
		"endless items": {requests: 251, problem: "the list has more than 100000 items",
			page: func(n int) string { return `{"Items":[` + large + `],"NextToken":"` + token(n) + `"}` }},
		"100000 items": {requests: 250, page: func(n int) string {
			if n == 250 {
				return `{"Items":[` + large + `]}`
			}
			return `{"Items":[` + large + `],"NextToken":"` + token(n) + `"}`
		}},
		"longest token": {requests: 2, page: func(n int) string {
			if n == 2 {
				return "{}"
			}
			return `{"NextToken":"` + token(n) + tokenOf(8192) + `"}`
		}},
		"token too long": {requests: 1, problem: "the page token is longer than 8192 bytes",
			page: func(n int) string { return `{"NextToken":"` + token(n) + tokenOf(8193) + `"}` }},
		"token of a megabyte": {requests: 1, problem: "the page token is longer than 8192 bytes",
			page: func(n int) string { return `{"NextToken":"` + token(n) + tokenOf(1<<20) + `"}` }},
	} {
		for _, operation := range []string{GetWorkflowSteps, ListWorkflows, ListIntegrations} {
			if operation != ListWorkflows && name != "empty pages" && name != "token too long" {
				continue // The operations share the limits.
			}
			t.Run(operation+", "+name, func(t *testing.T) {
				t.Parallel()
				cfg, transport := testConfig(), &endlessTransport{page: tc.page}
				cfg.HTTPClient = transport
				cfg.BaseEndpoint = aws.String("http://127.0.0.1")
				client := clientOf(t, New(cfg, "", NewRedactor()))
				err := pagedOperations[operation](t.Context(), client, 0)
				if transport.requests != tc.requests {
					t.Errorf("%d requests, want %d", transport.requests, tc.requests)
				}
				var malformed *MalformedResponseError
				if tc.problem == "" {
					if err != nil {
						t.Error(err)
					}
				} else if !errors.As(err, &malformed) || malformed.Problem != tc.problem {
					t.Errorf("error %v, want %q", err, tc.problem)
				}
			})
		}
	}
}

func TestListLimits(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		limits  listLimits
		items   int
		size    int
		token   string
		problem string // empty if the page is accepted
	}{
		"largest list": {
			limits: listLimits{pages: 998, items: 99_900, size: 1 << 20}, items: 100, size: 255 << 20, token: "t",
		},
		"last page":       {limits: listLimits{pages: 999}},
		"page too many":   {limits: listLimits{pages: 999}, token: "t", problem: "the list doesn't end after 1000 pages"},
		"item too many":   {limits: listLimits{items: 99_900}, items: 101, problem: "the list has more than 100000 items"},
		"byte too many":   {limits: listLimits{size: 1 << 28}, size: 1, problem: "the list is larger than 268435456 bytes"},
		"repeated token":  {limits: listLimits{seen: map[string]bool{"t": true}}, token: "t", problem: `the page token "t"`},
		"token of 8 KB":   {token: strings.Repeat("t", 8192)},
		"longer than 8KB": {token: strings.Repeat("t", 8193), problem: "the page token is longer than 8192 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.limits.seen == nil {
				tc.limits.seen = map[string]bool{}
			}
			got := tc.limits.add(tc.items, tc.size, tc.token)
			if !strings.HasPrefix(got, tc.problem) || (got == "") != (tc.problem == "") {
				t.Errorf("got %q, want %q", got, tc.problem)
			}
		})
	}
}
