// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// hidden stands where a secret stood.
const hidden = "***"

// The headers of a request that let whoever reads them act in its sender's name.
const (
	signatureHeader = "Authorization"
	tokenHeader     = "X-Amz-Security-Token"
)

// shortestSecret is the length below which a text is no secret of AWS's, and may
// be a word of the answer: simulated services take "test" for a token.
const shortestSecret = 8

// addSecretFilter puts [secretFilter] around the check of answers, which has
// read them whole.
func addSecretFilter(stack *middleware.Stack) error {
	return stack.Deserialize.Insert(secretFilter{}, "OperationDeserializer", middleware.After)
}

// secretFilter hides the request's session token and signature in errors that
// AWS answers with: where a signature is wrong, the message shows the request
// that should have been signed, and the token is in it.
type secretFilter struct{}

// ID names the middleware in the SDK's stack.
func (secretFilter) ID() string { return "SecretFilter" }

// HandleDeserialize hands on the answer without the request's secrets.
func (secretFilter) HandleDeserialize(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	request, isRequest := in.Request.(*smithyhttp.Request)
	response, isResponse := out.RawResponse.(*smithyhttp.Response)
	if err != nil || !isRequest || !isResponse || response.StatusCode < http.StatusMultipleChoices {
		return out, metadata, err
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return out, metadata, err
	}
	for _, secret := range secrets(request) {
		body = bytes.ReplaceAll(body, []byte(secret), []byte(hidden))
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return out, metadata, nil
}

// secrets are those that a request carries, also in the form in which some
// writers of JSON put them.
func secrets(request *smithyhttp.Request) []string {
	var all []string
	_, signature, _ := strings.Cut(request.Header.Get(signatureHeader), "Signature=")
	for _, secret := range []string{request.Header.Get(tokenHeader), signature} {
		if len(secret) >= shortestSecret {
			all = append(all, secret, strings.ReplaceAll(secret, "/", `\/`))
		}
	}
	return all
}
