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
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// respond returns a handler that responds with a status code and a request ID.
func respond(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Amzn-Requestid", "request-1")
		w.WriteHeader(status)
	}
}

// stall doesn't complete the response.
func stall(w http.ResponseWriter, r *http.Request) {
	_, _ = io.WriteString(w, "{")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// oneTimeCredentials is a credentials provider that succeeds once.
type oneTimeCredentials struct {
	denied    aws.CredentialsProvider
	retrieved bool
}

// Retrieve returns credentials, and an error from the second call on.
func (c *oneTimeCredentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	if c.retrieved {
		return c.denied.Retrieve(ctx)
	}
	c.retrieved = true
	return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: testSecret, Source: "Test"}, nil
}

func TestRequestError(t *testing.T) {
	t.Parallel()
	refused := WithDialer(func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	})
	denied := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{}, &smithy.GenericAPIError{Code: "AccessDenied"}
	})
	const static = "StaticCredentials"
	for name, tc := range map[string]struct {
		handler http.HandlerFunc // of a custom endpoint, or of the proxy for target
		target  string
		config  func(*aws.Config)
		option  Option
		wantErr string       // part of the error
		want    RequestError // except for Endpoint of a server, Elapsed, and the errors
	}{
		"retries exhausted": {handler: respond(503), wantErr: "503",
			config: func(cfg *aws.Config) { cfg.RetryMode = aws.RetryModeAdaptive },
			want: RequestError{
				Transient: true, Attempts: 3, StatusCode: 503, RequestID: "request-1", CredentialsSource: static,
				Adaptive: true}},
		"permanent error": {handler: respond(400), wantErr: "400",
			want: RequestError{Attempts: 1, StatusCode: 400, RequestID: "request-1", CredentialsSource: static}},
		"attempt timed out": {handler: stall, option: WithAttemptTimeout(500 * time.Millisecond),
			wantErr: "no complete response within 500ms",
			want:    RequestError{Transient: true, Attempts: 3, StatusCode: 200, CredentialsSource: static}},
		"connection refused": {option: refused, wantErr: "connection refused", want: RequestError{
			Transient: true, Attempts: 3, CredentialsSource: static, Endpoint: "profile.us-east-1.amazonaws.com"}},
		"bad gateway": {handler: respond(502), target: "http://profile.example.com", wantErr: "502",
			want: RequestError{
				Transient: true, Attempts: 3, StatusCode: 502, RequestID: "request-1", CredentialsSource: static}},
		"proxy requires authentication": {handler: respond(407), target: "https://profile.example.com",
			wantErr: "Proxy Authentication Required", want: RequestError{Attempts: 1, CredentialsSource: static}},
		"credentials not renewed for the second attempt": {handler: respond(503), wantErr: "AccessDenied",
			config: func(cfg *aws.Config) { cfg.Credentials = &oneTimeCredentials{denied: denied} },
			want:   RequestError{Attempts: 2, CredentialsSource: "Test"}},
		"no credentials": {config: func(cfg *aws.Config) { cfg.Credentials = denied }, wantErr: "AccessDenied",
			want: RequestError{Attempts: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, endpoint, want := testConfig(), tc.target, tc.want
			options := []Option{withoutBackoff()}
			if tc.handler != nil {
				server := httptest.NewServer(tc.handler)
				t.Cleanup(server.Close)
				host := server.Listener.Addr().String()
				want.Endpoint, want.EndpointSource = host, "the test"
				options = append(options, WithEndpointSource(want.EndpointSource))
				if endpoint == "" {
					endpoint = server.URL
				} else {
					proxy := &url.URL{Scheme: "http", Host: host, User: url.UserPassword("user", "password")}
					cfg.HTTPClient = awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) {
						tr.Proxy = http.ProxyURL(proxy)
					})
					want.Endpoint, want.Proxy = "profile.example.com", host
				}
			}
			if tc.config != nil {
				tc.config(&cfg)
			}
			if tc.option != nil {
				options = append(options, tc.option)
			}
			err := getWorkflow(t.Context(), clientOf(t, New(cfg, endpoint, NewRedactor(), options...)))
			got := *requestError(t, err)
			if !strings.Contains(err.Error(), tc.wantErr) || got.Elapsed <= 0 {
				t.Errorf("error %v after %s, want %s", err, got.Elapsed, tc.wantErr)
			}
			if isRetried := got.LastTransientErr != nil; isRetried != (want.Attempts > 1) {
				t.Errorf("last transient error: %v", got.LastTransientErr)
			}
			got.Err, got.LastTransientErr, got.Elapsed = nil, nil, 0
			want.Operation, want.Region, want.MaxAttempts = GetWorkflow, "us-east-1", 3
			if got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestCanceledRequest(t *testing.T) {
	t.Parallel()
	const start, attempt, backoff = "before the first attempt", "during an attempt", "during the backoff"
	for canceledAt, want := range map[string]struct {
		attempts int
		hadError bool
	}{
		start:   {attempts: 0},
		attempt: {attempts: 1},
		backoff: {attempts: 1, hadError: true},
	} {
		t.Run(canceledAt, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			client, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
				if canceledAt == attempt {
					cancel()
					stall(w, r)
				} else {
					respond(http.StatusServiceUnavailable)(w, r)
				}
			}, WithBackoff(func(time.Duration) time.Duration { cancel(); return time.Hour }))
			if canceledAt == start {
				cancel()
			}
			err := getWorkflow(ctx, client)
			got := requestError(t, err)
			if !errors.Is(err, context.Canceled) || got.Attempts != want.attempts {
				t.Errorf("error %v after %d attempts, want %v after %d", err, got.Attempts, context.Canceled, want.attempts)
			}
			var last *awshttp.ResponseError
			if errors.As(got.LastTransientErr, &last) != want.hadError {
				t.Errorf("last transient error: %v", got.LastTransientErr)
			}
		})
	}
}

func TestIsErrorRetryable(t *testing.T) {
	t.Parallel()
	response := func(status int) error {
		return &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: errors.New("no code"),
		}
	}
	retryer := &retryer{RetryerV2: retry.NewStandard()}
	for name, tc := range map[string]struct {
		err  error
		want bool
	}{
		"truncated body":            {err: io.ErrUnexpectedEOF, want: true},
		"throttling without a code": {err: response(http.StatusTooManyRequests), want: true},
		"host not found":            {err: &net.DNSError{IsNotFound: true}, want: true},
		"error code of the SDK":     {err: &smithy.GenericAPIError{Code: "ThrottlingException"}, want: true},
		"not found":                 {err: response(http.StatusNotFound)},
		"unknown error":             {err: errors.New("unknown")},
		"malformed response":        {err: &MalformedResponseError{Problem: "the body is empty"}},
		"permanent error":           {err: &smithyhttp.RequestSendError{Err: &permanentError{error: io.EOF}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := retryer.IsErrorRetryable(tc.err); got != tc.want {
				t.Errorf("retryable: %t, want %t", got, tc.want)
			}
		})
	}
}
