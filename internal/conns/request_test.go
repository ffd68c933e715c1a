// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
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

// serverError responds with the status code 503 and a request ID.
func serverError(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Amzn-Requestid", "request-1")
	w.WriteHeader(http.StatusServiceUnavailable)
}

// stall doesn't complete the response.
func stall(w http.ResponseWriter, r *http.Request) {
	_, _ = io.WriteString(w, "{")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

func TestRequestError(t *testing.T) {
	t.Parallel()
	refused := WithDialer(func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	})
	denied := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{}, &smithy.GenericAPIError{Code: "AccessDenied"}
	})
	for name, tc := range map[string]struct {
		handler http.HandlerFunc // of a custom endpoint, or of the proxy for target
		target  string
		config  func(*aws.Config)
		options []Option
		want    RequestError // except for Endpoint of a server, Elapsed, and the errors
		wantErr string       // part of the error
	}{
		"retries exhausted": {
			handler: serverError,
			config:  func(cfg *aws.Config) { cfg.RetryMode = aws.RetryModeAdaptive },
			want:    RequestError{Attempts: 3, RequestID: "request-1", CredentialsSource: "StaticCredentials", Adaptive: true},
			wantErr: "503",
		},
		"permanent error": {
			handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) },
			want:    RequestError{Attempts: 1, CredentialsSource: "StaticCredentials"},
			wantErr: "400",
		},
		"attempt timed out": {
			handler: stall,
			options: []Option{WithAttemptTimeout(50 * time.Millisecond)},
			want:    RequestError{Attempts: 3, CredentialsSource: "StaticCredentials"},
			wantErr: "no complete response within 50ms",
		},
		"connection refused": {
			options: []Option{refused},
			want: RequestError{
				Attempts: 3, CredentialsSource: "StaticCredentials", Endpoint: "profile.us-east-1.amazonaws.com",
			},
			wantErr: "connection refused",
		},
		"bad gateway": {
			target:  "http://profile.example.com",
			handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
			want:    RequestError{Attempts: 3, CredentialsSource: "StaticCredentials"},
			wantErr: "502",
		},
		"proxy requires authentication": {
			target:  "https://profile.example.com",
			handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) },
			want:    RequestError{Attempts: 1, CredentialsSource: "StaticCredentials"},
			wantErr: "Proxy Authentication Required",
		},
		"no credentials": {
			config:  func(cfg *aws.Config) { cfg.Credentials = denied },
			want:    RequestError{Attempts: 1},
			wantErr: "AccessDenied",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, endpoint, want := testConfig(), tc.target, tc.want
			if tc.handler != nil {
				server := httptest.NewServer(tc.handler)
				t.Cleanup(server.Close)
				host := server.Listener.Addr().String()
				want.Endpoint, want.CustomEndpoint = host, true
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
			options := append([]Option{withoutBackoff()}, tc.options...)
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
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if canceledAt != attempt {
					serverError(w, r)
					return
				}
				cancel()
				stall(w, r)
			}))
			t.Cleanup(server.Close)
			if canceledAt == start {
				cancel()
			}
			err := getWorkflow(ctx, clientOf(t, New(testConfig(), server.URL, NewRedactor(),
				WithBackoff(func(time.Duration) time.Duration { cancel(); return time.Hour }))))
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
		"untrusted certificate": {
			err: &smithyhttp.RequestSendError{Err: &tls.CertificateVerificationError{Err: errors.New("unknown authority")}},
		},
		"HTTP instead of HTTPS":         {err: &smithyhttp.RequestSendError{Err: http.ErrSchemeMismatch}},
		"proxy requires authentication": {err: &smithyhttp.RequestSendError{Err: fmt.Errorf("get: %s", "x: Proxy Authentication Required")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := retryer.IsErrorRetryable(tc.err); got != tc.want {
				t.Errorf("retryable: %t, want %t", got, tc.want)
			}
		})
	}
}
