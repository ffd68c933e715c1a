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

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/apierror"
)

// maxAnswer is the largest body that is read, in bytes. A page of a list has a
// hundred items of a few kilobytes at most.
const maxAnswer = 32 << 20

// addAnswerCheck puts [answerCheck] between the wire and the SDK's deserializer.
func addAnswerCheck(stack *middleware.Stack) error {
	return stack.Deserialize.Insert(answerCheck{}, "OperationDeserializer", middleware.After)
}

// answerCheck reads a body whole before the SDK parses it. The SDK takes an
// empty body, null, and an object with anything behind it for a success; and
// it reports a body that broke off as a parsing error, which it does not retry.
type answerCheck struct{}

// ID names the middleware in the SDK's stack.
func (answerCheck) ID() string { return "AnswerCheck" }

// HandleDeserialize hands the SDK an answer whose body is whole and, where the
// status is a success, one JSON object. Its errors are the connection's, or
// an [apierror.UnreadableError].
func (answerCheck) HandleDeserialize(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	if err != nil {
		return out, metadata, err
	}
	response, ok := out.RawResponse.(*smithyhttp.Response)
	if !ok {
		return out, metadata, fmt.Errorf("unexpected transport response %T", out.RawResponse)
	}

	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if closeErr := response.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return out, metadata, err
	}
	if len(body) > maxAnswer {
		return out, metadata, &apierror.UnreadableError{Problem: fmt.Sprintf("its body is larger than %d bytes", maxAnswer)}
	}
	response.Body = io.NopCloser(bytes.NewReader(body))

	if response.StatusCode >= 200 && response.StatusCode < 300 {
		err = checkObject(body)
	}
	return out, metadata, err
}

// checkObject says what keeps a body from being one JSON object.
func checkObject(body []byte) error {
	trimmed := bytes.TrimLeft(body, " \t\r\n")
	switch {
	case len(trimmed) == 0:
		return &apierror.UnreadableError{Problem: "its body is empty"}
	case trimmed[0] != '{':
		return &apierror.UnreadableError{Problem: "its body is not a JSON object"}
	case json.Valid(trimmed):
		return nil
	}
	err := json.NewDecoder(bytes.NewReader(trimmed)).Decode(&json.RawMessage{})
	switch {
	case err == nil:
		return &apierror.UnreadableError{Problem: "there is something behind its JSON object"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		// What came is in order: the rest was lost on the way.
		return err
	}
	return &apierror.UnreadableError{Problem: fmt.Sprintf("its body is not valid JSON: %v", err)}
}
