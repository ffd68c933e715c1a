// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// Logger writes to the provider's log, and redacts all secrets in messages and
// fields. It is safe for concurrent use.
type Logger struct {
	redactor *Redactor
}

// NewLogger returns a logger that uses redactor.
func NewLogger(redactor *Redactor) *Logger { return &Logger{redactor: redactor} }

// Trace logs a message at the level TRACE.
func (l *Logger) Trace(ctx context.Context, message string, fields ...map[string]any) {
	tflog.Trace(ctx, l.redactor.Redact(message), l.redact(fields)...)
}

// Debug logs a message at the level DEBUG.
func (l *Logger) Debug(ctx context.Context, message string, fields ...map[string]any) {
	tflog.Debug(ctx, l.redactor.Redact(message), l.redact(fields)...)
}

// Info logs a message at the level INFO.
func (l *Logger) Info(ctx context.Context, message string, fields ...map[string]any) {
	tflog.Info(ctx, l.redactor.Redact(message), l.redact(fields)...)
}

// Warn logs a message at the level WARN.
func (l *Logger) Warn(ctx context.Context, message string, fields ...map[string]any) {
	tflog.Warn(ctx, l.redactor.Redact(message), l.redact(fields)...)
}

// IsDebug reports whether messages at the level DEBUG are written.
func (*Logger) IsDebug(ctx context.Context) bool { return tflog.IsDebug(ctx) }

func (l *Logger) redact(fields []map[string]any) []map[string]any {
	redacted := make([]map[string]any, len(fields))
	for i := range fields {
		redacted[i] = make(map[string]any, len(fields[i]))
		for key, value := range fields[i] {
			redacted[i][l.redactor.Redact(key)] = l.redactor.redactValue(value)
		}
	}
	return redacted
}

// log writes an attempt to the log: its facts at DEBUG, its bodies at TRACE.
func (r *request) log(
	ctx context.Context, started time.Time,
	sent *smithyhttp.Request, received *smithyhttp.Response, body []byte, err error,
) {
	logger := r.clients.logger
	if !logger.IsDebug(ctx) {
		return
	}
	fields := map[string]any{
		"operation":       r.operation,
		"region":          r.options.Region,
		"attempt":         r.attempts,
		"method":          sent.Method,
		"url":             sent.URL.Redacted(),
		"request_headers": loggedHeaders(sent.Header),
		"duration_ms":     time.Since(started).Milliseconds(),
	}
	bodies := map[string]any{}
	if content := requestBody(sent); content != "" {
		bodies["request_body"] = content
	}
	if received != nil && received.Response != nil {
		fields["status"] = received.StatusCode
		fields["request_id"] = received.Header.Get("X-Amzn-Requestid")
		fields["response_headers"] = loggedHeaders(received.Header)
	}
	if len(body) > 0 {
		bodies["response_body"] = string(body)
	}
	if err != nil {
		fields["error"] = err.Error()
	}
	logger.Debug(ctx, "Customer Profiles request", fields)
	if len(bodies) > 0 {
		logger.Trace(ctx, "Customer Profiles request and response bodies", bodies)
	}
}

// requestBody returns the body of a request, or an empty string if it can't be
// read twice.
func requestBody(request *smithyhttp.Request) string {
	stream, ok := request.GetStream().(io.ReadSeeker)
	if !ok {
		return ""
	}
	if err := request.RewindStream(); err != nil {
		return ""
	}
	body, _ := io.ReadAll(stream)
	if err := request.RewindStream(); err != nil {
		return ""
	}
	return string(body)
}

// loggedHeaders returns headers whose values are safe to log.
func loggedHeaders(header http.Header) map[string]any {
	logged := make(map[string]any, len(header))
	for name, values := range header {
		switch http.CanonicalHeaderKey(name) {
		case "Authorization", "X-Amz-Security-Token", "Proxy-Authorization", "Cookie", "Set-Cookie":
			logged[name] = redacted
		default:
			logged[name] = strings.Join(values, ", ")
		}
	}
	return logged
}
