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

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// maxAnswer is the largest body that is read, in bytes. A page of a list has a
// hundred items of a few kilobytes at most.
const maxAnswer = 32 << 20

// addAnswerCheck puts [answerCheck] between the wire and the SDK's deserializer.
func addAnswerCheck(attemptLimit time.Duration) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		return stack.Deserialize.Insert(answerCheck{attemptLimit}, "OperationDeserializer", middleware.After)
	}
}

// answerCheck reads a body whole before the SDK parses it. The SDK takes an
// empty body, null, and an object with anything behind it for a success; and
// it reports a body that broke off as a parsing error, which it does not retry.
type answerCheck struct {
	attemptLimit time.Duration
}

// ID names the middleware in the SDK's stack.
func (answerCheck) ID() string { return "AnswerCheck" }

// HandleDeserialize hands the SDK an answer whose body is whole and, where the
// status is a success, one JSON object. Its errors are the connection's, or
// an [diagnostics.UnreadableError].
func (c answerCheck) HandleDeserialize(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	r := recordOf(ctx)
	if request, ok := in.Request.(*smithyhttp.Request); ok {
		r.endpoint = request.URL
	}
	out, metadata, err := next.HandleDeserialize(ctx, in)
	if err != nil {
		return out, metadata, c.tooLate(ctx, err)
	}
	response, ok := out.RawResponse.(*smithyhttp.Response)
	if !ok {
		return out, metadata, fmt.Errorf("unexpected transport response %T", out.RawResponse)
	}
	r.requestID = response.Header.Get("X-Amzn-Requestid")
	metadata.Set(recordKey{}, r)

	body, err := readBody(response.Body)
	if err != nil {
		return out, metadata, c.tooLate(ctx, err)
	}
	switch {
	case response.StatusCode >= http.StatusBadRequest:
		body = readableError(body)
	case response.StatusCode >= http.StatusMultipleChoices:
		err = redirected(response)
	default:
		if err = checkObject(body); err == nil {
			err = checkTimestamps(body)
		}
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return out, metadata, err
}

// tooLate is err in words, where the attempt's limit ended it: net/http's do
// not tell it from other limits. One of a connection's own says which it is.
func (c answerCheck) tooLate(ctx context.Context, err error) error {
	var connection *net.OpError
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &connection) {
		return &attemptTimeoutError{limit: c.attemptLimit, err: err}
	}
	return err
}

// attemptTimeoutError is an attempt that took as long as one may.
type attemptTimeoutError struct {
	limit time.Duration
	err   error
}

// Error says how long that is.
func (e *attemptTimeoutError) Error() string {
	return fmt.Sprintf("no whole answer within %s", e.limit)
}

// Unwrap returns net/http's error, by which the SDK knows that it may retry.
func (e *attemptTimeoutError) Unwrap() error { return e.err }

// readBody reads a body to its end, and closes it.
func readBody(from io.ReadCloser) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(from, maxAnswer+1))
	if closeErr := from.Close(); err == nil {
		err = closeErr
	}
	if err == nil && len(body) > maxAnswer {
		err = &diagnostics.UnreadableError{Problem: fmt.Sprintf("its body is larger than %d bytes", maxAnswer)}
	}
	return body, err
}

// readableError is the body of an error as it is, or where the SDK could not
// read it, one whose message quotes it. The SDK would forget the code in the
// header for it.
func readableError(body []byte) []byte {
	var known struct {
		Code    string
		Type    string `json:"__type"`
		Message string
	}
	err := json.NewDecoder(bytes.NewReader(body)).Decode(&known)
	if err == nil || errors.Is(err, io.EOF) {
		return body
	}
	// It is not shortened here, or a secret that it repeats would be cut, and
	// not be found. A map of strings can always be marshalled.
	readable, _ := json.Marshal(map[string]string{"Message": "its body cannot be read: " + string(body)})
	return readable
}

// redirected says where an answer points to instead of answering, or nothing
// where it only has such a status. The query may hold what is nobody's business.
func redirected(response *smithyhttp.Response) error {
	to, err := response.Location()
	if err != nil {
		return &diagnostics.UnreadableError{Problem: "its status is " + response.Status}
	}
	return &diagnostics.UnreadableError{Problem: fmt.Sprintf("it redirects to %s://%s%s", to.Scheme, to.Host, to.EscapedPath())}
}

// checkObject says what keeps a body from being one JSON object.
func checkObject(body []byte) error {
	trimmed := bytes.TrimLeft(body, " \t\r\n")
	switch {
	case len(trimmed) == 0:
		return &diagnostics.UnreadableError{Problem: "its body is empty"}
	case trimmed[0] != '{':
		return &diagnostics.UnreadableError{Problem: "its body is not a JSON object"}
	case json.Valid(trimmed):
		return nil
	}
	err := json.NewDecoder(bytes.NewReader(trimmed)).Decode(&json.RawMessage{})
	switch {
	case err == nil:
		return &diagnostics.UnreadableError{Problem: "there is something behind its JSON object"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		// What came is in order: the rest was lost on the way.
		return err
	}
	return &diagnostics.UnreadableError{Problem: fmt.Sprintf("its body is not valid JSON: %v", err)}
}
