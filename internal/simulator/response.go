// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"

	smithyrand "github.com/aws/smithy-go/rand"
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
	// BodyBytes is the number of bytes that CutBody and StallBody send.
	BodyBytes int
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
	// StallBody is like CutBody, but closes the connection only after the client
	// disconnects or the server is closed.
	StallBody
)

// faultNames are the names of faults in the control API.
var faultNames = map[Fault]string{
	NoFault:            "",
	CloseBeforeHeaders: "close",
	ResetBeforeHeaders: "reset",
	CutBody:            "truncate",
	Hang:               "hang",
	StallBody:          "stall",
}

// String returns the name of the fault in the control API.
func (f Fault) String() string { return faultNames[f] }

func (f Fault) sendsHeader() bool { return f == NoFault || f == CutBody || f == StallBody }

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

// send sends the response without its delay.
func (r *Response) send(ctx context.Context, w http.ResponseWriter) {
	switch r.Fault {
	case CloseBeforeHeaders:
		panic(http.ErrAbortHandler)
	case ResetBeforeHeaders:
		resetConnection(w)
		return
	case Hang:
		<-ctx.Done()
		panic(http.ErrAbortHandler)
	}

	r.sendHeader(w)
	body := bytes.NewReader(r.Body)
	if r.Fault == NoFault {
		_, _ = body.WriteTo(w)
		return
	}
	_, _ = io.CopyN(w, body, int64(r.BodyBytes))
	_ = http.NewResponseController(w).Flush()
	if r.Fault == StallBody {
		<-ctx.Done()
	}
	panic(http.ErrAbortHandler)
}

func (r *Response) sendHeader(w http.ResponseWriter) {
	requestID, _ := smithyrand.NewUUID(smithyrand.Reader).GetUUID() // Never fails.
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(r.Body)))
	header.Set("X-Amzn-Requestid", requestID)
	maps.Copy(header, r.Header)
	w.WriteHeader(r.Status)
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
