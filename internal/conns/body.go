// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"io"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// hideWriteTo adds a middleware that hides the method WriteTo of a request body.
// The SDK closes the body as soon as a response begins. If net/http then calls
// WriteTo to look for more data, the closed body returns io.EOF instead of
// nothing, and net/http closes the connection while the response is still being
// read. Without this middleware, three in a thousand POST responses are truncated
// on loopback.
func hideWriteTo(stack *middleware.Stack) error {
	return stack.Serialize.Add(middleware.SerializeMiddlewareFunc("HideWriteTo", func(
		ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler,
	) (middleware.SerializeOutput, middleware.Metadata, error) {
		if request, ok := in.Request.(*smithyhttp.Request); ok {
			if body, ok := request.GetStream().(io.ReadSeeker); ok {
				replaced, err := request.SetStream(struct{ io.ReadSeeker }{body})
				if err != nil {
					return middleware.SerializeOutput{}, middleware.Metadata{}, err
				}
				in.Request = replaced
			}
		}
		return next.HandleSerialize(ctx, in)
	}), middleware.After)
}
