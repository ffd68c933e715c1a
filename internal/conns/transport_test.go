// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// startRawServer returns the URL of a server that responds with raw bytes, and
// keeps each connection open.
func startRawServer(t *testing.T, raw string) string {
	t.Helper()
	closed := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		if _, err := io.WriteString(conn, raw); err != nil {
			t.Error(err)
		}
		<-closed
		_ = conn.Close()
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(closed) })
	return server.URL
}

// A response ends with its context, even if the server keeps the connection open.
func TestResponseEndsWithContext(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"stalled body":         "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
		"stalled chunk":        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
		"stalled gzip header":  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b",
		"body without an end":  "HTTP/1.1 200 OK\r\n\r\n{",
		"stalled error":        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100\r\n\r\n{",
		"early hints, no more": "HTTP/1.1 103 Early Hints\r\n\r\n",
		"stalled header":       "HTTP/1.1 200 OK\r\nX-Amzn-",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, New(testConfig(), startRawServer(t, raw), NewRedactor(), withoutBackoff()))
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			err := getWorkflow(ctx, client)
			if !errors.Is(err, context.DeadlineExceeded) || requestError(t, err).Transient {
				t.Errorf("error %v, want %v, which isn't transient", err, context.DeadlineExceeded)
			}
			limited := New(testConfig(), startRawServer(t, raw), NewRedactor(), withoutBackoff(),
				WithAttemptTimeout(100*time.Millisecond))
			failed := requestError(t, getWorkflow(t.Context(), clientOf(t, limited)))
			var exceeded *attemptTimeoutError
			if !errors.As(failed, &exceeded) || failed.Attempts != 3 || !failed.Transient {
				t.Errorf("error %v after %d attempts, transient %t", failed, failed.Attempts, failed.Transient)
			}
		})
	}
}

// net/http never interrupts the body of this status, which is the connection.
func TestSwitchingProtocols(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"upgrade":            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n{",
		"without an upgrade": "HTTP/1.1 101 Switching Protocols\r\n\r\n{",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, New(testConfig(), startRawServer(t, raw), NewRedactor(), withoutBackoff()))
			failed := requestError(t, getWorkflow(t.Context(), client))
			var malformed *MalformedResponseError
			if !errors.As(failed, &malformed) || malformed.Problem != "unexpected status 101 Switching Protocols" {
				t.Errorf("error %v", failed)
			}
			if failed.Attempts != 1 || failed.Transient {
				t.Errorf("%d attempts, transient %t", failed.Attempts, failed.Transient)
			}
			if retry.NewStandard().IsErrorRetryable(failed) {
				t.Error("the SDK's retryer retries it")
			}
		})
	}
}

func TestNewHTTPClient(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	client := NewHTTPClient(cfg)
	cfg.HTTPClient = client
	clients := New(cfg, "", NewRedactor())
	if clients.client != client || client.proxy == nil {
		t.Error("New replaces the client of NewHTTPClient")
	}
}

// respondRaw returns a server's URL that sends raw bytes and closes the connection.
func respondRaw(t *testing.T, raw string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, raw)
		_ = conn.Close()
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestUnparsableResponse(t *testing.T) {
	t.Parallel()
	const status = "HTTP/1.1 200 OK\r\n"
	for name, tc := range map[string]struct{ raw, problem string }{
		"not HTTP":              {"SSH-2.0-OpenSSH_9.6\r\n", `malformed HTTP response "SSH-2.0-OpenSSH_9.6"`},
		"greeting":              {"220 mail ESMTP\r\n", `malformed HTTP status code "mail"`},
		"TLS alert":             {"\x15\x03\x01\x00\x02\x02\x50\n", `malformed HTTP response "\x15\x03`},
		"unknown version":       {"HTTQ/1.1 200 OK\r\n\r\n", `malformed HTTP version "HTTQ/1.1"`},
		"control character":     {status + "X-A: a\x1bb\r\n\r\n", `malformed MIME header line: "X-A: a\x1bb"`},
		"header without a name": {status + "X-A: a\r\n: b\r\n\r\n", `malformed MIME header line: ": b"`},
		"two lengths":           {status + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "multiple Content-Length"},
		"invalid length":        {status + "Content-Length: x\r\n\r\n", `bad Content-Length "x"`},
		"unknown encoding":      {status + "Transfer-Encoding: x\r\n\r\n", `unsupported transfer encoding: "x"`},
		"302, invalid URL":      {"HTTP/1.1 302 Found\r\nLocation: https://[\r\n\r\n", "unexpected status 302 Found with an"},
		"308, invalid URL":      {"HTTP/1.1 308 X\r\nLocation: %zz\r\n\r\n", "unexpected status 308 X with an invalid Loca"},
		"cut version":           {raw: "HTT"},
		"cut protocol":          {raw: "HTTP/1."},
		"cut status code":       {raw: "HTTP/1.1 20"},
		"cut status":            {raw: "HTTP/1.1 200 O"},
		"cut name of a header":  {raw: status + "X-Amzn-Req"},
		"cut name, not first":   {raw: status + "X-A: b\r\nX-Amzn-Req"},
		"cut value of a header": {raw: status + "X-A: b"},
		"cut end of the head":   {raw: status + "X-A: b\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, New(testConfig(), respondRaw(t, tc.raw), NewRedactor(), withoutBackoff()))
			failed := requestError(t, getWorkflow(t.Context(), client))
			if isTransient := tc.problem == ""; failed.Transient != isTransient || (failed.Attempts == 3) != isTransient {
				t.Errorf("error %v after %d attempts, transient %t", failed, failed.Attempts, failed.Transient)
			}
			var malformed *MalformedResponseError
			if tc.problem != "" && (!errors.As(failed, &malformed) || !strings.Contains(malformed.Problem, tc.problem)) {
				t.Errorf("error %v, want %s", failed, tc.problem)
			}
		})
	}
}

func TestProxyRefusesTunnel(t *testing.T) {
	t.Parallel()
	for status, attempts := range map[int]int{302: 1, 403: 1, 404: 1, 407: 1, 429: 1, 500: 3, 502: 3, 503: 3} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			proxy := httptest.NewServer(respond(status))
			t.Cleanup(proxy.Close)
			cfg := testConfig()
			cfg.HTTPClient = awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) {
				tr.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(proxy.URL) }
			})
			client := clientOf(t, New(cfg, "https://profile.example.com", NewRedactor(), withoutBackoff()))
			failed := requestError(t, getWorkflow(t.Context(), client))
			var refused *ProxyRefusedError
			if !errors.As(failed, &refused) || refused.StatusCode != status || refused.Proxy != failed.Proxy {
				t.Fatalf("error %v", failed)
			}
			if failed.Attempts != attempts || failed.Transient != (attempts > 1) {
				t.Errorf("%d attempts, transient %t", failed.Attempts, failed.Transient)
			}
		})
	}
}

func TestInvalidHeader(t *testing.T) {
	t.Parallel()
	for header, credentials := range map[string]aws.Credentials{
		"X-Amz-Security-Token": {AccessKeyID: "AKID", SecretAccessKey: testSecret, SessionToken: testToken + "\n"},
		"Authorization":        {AccessKeyID: "AK\nID", SecretAccessKey: testSecret},
	} {
		t.Run(header, func(t *testing.T) {
			t.Parallel()
			cfg := testConfig()
			cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
				return credentials, nil
			})
			client := clientOf(t, New(cfg, "http://127.0.0.1:1", NewRedactor(), withoutBackoff()))
			failed := requestError(t, getWorkflow(t.Context(), client))
			var invalid *InvalidHeaderError
			if !errors.As(failed, &invalid) || invalid.Header != header || failed.Attempts != 1 || failed.Transient {
				t.Errorf("error %v after %d attempts, transient %t", failed, failed.Attempts, failed.Transient)
			}
		})
	}
}

func TestInvalidEndpoint(t *testing.T) {
	t.Parallel()
	for _, endpoint := range []string{
		"localhost:8080", "/localhost", "ftp://localhost", "http://", "https://:443", "http://localhost:99999",
	} {
		t.Run(endpoint, func(t *testing.T) {
			t.Parallel()
			client := clientOf(t, New(testConfig(), endpoint, NewRedactor(), withoutBackoff()))
			failed := requestError(t, getWorkflow(t.Context(), client))
			var invalid *InvalidEndpointError
			if !errors.As(failed, &invalid) || failed.Attempts != 1 || failed.Transient {
				t.Errorf("error %v after %d attempts, transient %t", failed, failed.Attempts, failed.Transient)
			}
		})
	}
}

func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(respond(http.StatusOK))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // It would log the refused handshake.
	server.StartTLS()
	t.Cleanup(server.Close)
	client := clientOf(t, New(testConfig(), server.URL, NewRedactor(), withoutBackoff()))
	failed := requestError(t, getWorkflow(t.Context(), client))
	var certificate *tls.CertificateVerificationError
	if !errors.As(failed, &certificate) || failed.Attempts != 1 || failed.Transient {
		t.Errorf("error %v after %d attempts, transient %t", failed, failed.Attempts, failed.Transient)
	}
}

func TestHTTPInsteadOfHTTPS(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(respond(http.StatusOK))
	t.Cleanup(server.Close)
	endpoint := strings.Replace(server.URL, "http:", "https:", 1)
	client := clientOf(t, New(testConfig(), endpoint, NewRedactor(), withoutBackoff()))
	failed := requestError(t, getWorkflow(t.Context(), client))
	if !errors.Is(failed, http.ErrSchemeMismatch) || failed.Attempts != 1 || failed.Transient {
		t.Errorf("error %v after %d attempts, transient %t", failed, failed.Attempts, failed.Transient)
	}
}

func TestClientCertificateRequired(t *testing.T) {
	t.Parallel()
	for version, alert := range map[uint16]string{
		tls.VersionTLS13: "tls: certificate required", tls.VersionTLS12: "tls: handshake failure",
	} {
		t.Run(tls.VersionName(version), func(t *testing.T) {
			t.Parallel()
			server := httptest.NewUnstartedServer(respond(http.StatusOK))
			server.Config.ErrorLog = log.New(io.Discard, "", 0) // It would log the refused handshakes.
			server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: version, MinVersion: version}
			server.StartTLS()
			t.Cleanup(server.Close)
			cfg := testConfig()
			cfg.HTTPClient = awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) {
				tr.TLSClientConfig.RootCAs = x509.NewCertPool()
				tr.TLSClientConfig.RootCAs.AddCert(server.Certificate())
			})
			client := clientOf(t, New(cfg, server.URL, NewRedactor(), withoutBackoff()))
			failed := requestError(t, getWorkflow(t.Context(), client))
			var refused *TLSAlertError
			if !errors.As(failed, &refused) || refused.Alert != alert || failed.Attempts != 1 || failed.Transient {
				t.Errorf("error %v after %d attempts, transient %t", failed, failed.Attempts, failed.Transient)
			}
		})
	}
}
