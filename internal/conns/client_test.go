// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
)

// pagedOperations read up to limit pages.
var pagedOperations = map[string]func(ctx context.Context, client *Client, limit int) error{
	GetWorkflowSteps: func(ctx context.Context, client *Client, limit int) error {
		in := &customerprofiles.GetWorkflowStepsInput{DomainName: aws.String("acme"), WorkflowId: aws.String(workflowID)}
		return readPages(client.GetWorkflowSteps(ctx, in), limit)
	},
	ListWorkflows: func(ctx context.Context, client *Client, limit int) error {
		in := &customerprofiles.ListWorkflowsInput{DomainName: aws.String("acme"), Status: awstypes.StatusComplete}
		return readPages(client.ListWorkflows(ctx, in), limit)
	},
	ListIntegrations: func(ctx context.Context, client *Client, limit int) error {
		in := &customerprofiles.ListIntegrationsInput{DomainName: aws.String("acme")}
		return readPages(client.ListIntegrations(ctx, in), limit)
	},
}

func readPages[Out any](pages iter.Seq2[*Out, error], limit int) error {
	read := 0
	for page, err := range pages {
		if err != nil {
			return err
		}
		if page == nil {
			return errors.New("no page and no error")
		}
		if read++; read == limit {
			break
		}
	}
	return nil
}

func TestPagedOperations(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		limit  int      // of the pages that are read
		tokens []string // of the responses; "error" is an error response
		want   []string // the tokens of the requests
		err    string
	}{
		"one page":                   {tokens: []string{""}, want: []string{""}},
		"three pages":                {tokens: []string{"a", "b", ""}, want: []string{"", "a", "b"}},
		"stopped after one page":     {tokens: []string{"a", "b", ""}, limit: 1, want: []string{""}},
		"stopped after the last one": {tokens: []string{"a", ""}, limit: 2, want: []string{"", "a"}},
		"error in the first page":    {tokens: []string{"error"}, want: []string{""}, err: "BadRequestException"},
		"error in the second page":   {tokens: []string{"a", "error"}, want: []string{"", "a"}, err: "BadRequestException"},
		"token repeated at once": {
			tokens: []string{"a", "a"}, want: []string{"", "a"}, err: `the page token "a" was returned before`,
		},
		"token repeated later": {
			tokens: []string{"a", "b", "a"}, want: []string{"", "a", "b"}, err: `the page token "a" was returned before`,
		},
	} {
		for operation, read := range pagedOperations {
			t.Run(operation+", "+name, func(t *testing.T) {
				t.Parallel()
				var got []string
				client, url := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
					query := r.URL.Query()
					if size := query.Get("max-results"); size != "100" {
						t.Errorf("page size %s, want 100", size)
					}
					token := tc.tokens[len(got)]
					got = append(got, query.Get("next-token"))
					w.Header().Set("X-Amzn-Requestid", "request-"+strconv.Itoa(len(got)))
					if token == "error" {
						w.Header().Set("X-Amzn-ErrorType", "BadRequestException")
						w.WriteHeader(http.StatusBadRequest)
					}
					_, _ = io.WriteString(w, `{"NextToken":"`+token+`"}`)
				})
				err := read(t.Context(), client, tc.limit)
				if !slices.Equal(got, tc.want) {
					t.Errorf("requested pages %q, want %q", got, tc.want)
				}
				if tc.err == "" {
					if err != nil {
						t.Error(err)
					}
					return
				}
				failed := requestError(t, err)
				if !strings.Contains(err.Error(), tc.err) || failed.Operation != operation ||
					failed.RequestID != "request-"+strconv.Itoa(len(got)) || "http://"+failed.Endpoint != url {
					t.Errorf("error %+v, want %q for the last request", failed, tc.err)
				}
				var malformed *MalformedResponseError
				if isMalformed := errors.As(err, &malformed); isMalformed != strings.Contains(tc.err, "token") {
					t.Errorf("MalformedResponseError: %t", isMalformed)
				}
			})
		}
	}
}

func getIntegration(ctx context.Context, client *Client) error {
	_, err := client.GetIntegration(ctx, &customerprofiles.GetIntegrationInput{
		DomainName: aws.String("acme"), Uri: aws.String("u"),
	})
	return err
}

func TestResponseCheck(t *testing.T) {
	t.Parallel()
	getSteps := func(ctx context.Context, client *Client) error {
		return pagedOperations[GetWorkflowSteps](ctx, client, 1)
	}
	for name, tc := range map[string]struct {
		call          func(context.Context, *Client) error // getWorkflow if nil
		status        int                                  // 200 if zero
		body          string
		contentLength string // the length of the body if empty
		problem       string // of the MalformedResponseError
		isTruncated   bool
		isTransient   bool // although the body is too large
	}{
		"workflow":                   {body: workflowBody},
		"workflow in white space":    {body: " \r\n\t" + workflowBody + " \n"},
		"workflow without ID":        {body: `{}`, problem: "WorkflowId is missing"},
		"another workflow":           {body: `{"WorkflowId":"w"}`, problem: `it describes workflow "w"`},
		"steps":                      {call: getSteps, body: workflowBody},
		"steps without workflow ID":  {call: getSteps, body: `{}`},
		"steps of another workflow":  {call: getSteps, body: `{"WorkflowId":"w"}`, problem: `it describes workflow "w"`},
		"integration":                {call: getIntegration, body: `{"Uri":"u","DomainName":"acme"}`},
		"integration without domain": {call: getIntegration, body: `{"Uri":"u"}`},
		"integration without URI":    {call: getIntegration, body: `{"DomainName":"acme"}`, problem: "Uri is missing"},
		"another integration":        {call: getIntegration, body: `{"Uri":"v"}`, problem: `it describes integration "v"`},
		"integration of another domain": {
			call: getIntegration, body: `{"Uri":"u","DomainName":"other"}`, problem: `it describes domain "other"`,
		},
		"empty body":             {body: ``, problem: "the body is empty"},
		"white space":            {body: " \n", problem: "the body is empty"},
		"null":                   {body: `null`, problem: "the body isn't a JSON object"},
		"list":                   {body: `[{}]`, problem: "the body isn't a JSON object"},
		"text after the object":  {body: `{}garbage`, problem: "the body has data after its JSON object"},
		"brace after the object": {body: `{}}`, problem: "the body has data after its JSON object"},
		"invalid JSON": {
			body: `{"a":tru}`, problem: "the body isn't valid JSON: invalid character '}' in literal true (expecting 'e')",
		},
		"larger than allowed": {
			body: `{"a":"` + strings.Repeat("x", maxBodySize) + `"}`, problem: "the body is larger than 8388608 bytes",
		},
		"redirect":                  {status: 307, problem: "unexpected redirect to http://other.example"},
		"status without location":   {status: 304, problem: "unexpected status 304 Not Modified"},
		"truncated in a string":     {body: `{"a":"b`, isTruncated: true},
		"truncated in an escape":    {body: `{"a":"\`, isTruncated: true},
		"truncated after a brace":   {body: `{`, isTruncated: true},
		"connection closed":         {body: `{"a":"b`, contentLength: "100", isTruncated: true},
		"error larger than allowed": {status: 503, body: strings.Repeat("x", maxBodySize+1), isTransient: true},
		"connection closed, error":  {status: 400, body: `{"Message":"b`, contentLength: "100", isTruncated: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, url := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Amzn-Requestid", "request-1")
				if tc.status == http.StatusTemporaryRedirect {
					w.Header().Set("Location", "http://user:password@other.example/a%2Fb?secret#c")
				}
				if tc.contentLength != "" {
					w.Header().Set("Content-Length", tc.contentLength)
				}
				w.WriteHeader(cmp.Or(tc.status, http.StatusOK))
				_, _ = io.WriteString(w, tc.body)
			})
			call := tc.call
			if call == nil {
				call = getWorkflow
			}
			err := call(t.Context(), client)
			if tc.problem == "" && !tc.isTruncated && !tc.isTransient {
				if err != nil {
					t.Error(err)
				}
				return
			}
			failed := requestError(t, err)
			if failed.RequestID != "request-1" || "http://"+failed.Endpoint != url {
				t.Errorf("error %+v, want the request ID and the endpoint %s", failed, url)
			}
			var malformed *MalformedResponseError
			switch {
			case tc.isTransient:
				if !failed.Transient || failed.Attempts != 3 || failed.StatusCode != tc.status {
					t.Errorf("error %v after %d attempts, want a transient one after 3", err, failed.Attempts)
				}
			case tc.isTruncated && (!errors.Is(err, io.ErrUnexpectedEOF) || failed.Attempts != 3):
				t.Errorf("error %v after %d attempts, want %v after 3", err, failed.Attempts, io.ErrUnexpectedEOF)
			case !tc.isTruncated && (!errors.As(err, &malformed) || malformed.Problem != tc.problem || failed.Attempts != 1):
				t.Errorf("error %v after %d attempts, want %q after 1", err, failed.Attempts, tc.problem)
			}
		})
	}
}

func TestParsableBody(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ body, want string }{
		"JSON":  {body: `{"Message":"a"}`, want: `{"Message":"a"}`},
		"empty": {body: "", want: ""},
		"too large": {
			body: strings.Repeat("x", maxErrorSize+1), want: `{"Message": "the body is larger than 65536 bytes"}`,
		},
		"page":           {body: "<p>", want: `{"Message":"malformed body: \u003cp\u003e"}`},
		"wrong type":     {body: `{"Code":1}`, want: `{"Message":"malformed body: {\"Code\":1}"}`},
		"truncated JSON": {body: `{"Code"`, want: `{"Message":"malformed body: {\"Code\""}`},
	} {
		if got := parsableBody(http.StatusForbidden, []byte(tc.body)); string(got) != tc.want {
			t.Errorf("%s: got %s, want %s", name, got, tc.want)
		}
	}
}
