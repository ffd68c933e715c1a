// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import "net/http"

// transport returns responses that end with the context of their request. It
// returns faults that remain as errors that no retryer of the SDK retries.
type transport struct {
	http.RoundTripper
}

// RoundTrip sends a request. It rejects the status 101 because its body is the
// connection itself, which net/http doesn't interrupt.
func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.RoundTripper.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusSwitchingProtocols {
		_ = response.Body.Close() // The response is discarded, whether that succeeds or not.
		return nil, &MalformedResponseError{Problem: "unexpected status " + response.Status}
	}
	return response, nil
}
