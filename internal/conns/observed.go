// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"github.com/aws/smithy-go/middleware"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// record is what is learned of one call while it is under way. The SDK makes
// the attempts of a call one after the other, in the caller's goroutine.
type record struct {
	attempts  int
	lastError error // of the latest attempt that was to be retried
	endpoint  *url.URL
	requestID string
	// failed is an error with what is learned beside it.
	failed func(error) error
}

type recordKey struct{}

// recordOf returns the record of the call that ctx belongs to, or one that
// nobody reads.
func recordOf(ctx context.Context) *record {
	if r, ok := ctx.Value(recordKey{}).(*record); ok {
		return r
	}
	return &record{}
}

// observed is op whose errors are an [diagnostics.CallError]. Where problem is
// not nil, it says what makes an output no answer to its input, or nothing:
// the SDK takes an object without the members that are always there for a
// success, too.
func observed[In, Out any](c *Clients, sdk customerprofiles.Options, op Operation[In, Out], problem func(*In, *Out) string) Operation[In, Out] {
	return func(ctx context.Context, in *In, optFns ...func(*customerprofiles.Options)) (*Out, error) {
		r, begin := &record{}, time.Now()
		r.failed = func(err error) error { return c.callError(sdk, r, time.Since(begin), err) }
		out, err := op(context.WithValue(ctx, recordKey{}, r), in, optFns...)
		if err == nil && problem != nil {
			if text := problem(in, out); text != "" {
				err = &diagnostics.UnreadableError{Problem: text, RequestID: r.requestID}
			}
		}
		if err == nil {
			return out, nil
		}
		return nil, r.failed(err)
	}
}

// Unreadable is the error of a call whose answer, of that metadata, is found to
// be none only by those before it. The problem is as in
// [diagnostics.UnreadableError].
func Unreadable(metadata middleware.Metadata, problem string) error {
	r, ok := metadata.Get(recordKey{}).(*record)
	if !ok {
		return &diagnostics.UnreadableError{Problem: problem}
	}
	return r.failed(&diagnostics.UnreadableError{Problem: problem, RequestID: r.requestID})
}

// callError is err with what a diagnostic tells beside it.
func (c *Clients) callError(sdk customerprofiles.Options, r *record, elapsed time.Duration, err error) error {
	call := &diagnostics.CallError{
		Err:               err,
		Attempts:          r.attempts,
		MaxAttempts:       sdk.Retryer.MaxAttempts(),
		Elapsed:           elapsed,
		LastError:         r.lastError,
		CustomEndpoint:    sdk.BaseEndpoint != nil,
		CredentialsSource: c.credentials.lastSource(),
		Adaptive:          c.cfg.RetryMode == aws.RetryModeAdaptive,
	}
	if r.endpoint != nil {
		call.Endpoint = r.endpoint.Host
		call.Proxy = c.proxyOf(r.endpoint)
	}
	return call
}

// proxyOf is the host of the proxy that requests to endpoint go through, or
// empty where there is none. Its user and password are left out.
func (c *Clients) proxyOf(endpoint *url.URL) string {
	if c.proxy == nil {
		return ""
	}
	proxy, err := c.proxy(&http.Request{URL: endpoint})
	if err != nil || proxy == nil {
		return ""
	}
	return proxy.Host
}

// anotherWorkflow says what is wrong where an answer is not about the
// workflow that was asked for.
func anotherWorkflow(in *customerprofiles.GetWorkflowInput, out *customerprofiles.GetWorkflowOutput) string {
	switch {
	case out.WorkflowId == nil:
		return "it names no workflow"
	case *out.WorkflowId != aws.ToString(in.WorkflowId):
		return fmt.Sprintf("it is about workflow %q", *out.WorkflowId)
	}
	return ""
}

// stepsOfAnotherWorkflow says what is wrong where a page of steps is not of the
// workflow that was asked for. It need not say whose they are.
func stepsOfAnotherWorkflow(in *customerprofiles.GetWorkflowStepsInput, out *customerprofiles.GetWorkflowStepsOutput) string {
	if out.WorkflowId != nil && *out.WorkflowId != aws.ToString(in.WorkflowId) {
		return fmt.Sprintf("it is about workflow %q", *out.WorkflowId)
	}
	return ""
}

// anotherIntegration says what is wrong where an answer is not the integration
// that was asked for.
func anotherIntegration(in *customerprofiles.GetIntegrationInput, out *customerprofiles.GetIntegrationOutput) string {
	switch {
	case out.Uri == nil:
		return "it names no integration"
	case *out.Uri != aws.ToString(in.Uri):
		return fmt.Sprintf("it is about integration %q", *out.Uri)
	case out.DomainName != nil && *out.DomainName != aws.ToString(in.DomainName):
		return fmt.Sprintf("it is about domain %q", *out.DomainName)
	}
	return ""
}
