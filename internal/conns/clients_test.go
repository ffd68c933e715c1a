// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

func testConfig(region string) aws.Config {
	return aws.Config{
		Region:      region,
		Credentials: credentials.NewStaticCredentialsProvider("AKID", "SECRET", ""),
		HTTPClient:  awshttp.NewBuildableClient(),
		Retryer:     func() aws.Retryer { return aws.NopRetryer{} },
	}
}

// workflowID is what getWorkflow asks for, and answer is an answer to it.
const (
	workflowID = "0123456789abcdef0123456789abcdef"
	answer     = `{"WorkflowId":"` + workflowID + `"}`
)

func getWorkflow(c *Client) error {
	_, err := c.GetWorkflow(context.Background(), &customerprofiles.GetWorkflowInput{
		DomainName: aws.String("acme"), WorkflowId: aws.String(workflowID),
	})
	return err
}

func TestClientRegion(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		provider, asked, want string
		err                   error
	}{
		"the provider's":         {"eu-west-1", "", "eu-west-1", nil},
		"the data source's":      {"eu-west-1", "us-west-2", "us-west-2", nil},
		"only the data source's": {"", "us-west-2", "us-west-2", nil},
		"none":                   {"", "", "", ErrNoRegion},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, err := New(testConfig(test.provider), "").Client(test.asked)
			if !errors.Is(err, test.err) {
				t.Fatalf("error %v, want %v", err, test.err)
			}
			if err == nil && client.Region != test.want {
				t.Errorf("Region %q, want %q", client.Region, test.want)
			}
		})
	}
}

// Clients are made once per Region, and share one pool of connections.
func TestClientsShareConnections(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	connections, scopes := map[string]bool{}, []string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		connections[r.RemoteAddr] = true
		scopes = append(scopes, r.Header.Get("Authorization"))
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)

	clients := New(testConfig("us-east-1"), server.URL)
	regions := []string{"eu-west-1", "us-west-2", "", "us-east-1", "eu-west-1"}
	for _, region := range regions {
		client, err := clients.Client(region)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := clients.Client(region); again != client {
			t.Errorf("another client for %q", region)
		}
		if err := getWorkflow(client); err != nil {
			t.Fatal(err)
		}
	}
	if len(connections) != 1 {
		t.Errorf("%d connections for %d calls one after the other, want 1", len(connections), len(regions))
	}
	for i, region := range []string{"eu-west-1", "us-west-2", "us-east-1", "us-east-1", "eu-west-1"} {
		if !strings.Contains(scopes[i], "/"+region+"/profile/aws4_request") {
			t.Errorf("call %d was signed %q, want Region %s", i, scopes[i], region)
		}
	}
}

func TestAnswerCheck(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status   int
		body     string
		declared string // Content-Length, where it is not the body's
		want     string // words of the UnreadableError, or none
		lost     bool   // the rest of the body was lost
	}{
		"an object":               {status: 200, body: answer},
		"white space around it":   {status: 200, body: " \r\n\t" + answer + " \n"},
		"no workflow's ID":        {status: 200, body: `{}`, want: "it names no workflow"},
		"another workflow's ID":   {status: 200, body: `{"WorkflowId":"w"}`, want: `it is about workflow "w"`},
		"timestamps of note":      {status: 200, body: `{"WorkflowId":"` + workflowID + `","StartDate":-9223372036.5,"LastUpdatedAt" : 9223372036,"ErrorDescription":"\"StartDate\":1e99"}`},
		"a timestamp too early":   {status: 200, body: `{"WorkflowId":"` + workflowID + `","StartDate" : -9223372037}`, want: `its "StartDate" is -9223372037, which is no date between 1678 and 2262`},
		"a timestamp too late":    {status: 200, body: `{"StartDate":0,"Items":[{"LastUpdatedAt":1},{"LastUpdatedAt":9.3e9}]}`, want: `its "LastUpdatedAt" is 9.3e9`},
		"empty":                   {status: 200, body: ``, want: "its body is empty"},
		"white space":             {status: 200, body: " \n", want: "its body is empty"},
		"null":                    {status: 200, body: `null`, want: "not a JSON object"},
		"a list":                  {status: 200, body: `[{}]`, want: "not a JSON object"},
		"garbage behind":          {status: 200, body: `{}garbage`, want: "something behind"},
		"a brace behind":          {status: 200, body: `{}}`, want: "something behind"},
		"invalid":                 {status: 200, body: `{"a":tru}`, want: "not valid JSON"},
		"cut":                     {status: 200, body: `{"a":"b`, lost: true},
		"cut behind a backslash":  {status: 200, body: `{"a":"\`, lost: true},
		"cut at once":             {status: 200, body: `{`, lost: true},
		"cut on the way":          {status: 200, body: `{"a":"b`, declared: "100", lost: true},
		"an error cut on the way": {status: 400, body: `{"Message":"b`, declared: "100", lost: true},
		"too large":               {status: 200, body: `{"a":"` + strings.Repeat("x", maxAnswer) + `"}`, want: "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if test.declared != "" {
					w.Header().Set("Content-Length", test.declared)
				}
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			}))
			t.Cleanup(server.Close)
			client, err := New(testConfig("us-east-1"), server.URL).Client("")
			if err != nil {
				t.Fatal(err)
			}
			err = getWorkflow(client)
			var unreadable *diagnostics.UnreadableError
			switch {
			case test.want != "":
				if !errors.As(err, &unreadable) || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error %v, want %q", err, test.want)
				}
			case test.lost:
				if !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("error %v, want %v", err, io.ErrUnexpectedEOF)
				}
			case err != nil:
				t.Error(err)
			}
		})
	}
}

// One attempt takes 30 seconds at most, unless a test says otherwise.
func TestAttemptLimit(t *testing.T) {
	t.Parallel()
	clients := New(testConfig("us-east-1"), "http://127.0.0.1:1")
	client, ok := clients.cfg.HTTPClient.(*http.Client)
	if !ok {
		t.Fatalf("the HTTP client is %T", clients.cfg.HTTPClient)
	}
	if client.Timeout != 30*time.Second {
		t.Errorf("an attempt may take %s", client.Timeout)
	}
}

// There are hardly more connections than calls at once, however many those are:
// what is idle is kept for the next call. A few more are net/http's, which opens
// one where the last call's is not back in its pool yet.
func TestConnectionsOfManyCallsAtOnce(t *testing.T) {
	t.Parallel()
	const atOnce, each = 40, 25
	var opened atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, answer)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)

	client, err := New(testConfig("us-east-1"), server.URL).Client("")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range atOnce {
		wait.Go(func() {
			for range each {
				if err := getWorkflow(client); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if got := opened.Load(); got > atOnce*3/2 {
		t.Errorf("%d connections for %d calls, %d at once", got, atOnce*each, atOnce)
	}
}
