// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
)

// early is a transport to a service that answers before net/http has looked
// whether there is more of the body.
type early struct {
	sent []string
	left error
}

func (e *early) Do(request *http.Request) (*http.Response, error) {
	sent, err := io.ReadAll(io.LimitReader(request.Body, request.ContentLength))
	if err != nil {
		return nil, err
	}
	e.sent = append(e.sent, string(sent))
	if err := request.Body.Close(); err != nil {
		return nil, err
	}
	_, e.left = io.Copy(io.Discard, request.Body)
	status := http.StatusInternalServerError
	if len(e.sent) > 1 {
		status = http.StatusOK
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
}

// A body that is closed has no more, which is no error; and it is sent again
// with each attempt.
func TestBodyThatIsClosedEarly(t *testing.T) {
	t.Parallel()
	transport := &early{}
	cfg := testConfig("us-east-1")
	cfg.HTTPClient, cfg.RetryMaxAttempts, cfg.Retryer = transport, 2, nil
	client, err := New(cfg, "http://127.0.0.1").Client("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.ListWorkflows(context.Background(), &customerprofiles.ListWorkflowsInput{
		DomainName: aws.String("acme"), Status: awstypes.StatusComplete,
	}); err != nil {
		t.Fatal(err)
	}
	if transport.left != nil {
		t.Errorf("what is left of a closed body: %v", transport.left)
	}
	const body = `{"Status":"COMPLETE"}`
	if len(transport.sent) != 2 || transport.sent[0] != body || transport.sent[1] != body {
		t.Errorf("sent %q, want %q twice", transport.sent, body)
	}
}
