// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"io"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// addPlainBody puts [plainBody] behind what serializes the request.
func addPlainBody(stack *middleware.Stack) error {
	return stack.Serialize.Add(plainBody{}, middleware.After)
}

// plainBody hides that a request's body can write itself. The SDK closes the
// body as soon as an answer begins, and a closed body that is asked to write
// itself, as net/http does to see whether there is more, fails with io.EOF
// instead of writing nothing: net/http then closes the connection, while the
// answer is still being read. A service that answers at once, as one on this
// machine does, breaks off three answers in a thousand so.
type plainBody struct{}

// ID names the middleware in the SDK's stack.
func (plainBody) ID() string { return "PlainBody" }

// HandleSerialize replaces the body by one that can only be read and rewound.
func (plainBody) HandleSerialize(
	ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler,
) (middleware.SerializeOutput, middleware.Metadata, error) {
	if request, ok := in.Request.(*smithyhttp.Request); ok {
		if body, ok := request.GetStream().(io.ReadSeeker); ok {
			plain, err := request.SetStream(struct{ io.ReadSeeker }{body})
			if err != nil {
				return middleware.SerializeOutput{}, middleware.Metadata{}, err
			}
			in.Request = plain
		}
	}
	return next.HandleSerialize(ctx, in)
}
