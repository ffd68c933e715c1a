// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

func adviseNoResponse(f failure) string {
	switch {
	case f.Endpoint != "":
		return fmt.Sprintf("%s %s %s", f.connectionHint(), f.proxyHint(), f.endpointHint())
	case f.EndpointSource != "":
		return f.endpointHint()
	}
	return fmt.Sprintf("Check the network, the proxy settings, and the endpoint, and that Customer Profiles is "+
		"available in %s.", f.Region)
}

// connectionHint says what is wrong with the connection, if the error shows it.
func (f failure) connectionHint() string {
	var endpoint *conns.InvalidEndpointError
	var alert *conns.TLSAlertError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(f.Err, &endpoint):
		return "The URL of the endpoint is invalid."
	case errors.As(f.Err, &alert):
		return fmt.Sprintf("Check whether %s requires a client certificate, which the provider doesn't support.", f.Endpoint)
	case errors.As(f.Err, &certificate):
		return fmt.Sprintf("Check the certificate of %s. If its CA is a private one, set custom_ca_bundle.", f.Endpoint)
	case errors.Is(f.Err, http.ErrSchemeMismatch):
		return fmt.Sprintf("Check the port, or replace https with http: %s doesn't use TLS.", f.Endpoint)
	case conns.IsRefusedOnLoopback(f.Err):
		return "Check the port: no program on this machine listens on it. The provider retried for only ten seconds."
	}
	return fmt.Sprintf("Check that this machine can reach %s.", f.Endpoint)
}

func (f failure) proxyHint() string {
	if f.Proxy == "" {
		return "No proxy is used."
	}
	return fmt.Sprintf("The proxy %s is used.", f.Proxy)
}

// endpointHint says what may be wrong with the endpoint. AWS has no host name
// for a Region without the service.
func (f failure) endpointHint() string {
	var dns *net.DNSError
	switch {
	case f.EndpointSource != "":
		return fmt.Sprintf("The endpoint is a custom one, set by %s: check its URL, and that it is running.",
			f.EndpointSource)
	case errors.As(f.Err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("The host name doesn't exist: Customer Profiles is probably not available in %s, or the Region "+
			"is misspelled. See %s for its Regions.", f.Region, regionsURL)
	}
	return fmt.Sprintf("Check that Customer Profiles is available in %s: %s.", f.Region, regionsURL)
}

func adviseProxyRefused(f failure) string {
	var refused *conns.ProxyRefusedError
	if errors.As(f.Err, &refused) && refused.StatusCode == http.StatusProxyAuthRequired {
		return fmt.Sprintf("The proxy requires a user and a password, or rejects them. Set them in its URL, as in "+
			"http://user:password@%s. The URL is set by https_proxy or http_proxy in the provider block, or by the "+
			"environment variable HTTPS_PROXY.", refused.Proxy)
	}
	return fmt.Sprintf("Allow connections to %s in the proxy. To connect without the proxy, add the host to no_proxy in "+
		"the provider block, or to the environment variable NO_PROXY.", f.Endpoint)
}

func adviseInvalidHeader(f failure) string {
	var invalid *conns.InvalidHeaderError
	if !errors.As(f.Err, &invalid) {
		return ""
	}
	const advice = "Remove the line break or the other control character from "
	switch invalid.Header {
	case "X-Amz-Security-Token":
		return advice + "the session token. " + f.credentialsSource()
	case "Authorization":
		return advice + "the access key. " + f.credentialsSource()
	case "User-Agent":
		return advice + "user_agent in the provider block, or from the environment variable TF_APPEND_USER_AGENT."
	}
	return advice + "the setting that this header comes from."
}
