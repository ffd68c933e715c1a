// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// transport rejects responses that net/http can't handle, and returns permanent
// faults as errors that no retryer of the SDK retries.
type transport struct {
	http.RoundTripper
}

// RoundTrip sends a request. It rejects the status 101 because its body is the
// connection itself, which net/http doesn't interrupt; and a redirect that
// [http.Client] would report as a failed connection.
func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.RoundTripper.RoundTrip(request)
	if err != nil {
		if request.Context().Err() == nil {
			err = describePermanent(request, err)
		}
		return nil, err
	}
	problem := ""
	switch {
	case response.StatusCode == http.StatusSwitchingProtocols:
		problem = "unexpected status " + response.Status
	case response.StatusCode >= http.StatusMultipleChoices:
		if _, err := response.Location(); err != nil && !errors.Is(err, http.ErrNoLocation) {
			problem = "unexpected status " + response.Status + " with an invalid Location header"
		}
	}
	if problem != "" {
		_ = response.Body.Close() // The response is discarded in any case.
		return nil, &MalformedResponseError{Problem: problem}
	}
	return response, nil
}

// refuseProxy is the OnProxyConnectResponse of [http.Transport], which has no
// error value for a proxy that doesn't open a tunnel.
func refuseProxy(_ context.Context, proxy *url.URL, _ *http.Request, response *http.Response) error {
	if response.StatusCode == http.StatusOK {
		return nil
	}
	return &ProxyRefusedError{Proxy: proxy.Host, Status: response.Status, StatusCode: response.StatusCode}
}

// describePermanent returns err as an error that isn't retried if another attempt
// would fail in the same way. Otherwise, it returns err.
func describePermanent(request *http.Request, err error) error {
	if header := invalidHeader(request.Header); header != "" {
		return &InvalidHeaderError{Header: header}
	}
	var port *net.AddrError
	if isHTTP := request.URL.Scheme == "http" || request.URL.Scheme == "https"; !isHTTP ||
		request.URL.Hostname() == "" || errors.As(err, &port) {
		return &InvalidEndpointError{Err: err}
	}
	if problem := unparsable(err); problem != "" {
		return &MalformedResponseError{Problem: problem}
	}
	return describeTLS(err)
}

// describeTLS returns a permanent error if a TLS handshake would fail in each
// attempt. Otherwise, it returns err.
func describeTLS(err error) error {
	var certificate *tls.CertificateVerificationError
	var header tls.RecordHeaderError
	var remote *net.OpError
	switch {
	case errors.As(err, &certificate):
		return &permanentError{error: err}
	case errors.As(err, &header) && string(header.RecordHeader[:]) == "HTTP/":
		return &permanentError{error: http.ErrSchemeMismatch} // as http.Client does
	case errors.As(err, &remote) && remote.Op == "remote error":
		switch alert := remote.Err.Error(); alert {
		case "tls: certificate required", "tls: bad certificate", "tls: handshake failure",
			"tls: protocol version not supported", "tls: unrecognized name":
			return &TLSAlertError{Alert: alert}
		}
	}
	return err
}

// invalidHeader returns the name of a header that net/http doesn't send because
// of its value, or an empty string.
func invalidHeader(header http.Header) string {
	isControl := func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }
	for name, values := range header {
		for _, value := range values {
			if strings.ContainsFunc(value, isControl) {
				return name
			}
		}
	}
	return ""
}

// brokenConnection precedes the errors of net/http about a response.
const brokenConnection = "net/http: HTTP/1.x transport connection broken: "

// cutLine matches the errors about a line that may be the beginning of a valid
// one, because the connection was closed.
var cutLine = regexp.MustCompile(`^malformed (?:MIME header (?:initial )?line: "[^:]*"$|MIME header: missing colon|` +
	`HTTP response "H?T?T?P?(?:/.*)?"$|HTTP status code "[0-9]{0,2}"$)`)

// unparsable returns why net/http couldn't parse the head of a response, or an
// empty string if it failed because of the connection. The types of most of
// these errors aren't exported.
func unparsable(err error) string {
	problem, ok := strings.CutPrefix(err.Error(), brokenConnection)
	var network net.Error
	if !ok || errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ""
	}
	if cutLine.MatchString(problem) {
		return ""
	}
	return problem
}
