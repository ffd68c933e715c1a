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

// sdkCredentials are the credentials that the SDK found. The SDK collects all
// output of a credential_process, and quotes it in errors.
type sdkCredentials struct {
	*aws.CredentialsCache
	isTooLarge atomic.Bool // the output of the credential_process
	token      tokenCache
}

// newSDKCredentials limits the output of the profile's command, if the credentials
// come from it, and removes the output from errors.
func newSDKCredentials(cfg aws.Config) aws.CredentialsProvider {
	cache, ok := cfg.Credentials.(*aws.CredentialsCache)
	if !ok {
		return cfg.Credentials
	}
	profile, sources := sharedConfig(cfg), cache.ProviderSources()
	c := &sdkCredentials{CredentialsCache: cache, token: newTokenCache(profile, sources)}
	// The command of a source_profile can't be replaced.
	if cache.IsCredentialsProvider((*processcreds.Provider)(nil)) {
		c.CredentialsCache = aws.NewCredentialsCache(processcreds.NewProviderCommand(c.builder(profile.CredentialProcess),
			func(o *processcreds.Options) { o.CredentialSources = sources }))
	}
	return c
}

func (c *sdkCredentials) builder(command string) processcreds.NewCommandBuilder {
	return processcreds.NewCommandBuilderFunc(func(ctx context.Context) (*exec.Cmd, error) {
		cmd, err := processcreds.DefaultNewCommandBuilder{Args: []string{command}}.NewCommand(ctx)
		if err == nil {
			c.isTooLarge.Store(false)
			cmd.Stdout = &limitedWriter{left: maxProcessOutput, isTooLarge: &c.isTooLarge}
			cmd.WaitDelay = processWaitDelay
		}
		return cmd, err
	})
}

// Retrieve returns the credentials. The errors don't contain the output of a command.
func (c *sdkCredentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	if err := c.token.check(); err != nil {
		return aws.Credentials{}, err
	}
	credentials, err := c.CredentialsCache.Retrieve(ctx)
	if _, ok := errors.AsType[*processcreds.ProviderError](err); !ok {
		return credentials, err
	}
	switch {
	case c.isTooLarge.Load():
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
