// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// requestServer lets go of each request when it is over, and turns a panic
// into a diagnostic. The framework's server keeps the cancel function of every
// context that it is handed until Terraform stops it, and with it the whole
// request. Only the two requests that come once or more for every data source
// are worth it.
type requestServer struct {
	tfprotov6.ProviderServer
}

// ValidateDataResourceConfig validates one data source's arguments.
func (s requestServer) ValidateDataResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest,
) (resp *tfprotov6.ValidateDataResourceConfigResponse, err error) {
	ctx, release := releasable(ctx)
	defer release()
	defer recovered(ctx, req.TypeName, func(d *tfprotov6.Diagnostic) {
		resp, err = &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: []*tfprotov6.Diagnostic{d}}, nil
	})
	return s.ProviderServer.ValidateDataResourceConfig(ctx, req)
}

// ReadDataSource reads one data source.
func (s requestServer) ReadDataSource(
	ctx context.Context, req *tfprotov6.ReadDataSourceRequest,
) (resp *tfprotov6.ReadDataSourceResponse, err error) {
	ctx, release := releasable(ctx)
	defer release()
	defer recovered(ctx, req.TypeName, func(d *tfprotov6.Diagnostic) {
		resp, err = &tfprotov6.ReadDataSourceResponse{Diagnostics: []*tfprotov6.Diagnostic{d}}, nil
	})
	return s.ProviderServer.ReadDataSource(ctx, req)
}

// recovered is deferred: where the request panicked, it logs the stack and
// answers with a diagnostic.
func recovered(ctx context.Context, typeName string, answer func(*tfprotov6.Diagnostic)) {
	cause := recover()
	if cause == nil {
		return
	}
	tflog.Error(ctx, "panic", map[string]any{"data_source": typeName, "panic": fmt.Sprint(cause), "stack": string(debug.Stack())})
	answer(&tfprotov6.Diagnostic{
		Severity: tfprotov6.DiagnosticSeverityError,
		Summary:  "Bug in the provider",
		Detail: fmt.Sprintf("Reading %s panicked. This is not a fault of the configuration; please report it, "+
			"with the log that TF_LOG=ERROR writes.", typeName),
	})
}

// releasable returns a context that is the request's until release is called,
// and holds nothing of it thereafter.
func releasable(request context.Context) (ctx context.Context, release func()) {
	r := &requestContext{}
	r.current.Store(&request)
	return r, func() { r.current.Store(&over) }
}

// over is what a context becomes whose request is over: cancelled, with no
// values.
var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// requestContext forwards to the request's context while the request runs.
// Since Done and Value are the request's, contexts that are derived from it
// hang on the request's own and are cancelled with it.
type requestContext struct {
	current atomic.Pointer[context.Context]
}

// Deadline is the request's.
func (r *requestContext) Deadline() (time.Time, bool) { return (*r.current.Load()).Deadline() }

// Done is the request's, or closed when the request is over.
func (r *requestContext) Done() <-chan struct{} { return (*r.current.Load()).Done() }

// Err is the request's, or Canceled when the request is over.
func (r *requestContext) Err() error { return (*r.current.Load()).Err() }

// Value is the request's, or nil when the request is over.
func (r *requestContext) Value(key any) any { return (*r.current.Load()).Value(key) }
