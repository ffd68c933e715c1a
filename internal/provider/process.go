// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
)

const (
	// maxProcessOutput is more than the size of any credentials, in bytes.
	maxProcessOutput = 1 << 20

	// processWaitDelay limits the wait for the children of a command that has ended.
	// They keep its output open.
	processWaitDelay = 5 * time.Second
)

// errOutputTooLarge closes the output of a command, which ends the command.
var errOutputTooLarge = errors.New("the command wrote more than 1 MB to its standard output")

// process provides the credentials of a credential_process. The SDK's provider
// collects all output of the command, and quotes it in errors.
type process struct {
	*processcreds.Provider
	isTooLarge atomic.Bool // the output
}

func newProcess(command string, sources []aws.CredentialSource) *process {
	p := &process{}
	builder := processcreds.NewCommandBuilderFunc(func(ctx context.Context) (*exec.Cmd, error) {
		cmd, err := processcreds.DefaultNewCommandBuilder{Args: []string{command}}.NewCommand(ctx)
		if err == nil {
			p.isTooLarge.Store(false)
			cmd.Stdout = &limitedWriter{left: maxProcessOutput, isTooLarge: &p.isTooLarge}
			cmd.WaitDelay = processWaitDelay
		}
		return cmd, err
	})
	p.Provider = processcreds.NewProviderCommand(builder, func(o *processcreds.Options) { o.CredentialSources = sources })
	return p
}

// boundProcess returns credentials that limit the output of the command, if they
// come from one. Otherwise, it returns credentials.
func boundProcess(credentials aws.CredentialsProvider, command string) aws.CredentialsProvider {
	source, ok := credentials.(aws.CredentialProviderSource)
	if !ok || !aws.IsCredentialsProvider(credentials, (*processcreds.Provider)(nil)) {
		return credentials
	}
	return aws.NewCredentialsCache(newProcess(command, source.ProviderSources()))
}

// Retrieve returns the credentials. The errors don't contain the output of the command.
func (p *process) Retrieve(ctx context.Context) (aws.Credentials, error) {
	credentials, err := p.Provider.Retrieve(ctx)
	switch {
	case err == nil:
	case p.isTooLarge.Load():
		err = &processcreds.ProviderError{Err: errOutputTooLarge}
	case errors.Is(err, exec.ErrWaitDelay) && !isProcessTimeout(err):
		err = &processcreds.ProviderError{Err: fmt.Errorf("the command ended, but a process that it started kept its "+
			"standard output open for %s", processWaitDelay)}
	case strings.Contains(err.Error(), "parse failed of process output"):
		problem := "the command's output isn't a JSON object with credentials"
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			problem += ": " + syntax.Error()
		}
		err = &processcreds.ProviderError{Err: errors.New(problem)}
	}
	return credentials, err
}

// isProcessTimeout reports whether the SDK ended a command after its limit of a minute.
func isProcessTimeout(err error) bool {
	process, ok := errors.AsType[*processcreds.ProviderError](err)
	return ok && strings.Contains(process.Error(), "timed out")
}

// limitedWriter discards what is written, up to a limit.
type limitedWriter struct {
	left       int
	isTooLarge *atomic.Bool
}

// Write returns an error beyond the limit.
func (w *limitedWriter) Write(p []byte) (int, error) {
	w.left -= len(p)
	if w.left < 0 {
		w.isTooLarge.Store(true)
		return 0, errOutputTooLarge
	}
	return len(p), nil
}
