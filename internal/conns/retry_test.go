// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// retrying is a configuration that attempts a call three times.
func retrying() aws.Config {
	cfg := testConfig("us-east-1")
	cfg.Retryer = func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxAttempts = 3 })
	}
	return cfg
}

func withoutWaits(chosen time.Duration) time.Duration { return chosen / 1000 }

func callError(t *testing.T, clients *Clients) *diagnostics.CallError {
	t.Helper()
	client, err := clients.Client("")
	if err != nil {
		t.Fatal(err)
	}
	var call *diagnostics.CallError
	if err := getWorkflow(client); !errors.As(err, &call) {
		t.Fatalf("error %v", err)
	}
	return call
}

// What a diagnostic tells beside the error comes with it.
func TestCallError(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(srv.Close)
	cfg := retrying()
	cfg.RetryMode = aws.RetryModeAdaptive
	got := callError(t, New(cfg, srv.URL, WithBackoff(withoutWaits)))
	host := strings.TrimPrefix(srv.URL, "http://")
	if got.Attempts != 3 || got.MaxAttempts != 3 || got.Endpoint != host || !got.CustomEndpoint || !got.Adaptive ||
		got.Proxy != "" || got.CredentialsSource != "StaticCredentials" || got.Elapsed <= 0 || got.LastError == nil {
		t.Errorf("%+v", got)
	}
}

// A proxy is named without its password, and one that wants another is asked
// once.
func TestProxy(t *testing.T) {
	t.Parallel()
	for scheme, attempts := range map[string]int{"http": 3, "https": 1} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int64
			proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				if r.Method == http.MethodConnect {
					w.WriteHeader(http.StatusProxyAuthRequired)
					return
				}
				w.WriteHeader(http.StatusBadGateway)
			}))
			t.Cleanup(proxy.Close)
			address, err := url.Parse(proxy.URL)
			if err != nil {
				t.Fatal(err)
			}
			host := address.Host
			address.User = url.UserPassword("user", "secret")
			cfg := retrying()
			cfg.HTTPClient = awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) { tr.Proxy = http.ProxyURL(address) })

			got := callError(t, New(cfg, scheme+"://profile.example.com", WithBackoff(withoutWaits)))
			if got.Proxy != host || got.Attempts != attempts || asked.Load() != int64(attempts) {
				t.Errorf("%d requests of the proxy, %+v", asked.Load(), got)
			}
			if strings.Contains(got.Error(), "secret") {
				t.Errorf("the error shows the password: %v", got)
			}
		})
	}
}

// refusal is credentials that another service refuses to hand out.
type refusal struct{}

// Retrieve fails as STS would.
func (refusal) Retrieve(context.Context) (aws.Credentials, error) {
	return aws.Credentials{}, &smithy.OperationError{ServiceID: "STS", OperationName: "AssumeRole", Err: &smithy.GenericAPIError{
		Code: "AccessDeniedException", Message: "may not assume",
	}}
}

// The refusal of another service is not taken for Customer Profiles'.
func TestCredentialsNotRenewed(t *testing.T) {
	t.Parallel()
	cfg := retrying()
	cfg.Credentials = refusal{}
	got := callError(t, New(cfg, "http://127.0.0.1:1", WithBackoff(withoutWaits)))
	diagnostic := diagnostics.Diagnostic(context.Background(), diagnostics.Call{Operation: "GetWorkflow"}, got)
	if diagnostic.Summary() != "AWS credentials not renewed" || !strings.Contains(diagnostic.Detail(), "may not assume") {
		t.Errorf("%s: %s", diagnostic.Summary(), diagnostic.Detail())
	}
}

// Another attempt follows an error by what it is.
func TestIsErrorRetryable(t *testing.T) {
	t.Parallel()
	r := newRetryer(nil, withoutWaits)()
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"a body that broke off":       {io.ErrUnexpectedEOF, true},
		"an answer that is none":      {&diagnostics.UnreadableError{Problem: "x"}, false},
		"a proxy that wants a secret": {errors.New(`Get "https://x": Proxy Authentication Required`), false},
		"what the SDK knows":          {&smithy.GenericAPIError{Code: "ThrottlingException"}, true},
		"what the SDK does not know":  {errors.New("x"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := r.IsErrorRetryable(test.err); got != test.want {
				t.Errorf("retried: %t", got)
			}
		})
	}
}
