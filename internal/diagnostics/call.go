// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"fmt"
	"time"
)

// CallError is a call that failed, with what a diagnostic tells beside the
// error. Package conns wraps every error of a call in one.
type CallError struct {
	// Err is the error that the call ended with.
	Err error
	// Attempts is how many attempts were made, and MaxAttempts how many could
	// have been.
	Attempts, MaxAttempts int
	// Elapsed is how long the call took, waits included.
	Elapsed time.Duration
	// LastError is the error of the latest attempt that was to be followed by
	// another, nil where there was none.
	LastError error
	// Endpoint is the host (and port) that was called, empty where none was.
	Endpoint string
	// CustomEndpoint is whether the endpoint was configured and is not AWS's.
	CustomEndpoint bool
	// Proxy is the host (and port) of the proxy in use, empty where there is none.
	Proxy string
	// CredentialsSource is the SDK's name of where the credentials came from.
	CredentialsSource string
	// Adaptive is whether the retry mode is "adaptive".
	Adaptive bool
}

// Error returns the error that the call ended with.
func (e *CallError) Error() string { return e.Err.Error() }

// Unwrap returns the error that the call ended with.
func (e *CallError) Unwrap() error { return e.Err }

// CredentialsError is a failure to fetch or renew credentials. It is another
// service's answer, or a file's or a program's fault, and not Customer
// Profiles'.
type CredentialsError struct {
	Err error
}

// Error returns what fetching the credentials ended with.
func (e *CredentialsError) Error() string { return e.Err.Error() }

// Unwrap returns what fetching the credentials ended with.
func (e *CredentialsError) Unwrap() error { return e.Err }

// UnreadableError is an answer that is no answer: it came with a success as
// its status, and does not hold what the API promises.
type UnreadableError struct {
	// Problem says what is wrong, as the end of a sentence that begins with
	// "The answer cannot be read: ".
	Problem string
	// RequestID is the answer's, where the error does not carry it otherwise.
	RequestID string
}

// Error returns the problem.
func (e *UnreadableError) Error() string { return "the answer cannot be read: " + e.Problem }

// attempts is such as "3 attempts in 1.25s".
func (e *CallError) attempts() string {
	plural := "s"
	if e.Attempts == 1 {
		plural = ""
	}
	return fmt.Sprintf("%d attempt%s in %s", e.Attempts, plural, rounded(e.Elapsed))
}

// rounded leaves the digits that mean something to a reader.
func rounded(d time.Duration) time.Duration {
	if d < time.Second {
		return d.Round(time.Millisecond)
	}
	return d.Round(10 * time.Millisecond)
}
