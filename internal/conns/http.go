// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"net/http"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

// maxIdleConnections is the number of idle connections that are kept. The SDK
// keeps ten: with terraform -parallelism=40, it would open a connection for
// every third request.
const maxIdleConnections = 200

// proxyFunc returns the proxy of a request, like [http.Transport.Proxy].
type proxyFunc func(*http.Request) (*url.URL, error)

// HTTPClient is an HTTP client that knows its proxy. It is safe for concurrent use.
type HTTPClient struct {
	aws.HTTPClient
	proxy proxyFunc // nil if it isn't known
}

// ProxyHost returns the host of the proxy for requests to endpoint, without its
// user and password. It returns an empty string if there is no proxy.
func (c *HTTPClient) ProxyHost(endpoint *url.URL) string {
	if c.proxy == nil {
		return ""
	}
	proxy, err := c.proxy(&http.Request{URL: endpoint})
	if err != nil || proxy == nil {
		return ""
	}
	return proxy.Host
}

// NewHTTPClient returns the HTTP client that the SDK would use with cfg, in a form
// that the SDK can't copy, because each copy would have its own connection pool.
// It keeps the proxy and the CA bundle of cfg, follows no redirect, and limits the
// duration of an attempt. It can be shared by the clients of several services, and
// [New] uses it as it is.
func NewHTTPClient(cfg aws.Config, opts ...Option) *HTTPClient {
	return newHTTPClient(cfg, newOptions(opts))
}

func newHTTPClient(cfg aws.Config, o options) *HTTPClient {
	client := customerprofiles.NewFromConfig(cfg).Options().HTTPClient
	if shared, ok := client.(*HTTPClient); ok {
		return shared
	}
	buildable, ok := client.(*awshttp.BuildableClient)
	if !ok {
		return &HTTPClient{HTTPClient: client}
	}
	buildable = buildable.WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConns, t.MaxIdleConnsPerHost = maxIdleConnections, maxIdleConnections
		t.OnProxyConnectResponse = refuseProxy
		if o.dial != nil {
			t.DialContext = o.dial
		}
	})
	proxy := buildable.GetTransport().Proxy
	// The timeout of an attempt is set here because only the HTTP client applies it
	// to the body.
	frozen := buildable.WithTimeout(o.attemptTimeout).Freeze()
	if client, ok := frozen.(*http.Client); ok {
		client.Transport = transport{client.Transport}
		// The API never redirects, and the SDK's client would follow a redirect loop
		// until the timeout.
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return &HTTPClient{HTTPClient: frozen, proxy: proxy}
}
