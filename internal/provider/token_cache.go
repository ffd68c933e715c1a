// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/logincreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
)

// The commands that sign in and save a token.
const (
	loginCommand = "aws login"
	ssoCommand   = "aws sso login"
)

// tokenCache is the file with the token that a command saved.
type tokenCache struct {
	path, command string
}

// tokenCredentials checks the file of a token before each use of the credentials,
// because another program can replace it.
type tokenCredentials struct {
	*aws.CredentialsCache
	token tokenCache
}

// Retrieve returns the credentials, or a [tokenCacheError].
func (c *tokenCredentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	if err := c.token.check(); err != nil {
		return aws.Credentials{}, err
	}
	return c.CredentialsCache.Retrieve(ctx)
}

// checkToken returns credentials whose token is checked before the SDK reads it. If
// they don't depend on a token, it returns credentials.
func checkToken(credentials aws.CredentialsProvider, profile awsconfig.SharedConfig) aws.CredentialsProvider {
	cache, ok := credentials.(*aws.CredentialsCache)
	if !ok {
		return credentials
	}
	token := newTokenCache(profile, cache.ProviderSources())
	if token.path == "" {
		return credentials
	}
	return &tokenCredentials{CredentialsCache: cache, token: token}
}

// newTokenCache returns the file that the SDK reads for the profile if the
// credentials come from these sources. It has no path if they don't depend on a
// token.
func newTokenCache(profile awsconfig.SharedConfig, sources []aws.CredentialSource) tokenCache {
	var cache tokenCache
	var err error
	isSSO := slices.Contains(sources, aws.CredentialSourceSSO) || slices.Contains(sources, aws.CredentialSourceSSOLegacy)
	switch {
	case slices.Contains(sources, aws.CredentialSourceLogin):
		cache.command = loginCommand
		directory := os.Getenv("AWS_LOGIN_CACHE_DIRECTORY")
		cache.path, err = logincreds.StandardCachedTokenFilepath(profile.LoginSession, directory)
	case isSSO:
		cache.command = ssoCommand
		key := profile.SSOStartURL
		if profile.SSOSession != nil {
			key = profile.SSOSession.Name
		}
		cache.path, err = ssocreds.StandardCachedTokenFilepath(key)
	}
	if err != nil { // The SDK has reported it.
		return tokenCache{}
	}
	return cache
}

// tokenCacheError is why a file with a token can't be used.
type tokenCacheError struct {
	command string
	err     error
}

// Error names the command that saved the token, and the file.
func (e *tokenCacheError) Error() string {
	return fmt.Sprintf("the token that %q saved: %v", e.command, e.err)
}

// check returns an error if the SDK would read the file without an end, or panic
// because of its content. It doesn't return the errors that the SDK returns.
func (c tokenCache) check() error {
	err := checkFile(c.path, maxTokenFileSize)
	if err == nil {
		err = checkCachedToken(c.path)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return &tokenCacheError{command: c.command, err: err}
}

// checkCachedToken returns an error if the content of a file is null, or has a key,
// as the tokens of aws login do, that isn't PEM or isn't one of the curve P-256. The
// SDK panics in most of these cases, or its error has no reason.
func checkCachedToken(path string) error {
	content, err := os.ReadFile(path) //nolint:gosec // The path is the SDK's.
	if err != nil {
		return err
	}
	var token *struct {
		Key string `json:"dpopKey"`
	}
	isJSON := json.Unmarshal(content, &token) == nil
	switch {
	case isJSON && token == nil:
		return fmt.Errorf("%s is null", path)
	case !isJSON, token.Key == "": // The SDK returns an error.
		return nil
	}
	block, _ := pem.Decode([]byte(token.Key))
	if block == nil {
		return fmt.Errorf("dpopKey in %s isn't a PEM block", path)
	}
	if key, err := x509.ParseECPrivateKey(block.Bytes); err != nil || key.Curve != elliptic.P256() {
		return fmt.Errorf("dpopKey in %s isn't a key of the curve P-256", path)
	}
	return nil
}
