// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// hidden stands where a secret stood.
const hidden = "***"

// The headers of a request that let whoever reads them act in its sender's name.
const (
	signatureHeader = "Authorization"
	tokenHeader     = "X-Amz-Security-Token"
)

// shortestSecret is the length below which a text is no secret of AWS's, and may
// be a word of a message: simulated services take "test" for a key.
const shortestSecret = 8

// Messages of AWS and of the SDK in which secrets were seen.
var (
	// STS shows the request that should have been signed.
	signedToken = regexp.MustCompile(`(?i)(x-amz-security-token:)[^\s'"<&]+`)
	// The SDK shows all of what a credential_process printed.
	processOutput = regexp.MustCompile(`(?s)(parse failed of process output: ).*(, error: )`)
	urlUser       = regexp.MustCompile(`(://)[^/?#\s"]*@`)
)

// Secrets are texts that no log and no diagnostic may show.
type Secrets []string

// Hide returns an error's message without the secrets, and without those that
// some messages are known to show.
func (s Secrets) Hide(message string) string {
	message = signedToken.ReplaceAllString(s.hideKnown(message), "${1}"+hidden)
	message = processOutput.ReplaceAllString(message, "${1}(not shown)${2}")
	return urlUser.ReplaceAllString(message, "${1}"+hidden+"@")
}

// hideKnown returns the text without the secrets, also in the form in which
// some writers of JSON put them. What is JSON stays JSON.
func (s Secrets) hideKnown(text string) string {
	for _, secret := range s {
		if len(secret) >= shortestSecret {
			text = strings.ReplaceAll(text, secret, hidden)
			text = strings.ReplaceAll(text, strings.ReplaceAll(secret, "/", `\/`), hidden)
		}
	}
	return text
}

// secretsOf are those that a request carries.
func secretsOf(request *smithyhttp.Request) Secrets {
	_, signature, _ := strings.Cut(request.Header.Get(signatureHeader), "Signature=")
	return Secrets{request.Header.Get(tokenHeader), signature}
}

// addSecretFilter puts [secretFilter] around the check of answers, which has
// read them whole.
func addSecretFilter(stack *middleware.Stack) error {
	return stack.Deserialize.Insert(secretFilter{}, "OperationDeserializer", middleware.After)
}

// secretFilter hides the request's session token and signature in answers that
// a diagnostic shows: where a signature is wrong, AWS's message shows the
// request that should have been signed, and the token is in it.
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
	if !isRequest || !isResponse {
		return out, metadata, err
	}
	secrets := secretsOf(request)
	var unreadable *diagnostics.UnreadableError
	if errors.As(err, &unreadable) {
		unreadable.Problem = secrets.hideKnown(unreadable.Problem)
	}
	if err != nil || response.StatusCode < http.StatusMultipleChoices {
		return out, metadata, err
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return out, metadata, err
	}
	response.Body = io.NopCloser(strings.NewReader(secrets.hideKnown(string(body))))
	return out, metadata, nil
}
