// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

const (
	// maxBody is far more than a request of this API needs. The log keeps the
	// bodies of 1,000 calls.
	maxBody = 64 << 10
	// bodyTimeout is how long a client may take to send a body.
	bodyTimeout = 30 * time.Second
)

// request is a parsed HTTP request.
type request struct {
	*http.Request
	body       []byte
	bodyError  *Response         // the response if the body is incomplete, or nil
	operation  *operation        // nil if the method and the path match none
	params     map[string]string // unescaped, from the path
	auth       authorization     // incomplete if authError is not empty
	authError  string
	violations []string // of the API's constraints on parameters
	receivedAt time.Time
	elapsed    time.Duration // since the service started, or was reset
}

func readRequest(w http.ResponseWriter, r *http.Request) *request {
	req := &request{Request: r, receivedAt: time.Now()}
	req.operation, req.params = route(r)
	req.auth, req.authError = parseAuthorization(r.Header.Get("Authorization"))
	req.body, req.bodyError = readBody(w, r, maxBody)
	return req
}

// readBody returns an error response if the body is too large or does not arrive
// in time.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, *Response) {
	// A ReadTimeout of the server would also end requests that wait for their
	// response. A ResponseRecorder has no deadlines, but it has the whole body.
	controller := http.NewResponseController(w)
	_ = controller.SetReadDeadline(time.Now().Add(bodyTimeout))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var maxBytesErr *http.MaxBytesError
	switch {
	case errors.As(err, &maxBytesErr):
		return body, ErrorResponse(http.StatusRequestEntityTooLarge,
			"RequestEntityTooLargeException", "Request entity too large")
	case errors.Is(err, os.ErrDeadlineExceeded):
		// The deadline stays: the server must not wait for the rest of the body.
		response := ErrorResponse(http.StatusRequestTimeout, "RequestTimeoutException",
			fmt.Sprintf("The request body did not arrive within %s.", bodyTimeout))
		response.Header.Set("Connection", "close")
		return body, response
	case err != nil:
		panic(http.ErrAbortHandler) // The client closed the connection.
	}
	_ = controller.SetReadDeadline(time.Time{})
	return body, nil
}

// bodyMembers is a decoded body. Unlike the fields of a struct, the keys of a map
// are case-sensitive.
type bodyMembers map[string]json.RawMessage

// decodeBody decodes a JSON object, which may be absent.
func (req *request) decodeBody() (bodyMembers, *Response) {
	var members bodyMembers
	if len(req.body) == 0 {
		return members, nil
	}
	if !json.Valid(req.body) {
		return nil, malformedBody("It is not valid JSON.")
	}
	if json.Unmarshal(req.body, &members) != nil {
		return nil, malformedBody("It must be a JSON object.")
	}
	return members, nil
}

// decode decodes a member, which is left unchanged if it is absent or null. kind
// describes its type in an error.
func (m bodyMembers) decode(name, kind string, into any) *Response {
	if text, ok := m[name]; ok && json.Unmarshal(text, into) != nil {
		return malformedBody(fmt.Sprintf("%s must be %s.", name, kind))
	}
	return nil
}

func malformedBody(reason string) *Response {
	return ErrorResponse(http.StatusBadRequest, "SerializationException",
		"The request body cannot be read. "+reason)
}
