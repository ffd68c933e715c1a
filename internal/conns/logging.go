// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// addLogging puts [callLog] around the filter of secrets.
func addLogging(stack *middleware.Stack) error {
	return stack.Deserialize.Insert(callLog{}, "OperationDeserializer", middleware.After)
}

// callLog writes each attempt of a call to the log, at DEBUG, and what was sent
// and received to TRACE. It shows no signature and no session token, and never
// fails a call.
type callLog struct{}

// ID names the middleware in the SDK's stack.
func (callLog) ID() string { return "CallLog" }

// HandleDeserialize logs the attempt when it is over.
func (callLog) HandleDeserialize(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	if !tflog.IsDebug(ctx) {
		return next.HandleDeserialize(ctx, in)
	}
	fields := map[string]any{"operation": awsmiddleware.GetOperationName(ctx), "region": awsmiddleware.GetRegion(ctx)}
	bodies := map[string]any{}
	var secrets Secrets
	if request, ok := in.Request.(*smithyhttp.Request); ok {
		secrets = secretsOf(request)
		describeRequest(request, fields, bodies)
	}
	began := time.Now()
	out, metadata, err := next.HandleDeserialize(ctx, in)
	fields["duration_ms"] = time.Since(began).Milliseconds()
	if response, ok := out.RawResponse.(*smithyhttp.Response); ok && response.StatusCode != 0 {
		describeResponse(response, secrets, fields, bodies)
	}
	if err != nil {
		fields["error"] = secrets.hideKnown(err.Error())
	}
	tflog.Debug(ctx, "Customer Profiles was called", fields)
	if len(bodies) > 0 {
		tflog.Trace(ctx, "What was sent to and received from Customer Profiles", bodies)
	}
	return out, metadata, err
}

func describeRequest(request *smithyhttp.Request, fields, bodies map[string]any) {
	fields["method"] = request.Method
	fields["url"] = request.URL.Redacted()
	fields["attempt"] = attempt(request.Header)
	fields["request_headers"] = shownHeaders(request.Header)
	if body := requestBody(request); len(body) > 0 {
		bodies["request_body"] = string(body)
	}
}

// describeResponse hides the request's secrets wherever an answer may repeat
// them: who answers may be somebody else than the service.
func describeResponse(response *smithyhttp.Response, secrets Secrets, fields, bodies map[string]any) {
	fields["status"] = response.StatusCode
	fields["request_id"] = secrets.hideKnown(response.Header.Get("X-Amzn-RequestId"))
	headers := shownHeaders(response.Header)
	for name, value := range headers {
		headers[name] = secrets.hideKnown(value)
	}
	fields["response_headers"] = headers
	// The check of answers has read it already: this costs no waiting.
	body, err := io.ReadAll(response.Body)
	if err == nil && len(body) > 0 {
		bodies["response_body"] = secrets.hideKnown(string(body))
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
}

// attempt is the number that the SDK gives the attempt, from 1, as a text: it
// is the first of the header's pairs.
func attempt(header http.Header) string {
	_, pairs, _ := strings.Cut(header.Get("Amz-Sdk-Request"), "attempt=")
	number, _, _ := strings.Cut(pairs, ";")
	return number
}

// requestBody is what the request will send, or nothing where it cannot be
// read twice.
func requestBody(request *smithyhttp.Request) []byte {
	stream, ok := request.GetStream().(io.ReadSeeker)
	if !ok {
		return nil
	}
	body, _ := io.ReadAll(stream)
	if err := request.RewindStream(); err != nil {
		return nil
	}
	return body
}

// shownHeaders are headers without those that are secret.
func shownHeaders(header http.Header) map[string]string {
	shown := make(map[string]string, len(header))
	for name, values := range header {
		switch http.CanonicalHeaderKey(name) {
		case signatureHeader, tokenHeader, "Proxy-Authorization", "Cookie", "Set-Cookie":
			shown[name] = hidden
		default:
			shown[name] = strings.Join(values, ", ")
		}
	}
	return shown
}
