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

// maxIdleConnections is how many connections are kept for the next call. The
// SDK keeps ten: with terraform -parallelism=40 it would close and open one for
// every third call.
const maxIdleConnections = 200

// proxyFunc finds the proxy of a request, as [http.Transport.Proxy] does.
type proxyFunc func(*http.Request) (*url.URL, error)

// sharedHTTPClient returns the HTTP client that the SDK would use, in a form
// that it cannot copy: each copy would have a pool of connections of its own.
// One attempt is limited with it, which covers the body, too. It keeps the
// proxy and the CA bundle that cfg brings, and says how it finds the proxy.
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
	frozen := buildable.WithTimeout(o.attemptLimit).Freeze()
	if client, ok := frozen.(*http.Client); ok {
		// The API redirects nobody, and the SDK's client would follow a circle
		// of redirects for as long as it may.
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return frozen, proxy
}
