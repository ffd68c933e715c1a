// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

const (
	testSecret = "wJalr/secret+key"
	testToken  = "session/token+of=="

	// workflowID is the workflow that getWorkflow requests; workflowBody describes it.
	workflowID   = "0123456789abcdef0123456789abcdef"
	workflowBody = `{"WorkflowId":"` + workflowID + `"}`
)

// testConfig returns a configuration with which a request has three attempts.
func testConfig() aws.Config {
	return aws.Config{
		Region:      "us-east-1",
		Credentials: credentials.NewStaticCredentialsProvider("AKID", testSecret, testToken),
		HTTPClient:  awshttp.NewBuildableClient(),
		Retryer:     func() aws.Retryer { return retry.NewStandard() },
	}
}

// withoutBackoff retries at once.
func withoutBackoff() Option { return WithBackoff(func(time.Duration) time.Duration { return 0 }) }

// newTestClient returns a client of a server that runs handler, and the URL of
// the server.
func newTestClient(t *testing.T, handler http.HandlerFunc, opts ...Option) (client *Client, url string) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	opts = append([]Option{withoutBackoff()}, opts...)
	return clientOf(t, New(testConfig(), server.URL, NewRedactor(), opts...)), server.URL
}

func clientOf(t *testing.T, clients *Clients) *Client {
	t.Helper()
	client, err := clients.Client("")
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func getWorkflow(ctx context.Context, client *Client) error {
	_, err := client.GetWorkflow(ctx, &customerprofiles.GetWorkflowInput{
		DomainName: aws.String("acme"), WorkflowId: aws.String(workflowID),
	})
	return err
}

// requestError returns err as a RequestError.
func requestError(t *testing.T, err error) *RequestError {
	t.Helper()
	var failed *RequestError
	if !errors.As(err, &failed) {
		t.Fatalf("error %v, want a RequestError", err)
	}
	return failed
}
