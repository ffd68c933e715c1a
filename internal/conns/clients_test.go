// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
)

func TestClientRegion(t *testing.T) {
	t.Parallel()
	validator := WithRegionValidator(func(region string) error {
		if region == "eu-nowhere-1" {
			return errors.New("no such Region")
		}
		return nil
	})
	clientsIn := func(region string) *Clients {
		cfg := testConfig()
		cfg.Region = region
		return New(cfg, "", NewRedactor(), validator)
	}
	for name, tc := range map[string]struct {
		clients *Clients
		region  string
		want    string
		err     error
	}{
		"provider's Region":         {clients: clientsIn("eu-west-1"), want: "eu-west-1"},
		"data source's Region":      {clients: clientsIn("eu-west-1"), region: "us-west-2", want: "us-west-2"},
		"only data source's Region": {clients: clientsIn(""), region: "us-west-2", want: "us-west-2"},
		"no Region":                 {clients: clientsIn(""), err: ErrNoRegion},
		"invalid Region": {
			clients: clientsIn("eu-west-1"), region: "eu-nowhere-1", err: &InvalidRegionError{Region: "eu-nowhere-1"},
		},
		"unknown configuration": {
			clients: NewUnknown([]string{"region", "token"}), region: "eu-west-1",
			err: &UnknownConfigurationError{Arguments: []string{"region", "token"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, err := tc.clients.Client(tc.region)
			if !reflect.DeepEqual(err, tc.err) {
				t.Fatalf("error %v, want %v", err, tc.err)
			}
			if err == nil && client.Region != tc.want {
				t.Errorf("Region %q, want %q", client.Region, tc.want)
			}
		})
	}
}

func TestClientsShareConnections(t *testing.T) {
	t.Parallel()
	const atOnce, each = 40, 25
	regions := []string{"eu-west-1", "us-east-1", "us-west-2"}
	var connections, signedFor sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connections.Store(r.RemoteAddr, true)
		// AWS4-HMAC-SHA256 Credential=AKID/20240603/us-east-1/profile/aws4_request, …
		signedFor.Store(strings.Split(r.Header.Get("Authorization"), "/")[2], true)
		_, _ = io.WriteString(w, workflowBody)
	}))
	t.Cleanup(server.Close)
	clients := New(testConfig(), server.URL, NewRedactor())
	var group sync.WaitGroup
	for i := range atOnce {
		group.Go(func() {
			for j := range each {
				client, err := clients.Client(regions[(i+j)%len(regions)])
				if err == nil {
					err = getWorkflow(t.Context(), client)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	// A request may open a connection while another one's is on its way to the pool.
	if opened := len(maps.Collect(connections.Range)); opened > atOnce*3/2 {
		t.Errorf("%d connections for %d requests, %d at once", opened, atOnce*each, atOnce)
	}
	for _, region := range regions {
		if _, ok := signedFor.Load(region); !ok {
			t.Errorf("no request was signed for %s", region)
		}
	}
	if clientOf(t, clients) != clients.byRegion["us-east-1"] {
		t.Error("the client of a Region is not cached")
	}
}

// closingTransport closes the body of a request before it looks for more of it,
// as net/http does if the response begins early. Its first response is an error.
type closingTransport struct {
	bodies []string
	err    error
}

func (c *closingTransport) Do(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(io.LimitReader(request.Body, request.ContentLength))
	if err != nil {
		return nil, err
	}
	c.bodies = append(c.bodies, string(body))
	if err := request.Body.Close(); err != nil {
		return nil, err
	}
	_, c.err = io.Copy(io.Discard, request.Body)
	status := http.StatusInternalServerError
	if len(c.bodies) > 1 {
		status = http.StatusOK
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
}

func TestClosedRequestBody(t *testing.T) {
	t.Parallel()
	cfg, transport := testConfig(), &closingTransport{}
	cfg.HTTPClient = transport
	client := clientOf(t, New(cfg, "http://127.0.0.1", NewRedactor(), withoutBackoff()))
	if err := pagedOperations[ListWorkflows](t.Context(), client, 1); err != nil {
		t.Fatal(err)
	}
	if transport.err != nil {
		t.Errorf("reading a closed body: %v", transport.err)
	}
	if want := []string{`{"Status":"COMPLETE"}`, `{"Status":"COMPLETE"}`}; !slices.Equal(transport.bodies, want) {
		t.Errorf("sent %q, want %q", transport.bodies, want)
	}
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	failure := errors.New("not renewed")
	results := []aws.Credentials{
		{AccessKeyID: "AKIA", SecretAccessKey: testSecret, SessionToken: testToken, Source: "Source"},
		{AccessKeyID: "AKIA", SecretAccessKey: "renewed-key", SessionToken: "renewed-token", Source: "Source"},
	}
	redactor, retrieved := NewRedactor(), 0
	credentials := NewCredentials(aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		if retrieved++; retrieved > len(results) {
			return aws.Credentials{}, failure
		}
		return results[retrieved-1], nil
	}), redactor, func() string { return "STS (AssumeRole, sts.example.com)" })
	if NewCredentials(credentials, redactor, nil) != credentials {
		t.Error("a *Credentials is wrapped")
	}
	if source := credentials.source(); source != "" {
		t.Errorf("source %q before any credentials", source)
	}
	for range results {
		if _, err := credentials.Retrieve(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	_, err := credentials.Retrieve(t.Context())
	var failed *CredentialsError
	if !errors.As(err, &failed) || !errors.Is(err, failure) || credentials.source() != "Source" ||
		strings.Contains(err.Error(), "STS") {
		t.Errorf("error %v (%T), source %q", err, err, credentials.source())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	const want = "STS (AssumeRole, sts.example.com) didn't respond: not renewed"
	if _, err := credentials.Retrieve(ended); err == nil || err.Error() != want {
		t.Errorf("error %v after the end of the context, want %q", err, want)
	}
	results, retrieved = []aws.Credentials{{SecretAccessKey: "key-without-an-id"}}, 0
	var malformed *MalformedResponseError
	if _, err := credentials.Retrieve(t.Context()); !errors.As(err, &failed) || !errors.As(err, &malformed) {
		t.Errorf("credentials without an access key: error %v", err)
	}
	text := strings.Join([]string{testSecret, testToken, "renewed-key", "renewed-token"}, " ")
	if got := redactor.Redact(text); got != "*** *** *** ***" {
		t.Errorf("not redacted: %s", got)
	}
}
