// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"net/url"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/aws/smithy-go/middleware"
)

// sdkOperation is a method of the SDK's client.
type sdkOperation[In, Out any] func(context.Context, *In, ...func(*customerprofiles.Options)) (*Out, error)

// requester sends the requests of one Region.
type requester struct {
	clients *Clients
	options customerprofiles.Options

	mu     sync.Mutex
	pacers map[string]*pacer // by operation
}

// pacer returns the pacer that all requests of an operation share.
func (r *requester) pacer(operation string) *pacer {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pacers[operation] == nil {
		r.pacers[operation] = newPacer(r.clients.options)
	}
	return r.pacers[operation]
}

// operation returns the operation op of the SDK. Its output is checked: check
// returns the problem with the output, or an empty string.
func operation[In, Out any](
	r *requester, name string, op sdkOperation[In, Out], check func(*In, *Out) string,
) Operation[In, Out] {
	return func(ctx context.Context, in *In) (*Out, error) { return send(ctx, r.newRequest(name), op, in, check) }
}

func (r *requester) newRequest(operation string) *request {
	return &request{requester: r, operation: operation, started: time.Now()}
}

// send sends a request and checks the output of its operation.
func send[In, Out any](
	ctx context.Context, req *request, op sdkOperation[In, Out], in *In, check func(*In, *Out) string,
) (*Out, error) {
	out, err := op(ctx, in, req.configure)
	if err == nil {
		if problem := check(in, out); problem != "" {
			err = &MalformedResponseError{Problem: problem}
		}
	}
	if err != nil {
		return nil, req.newError(ctx, err)
	}
	return out, nil
}

// request collects the facts of a request across its attempts, which don't
// overlap. The SDK doesn't return these facts with an error: it discards the
// metadata of a failed operation, and a canceled backoff replaces the error of
// the last attempt.
type request struct {
	*requester
	operation        string
	started          time.Time
	firstRefused     time.Time // when an attempt was first refused on loopback
	attempts         int
	lastTransientErr error
	retryer          *retryer
	url              *url.URL
	statusCode       int
	requestID        string
	bodySize         int // of the last attempt's response
}

// configure has the SDK use the retryer and the middleware of this request.
func (r *request) configure(o *customerprofiles.Options) {
	if shared, ok := o.Retryer.(aws.RetryerV2); ok {
		if r.options.RetryMode != aws.RetryModeAdaptive { // It has a rate limit of its own.
			shared = &pacedRetryer{RetryerV2: shared, pacer: r.pacer(r.operation), request: r}
		}
		r.retryer = &retryer{RetryerV2: shared, request: r}
		o.Retryer = r.retryer
	}
	o.APIOptions = append(o.APIOptions, hideWriteTo, func(stack *middleware.Stack) error {
		return stack.Deserialize.Insert(middleware.DeserializeMiddlewareFunc("ReadResponse", r.readResponse),
			"OperationDeserializer", middleware.After)
	})
}

// newError returns err with the facts of the request.
func (r *request) newError(ctx context.Context, err error) *RequestError {
	failed := &RequestError{
		Operation:         r.operation,
		Region:            r.options.Region,
		Err:               err,
		LastTransientErr:  r.lastTransientErr,
		Attempts:          r.attempts,
		MaxAttempts:       r.options.Retryer.MaxAttempts(),
		Elapsed:           time.Since(r.started),
		StatusCode:        r.statusCode,
		RequestID:         r.requestID,
		EndpointSource:    r.clients.endpointSource,
		CredentialsSource: r.clients.credentials.source(),
		Transient:         ctx.Err() == nil && r.retryer != nil && r.retryer.IsErrorRetryable(err),
		Adaptive:          r.options.RetryMode == aws.RetryModeAdaptive,
	}
	if r.url != nil {
		failed.Endpoint = r.url.Host
		failed.Proxy = r.clients.client.ProxyHost(r.url)
	}
	return failed
}
