// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const (
	// maxBodySize is the maximum size of a response body in bytes. A page of a list
	// has at most a hundred items of a few kilobytes.
	maxBodySize = 8 << 20
	// maxErrorSize is the maximum size of the body of an error in bytes.
	maxErrorSize = 64 << 10
)

// missingLocation is the target that the SDK's HTTP client adds to a redirect
// without one.
const missingLocation = "https://amazonaws.com/badhttpredirectlocation"

// readResponse is a middleware that reads, checks, and logs the response of each
// attempt before the SDK parses it. The SDK accepts an empty body, null, and data
// after the JSON object as success, and it doesn't retry a truncated body.
//
// It returns a response whose body was read completely and, if the status code is
// a success, is one JSON object. Its error is the connection's or a
// [MalformedResponseError].
func (r *request) readResponse(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	started := time.Now()
	sent, ok := in.Request.(*smithyhttp.Request)
	if !ok {
		return middleware.DeserializeOutput{}, middleware.Metadata{}, fmt.Errorf("unexpected request type %T", in.Request)
	}
	r.url = sent.URL

	out, metadata, err := next.HandleDeserialize(ctx, in)
	received, ok := out.RawResponse.(*smithyhttp.Response)
	if err == nil && !ok {
		err = fmt.Errorf("unexpected response type %T", out.RawResponse)
	}
	var body []byte
	if err == nil {
		r.statusCode, r.requestID = received.StatusCode, received.Header.Get("X-Amzn-Requestid")
		body, err = readBody(received)
		r.bodySize = len(body)
	}
	if err == nil {
		err = checkResponse(received, body)
		parsable := parsableBody(received.StatusCode, body)
		if err == nil && received.StatusCode < http.StatusMultipleChoices {
			parsable, err = keepNulls(body)
		}
		received.Body = io.NopCloser(bytes.NewReader(parsable))
	}
	err = r.describeTimeout(ctx, err)
	r.log(ctx, started, sent, received, body, err)
	return out, metadata, err
}

// describeTimeout returns err with the attempt's time limit if this limit was
// exceeded. Timeouts of the context and of a single connection are returned as
// they are.
func (r *request) describeTimeout(ctx context.Context, err error) error {
	var connection *net.OpError
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &connection) {
		return &attemptTimeoutError{limit: r.clients.attemptTimeout, err: err}
	}
	return err
}

// readBody reads a body to its end and closes it. The body of an error is cut after
// maxBodySize, because its status code and its header are enough.
func readBody(response *smithyhttp.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBodySize+1))
	if closeErr := response.Body.Close(); err == nil {
		err = closeErr
	}
	if err == nil && len(body) > maxBodySize && response.StatusCode < http.StatusBadRequest {
		err = &MalformedResponseError{Problem: fmt.Sprintf("the body is larger than %d bytes", maxBodySize)}
	}
	return body, err
}

// checkResponse returns a [MalformedResponseError] for a redirect and for a
// successful response whose body isn't one JSON object. For a truncated body it
// returns [io.ErrUnexpectedEOF].
func checkResponse(response *smithyhttp.Response, body []byte) error {
	switch {
	case response.StatusCode >= http.StatusBadRequest:
		return nil
	case response.StatusCode >= http.StatusMultipleChoices:
		return checkRedirect(response)
	}
	trimmed := bytes.TrimLeft(body, " \t\r\n")
	switch {
	case len(trimmed) == 0:
		return &MalformedResponseError{Problem: "the body is empty"}
	case trimmed[0] != '{':
		return &MalformedResponseError{Problem: "the body isn't a JSON object"}
	case json.Valid(trimmed):
		return nil
	}
	err := json.NewDecoder(bytes.NewReader(trimmed)).Decode(&json.RawMessage{})
	switch {
	case err == nil:
		return &MalformedResponseError{Problem: "the body has data after its JSON object"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return err
	}
	return &MalformedResponseError{Problem: fmt.Sprintf("the body isn't valid JSON: %v", err)}
}

// checkRedirect returns the target of a redirect as an error. The API doesn't
// redirect. The path and the query of the target are left out, because a secret in
// them that a "?" or "#" divides can't be redacted.
func checkRedirect(response *smithyhttp.Response) error {
	to, err := response.Location()
	if err != nil || to.String() == missingLocation {
		return &MalformedResponseError{Problem: "unexpected status " + response.Status}
	}
	return &MalformedResponseError{
		Problem: fmt.Sprintf("unexpected redirect to %s://%s", to.Scheme, to.Host),
	}
}

// parsableBody returns a body that the SDK can parse. If an error response isn't
// JSON, its text becomes the message; otherwise, the SDK would discard the error
// code in the header. A body that is too large is left out.
func parsableBody(status int, body []byte) []byte {
	switch {
	case status < http.StatusBadRequest:
		return body
	case len(body) > maxErrorSize:
		return fmt.Appendf(nil, `{"Message": "the body is larger than %d bytes"}`, maxErrorSize)
	}
	var known struct {
		Code    string
		Type    string `json:"__type"`
		Message string
	}
	err := json.NewDecoder(bytes.NewReader(body)).Decode(&known)
	if err == nil || errors.Is(err, io.EOF) {
		return body
	}
	message, _ := json.Marshal(map[string]string{"Message": "malformed body: " + string(body)}) // Strings never fail.
	return message
}
