// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Response replaces or modifies a response of the service; see
// [Service.SetResponder].
type Response struct {
	// Delay is how long to wait before the response is sent.
	Delay time.Duration
	// Status is the HTTP status. If it is 0, the service sends its default
	// response, modified by the other fields.
	Status int
	// Header is added to the headers that every response has (Content-Type,
	// Content-Length, X-Amzn-Requestid), and replaces them by name. A name
	// without values removes a header. Names must be in canonical form; see
	// [http.CanonicalHeaderKey].
	Header http.Header
	// Body is sent unchanged. If Status is 0 and Body is nil, the default body
	// is sent.
	Body []byte

	// Fault is a failure of the connection.
	Fault Fault
	// BodyBytes is the number of bytes that CutBody sends.
	BodyBytes int
	// DripInterval is the time between two bytes that Drip sends.
	DripInterval time.Duration
}

// Fault is a failure of the connection.
type Fault int

const (
	// NoFault sends the complete response.
	NoFault Fault = iota
	// CloseBeforeHeaders closes the connection without a response.
	CloseBeforeHeaders
	// ResetBeforeHeaders resets the connection (TCP RST) without a response.
	ResetBeforeHeaders
	// CutBody closes the connection after the first BodyBytes of the body.
	// Content-Length is that of the complete body.
	CutBody
	// Hang sends nothing until the client disconnects or the server is closed.
	Hang
	// Drip sends the body one byte at a time.
	Drip
)

// ErrorResponse returns an error in the format of AWS, with a code such as
// ThrottlingException.
func ErrorResponse(status int, code, message string) *Response {
	body := mustMarshal(struct{ Message string }{message})
	return &Response{Status: status, Header: http.Header{"X-Amzn-Errortype": {code}}, Body: body}
}

// withDefaults returns the default response with the modifications of r, which
// may be nil.
func (r *Response) withDefaults(defaults *Response) *Response {
	if r == nil {
		return defaults
	}
	response := *r
	response.Status = defaults.Status
	if r.Body == nil {
		response.Body = defaults.Body
	}
	response.Header = make(http.Header, len(defaults.Header)+len(r.Header))
	maps.Copy(response.Header, defaults.Header)
	maps.Copy(response.Header, r.Header)
	return &response
}

// send sends the response. It calls onStatus once, before the client can know
// the status. The status is 0 if there is no response.
func (r *Response) send(ctx context.Context, w http.ResponseWriter, onStatus func(status int)) {
	if !sleep(ctx, r.Delay) {
		onStatus(0)
		panic(http.ErrAbortHandler)
	}
	switch r.Fault {
	case CloseBeforeHeaders:
		onStatus(0)
		panic(http.ErrAbortHandler)
	case ResetBeforeHeaders:
		onStatus(0)
		resetConnection(w)
		return
	case Hang:
		onStatus(0)
		<-ctx.Done()
		panic(http.ErrAbortHandler)
	}

	onStatus(r.Status)
	r.sendHeader(w)
	switch r.Fault {
	case CutBody:
		_, _ = w.Write(r.Body[:min(max(r.BodyBytes, 0), len(r.Body))]) //nolint:gosec // JSON, not HTML.
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case Drip:
		r.drip(ctx, w)
	default:
		_, _ = w.Write(r.Body) //nolint:gosec // JSON, not HTML.
	}
}

func (r *Response) sendHeader(w http.ResponseWriter) {
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(r.Body)))
	header.Set("X-Amzn-Requestid", newRequestID())
	maps.Copy(header, r.Header)
	w.WriteHeader(r.Status)
}

func (r *Response) drip(ctx context.Context, w http.ResponseWriter) {
	controller := http.NewResponseController(w)
	_ = controller.Flush()
	for i := range r.Body {
		if !sleep(ctx, r.DripInterval) {
			panic(http.ErrAbortHandler)
		}
		if _, err := w.Write(r.Body[i : i+1]); err != nil { //nolint:gosec // JSON, not HTML.
			return
		}
		_ = controller.Flush()
	}
}

// sleep reports whether the time passed before ctx was done.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// resetConnection makes the client fail with "connection reset by peer".
func resetConnection(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // Makes Close send RST instead of FIN.
	}
	_ = conn.Close()
}

// newRequestID returns a random UUID (version 4).
func newRequestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // Never fails.
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
