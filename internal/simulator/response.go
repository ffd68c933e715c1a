// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Response is what a script has the service answer.
//
// With a Status it is the whole answer. With none it is the ordinary answer,
// but late, with another header or body, or with a fault, as it says.
type Response struct {
	// Delay is how long the client waits for anything at all.
	Delay time.Duration
	// Status is the HTTP status; 0 stands for the ordinary answer's status, and
	// its header and body where those here do not replace them.
	Status int
	// Header has headers to be sent in place of those that every answer has
	// (Content-Type, Content-Length, X-Amzn-Requestid), or beside them. A name
	// with no values removes the header. Names must be in canonical form, see
	// [http.CanonicalHeaderKey].
	Header http.Header
	// Body is sent as it is.
	Body []byte

	// Fault is how the connection misbehaves.
	Fault Fault
	// BodyBytes is, for CutBody, how much of the body is sent.
	BodyBytes int
	// DripInterval is, for Drip, the time between two bytes.
	DripInterval time.Duration
}

// Fault is a way for a connection to misbehave.
type Fault int

const (
	// NoFault is an answer that arrives whole.
	NoFault Fault = iota
	// CloseBeforeHeaders closes the connection in place of an answer.
	CloseBeforeHeaders
	// ResetBeforeHeaders resets the connection (TCP RST) in place of an answer.
	ResetBeforeHeaders
	// CutBody declares the whole length of the body, sends the first BodyBytes of
	// it, and closes the connection.
	CutBody
	// Hang never answers: it ends when the client goes away or the server closes.
	Hang
	// Drip sends the body one byte per DripInterval.
	Drip
)

// ErrorResponse is an error in AWS's form: a status, a code such as
// ThrottlingException, and a message.
func ErrorResponse(status int, code, message string) *Response {
	body, err := json.Marshal(struct{ Message string }{message})
	if err != nil {
		panic(err) // A string can always be marshalled.
	}
	return &Response{
		Status: status,
		Header: http.Header{"X-Amzn-Errortype": {code}},
		Body:   body,
	}
}

func jsonResponse(status int, body []byte) *Response {
	return &Response{Status: status, Body: body}
}

// over is a laid over the ordinary answer.
func (a *Response) over(ordinary *Response) *Response {
	both := *a
	both.Status = ordinary.Status
	if a.Body == nil {
		both.Body = ordinary.Body
	}
	both.Header = make(http.Header, len(ordinary.Header)+len(a.Header))
	maps.Copy(both.Header, ordinary.Header)
	maps.Copy(both.Header, a.Header)
	return &both
}

// send sends a, or misbehaves as it says. It calls answered once, before the
// client can know the status, with that status, or with 0 where there is none.
func (a *Response) send(w http.ResponseWriter, r *http.Request, answered func(status int)) {
	if !wait(r.Context(), a.Delay) {
		answered(0)
		panic(http.ErrAbortHandler)
	}
	switch a.Fault {
	case CloseBeforeHeaders:
		answered(0)
		panic(http.ErrAbortHandler)
	case ResetBeforeHeaders:
		answered(0)
		reset(w)
		return
	case Hang:
		answered(0)
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}

	answered(a.Status)
	a.sendHeader(w)
	switch a.Fault {
	case CutBody:
		_, _ = w.Write(a.Body[:min(max(a.BodyBytes, 0), len(a.Body))])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case Drip:
		a.drip(w, r)
	default:
		_, _ = w.Write(a.Body) // An error here is the client's: it went away.
	}
}

func (a *Response) sendHeader(w http.ResponseWriter) {
	header := w.Header()
	header["Content-Type"] = []string{"application/json"}
	header["Content-Length"] = []string{strconv.Itoa(len(a.Body))}
	header["X-Amzn-Requestid"] = []string{newRequestID()}
	maps.Copy(header, a.Header)
	w.WriteHeader(a.Status)
}

func (a *Response) drip(w http.ResponseWriter, r *http.Request) {
	controller := http.NewResponseController(w)
	_ = controller.Flush()
	for i := range a.Body {
		if !wait(r.Context(), a.DripInterval) {
			panic(http.ErrAbortHandler)
		}
		if _, err := w.Write(a.Body[i : i+1]); err != nil {
			return
		}
		_ = controller.Flush()
	}
}

// wait waits, and is false where ctx is done first.
func wait(ctx context.Context, d time.Duration) bool {
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

// reset ends the connection so that the client meets "connection reset by peer".
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // Not a connection that can be reset: closed, then.
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // Close then sends RST, and not FIN.
	}
	_ = conn.Close()
}

// newRequestID is a random UUID (version 4).
func newRequestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // It never fails.
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
