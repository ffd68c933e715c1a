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

// sharedHTTPClient returns the HTTP client that the SDK would use, in a form
// that the SDK can't copy, because each copy would have its own connection pool.
// It keeps the proxy and the CA bundle of cfg, and also returns the proxy
// function. The timeout of one attempt is set here because only the HTTP client
// applies it to the body.
func sharedHTTPClient(cfg aws.Config, o options) (aws.HTTPClient, proxyFunc) {
	httpClient := customerprofiles.NewFromConfig(cfg).Options().HTTPClient
	buildable, ok := httpClient.(*awshttp.BuildableClient)
	if !ok {
		return httpClient, nil
	}
	buildable = buildable.WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConns, t.MaxIdleConnsPerHost = maxIdleConnections, maxIdleConnections
		if o.dial != nil {
			t.DialContext = o.dial
		}
	})
	proxy := buildable.GetTransport().Proxy
	frozen := buildable.WithTimeout(o.attemptTimeout).Freeze()
	if client, ok := frozen.(*http.Client); ok {
		// The API never redirects, and the SDK's client would follow a redirect loop
		// until the timeout.
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return frozen, proxy
}
