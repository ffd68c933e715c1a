// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// A refused connection on loopback is given up after ten seconds, because it is
// almost always a wrong port. All others are retried until the attempts end.
func TestRefusedConnection(t *testing.T) {
	t.Parallel()
	const maxAttempts = 25
	for name, tc := range map[string]struct {
		endpoint, proxy string
		address         string // that the connection is refused by
		err             error
		isLoopback      bool
	}{
		"loopback":           {endpoint: "http://localhost:1", address: "127.0.0.1", isLoopback: true},
		"IPv6 loopback":      {endpoint: "http://[::1]:1", address: "::1", isLoopback: true},
		"proxy on loopback":  {endpoint: "http://a", proxy: "http://127.0.0.1:1", address: "127.0.0.1", isLoopback: true},
		"tunnel on loopback": {endpoint: "https://a", proxy: "http://127.0.0.1:1", address: "127.0.0.1", isLoopback: true},
		"loopback on Windows": {
			endpoint: "http://localhost:1", address: "127.0.0.1", err: errWindowsRefused, isLoopback: true,
		},
		"another machine":   {endpoint: "http://10.0.0.1:1", address: "10.0.0.1"},
		"reset on loopback": {endpoint: "http://localhost:1", address: "127.0.0.1", err: syscall.ECONNRESET},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cfg := testConfig()
				cfg.Retryer = func() aws.Retryer {
					return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxAttempts = maxAttempts })
				}
				cfg.HTTPClient = awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) {
					if proxy, err := url.Parse(tc.proxy); tc.proxy != "" && err == nil {
						tr.Proxy = http.ProxyURL(proxy)
					}
				})
				refuse := WithDialer(func(_ context.Context, network, _ string) (net.Conn, error) {
					cause := tc.err
					if cause == nil {
						cause = syscall.ECONNREFUSED
					}
					return nil, &net.OpError{
						Op: "dial", Net: network, Addr: &net.TCPAddr{IP: net.ParseIP(tc.address), Port: 1},
						Err: os.NewSyscallError("connect", cause),
					}
				})
				failed := requestError(t, getWorkflow(t.Context(), clientOf(t, New(cfg, tc.endpoint, NewRedactor(), refuse))))
				if !failed.Transient || IsRefusedOnLoopback(failed) != tc.isLoopback {
					t.Errorf("error %v, transient %t, loopback %t", failed, failed.Transient, IsRefusedOnLoopback(failed))
				}
				if gaveUp := failed.Attempts < maxAttempts; gaveUp != tc.isLoopback {
					t.Errorf("%d attempts", failed.Attempts)
				}
				if tc.isLoopback && failed.Elapsed != 10*time.Second {
					t.Errorf("gave up after %s, want 10s", failed.Elapsed)
				}
			})
		})
	}
}

// The time before the first refused attempt doesn't count, because a request may
// have waited for its pace.
func TestRefusedConnection_afterWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &retryer{
			RetryerV2: retry.NewStandard(),
			request: &request{
				requester: &requester{clients: New(testConfig(), "", NewRedactor())}, started: time.Now(),
			},
		}
		refused := &net.OpError{
			Op: "dial", Addr: &net.TCPAddr{IP: net.ParseIP("127.0.0.1"), Port: 1}, Err: syscall.ECONNREFUSED,
		}
		for _, wantErr := range []bool{false, true} {
			time.Sleep(loopbackTimeout)
			if _, err := r.RetryDelay(1, refused); (err != nil) != wantErr {
				t.Errorf("error %v, want one: %t", err, wantErr)
			}
		}
	})
}
