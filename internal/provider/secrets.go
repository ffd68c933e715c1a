// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/base64"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// configuredSecrets returns the secrets in the configuration and the environment.
func configuredSecrets(config *awsbase.Config) []string {
	secrets := []string{
		config.SecretKey, config.Token, os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SECRET_KEY"),
		os.Getenv("AWS_SESSION_TOKEN"), os.Getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
	}
	if identity := config.AssumeRoleWithWebIdentity; identity != nil {
		secrets = append(secrets, identity.WebIdentityToken)
	}
	for _, proxy := range []string{
		aws.ToString(config.HTTPProxy), aws.ToString(config.HTTPSProxy), os.Getenv("HTTP_PROXY"), os.Getenv("http_proxy"),
		os.Getenv("HTTPS_PROXY"), os.Getenv("https_proxy"),
	} {
		secrets = append(secrets, proxySecrets(proxy)...)
	}
	return secrets
}

// proxySecrets returns the password in the URL of a proxy, and the value of the
// Proxy-Authorization header.
func proxySecrets(proxy string) []string {
	if !strings.Contains(proxy, "://") {
		proxy = "http://" + proxy
	}
	u, err := url.Parse(proxy)
	if err != nil || u.User == nil {
		return nil
	}
	password, _ := u.User.Password()
	return []string{password, base64.StdEncoding.EncodeToString([]byte(u.User.Username() + ":" + password))}
}

const tokenFileArgument = "web_identity_token_file"

// tokenFile is a file with a web identity token. It is read for each session,
// because it is replaced before the token expires.
type tokenFile struct {
	path     string
	setting  string // the argument or variable that has the path
	redactor *conns.Redactor
}

// newTokenFile returns the file. The setting is used if the path isn't from the
// environment.
func newTokenFile(path, setting string, redactor *conns.Redactor) tokenFile {
	if path == os.Getenv(webIdentityTokenFileVariable) {
		setting = webIdentityTokenFileVariable
	}
	return tokenFile{path: path, setting: setting, redactor: redactor}
}

// tokenFileError is why a file has no web identity token.
type tokenFileError struct {
	setting string
	err     error
}

// Error names the setting and the file.
func (e *tokenFileError) Error() string { return e.setting + ": " + e.err.Error() }

// GetIdentityToken returns the content of the file.
func (f tokenFile) GetIdentityToken() ([]byte, error) {
	var token []byte
	err := checkFile(f.path, maxTokenFileSize)
	if err == nil {
		token, err = os.ReadFile(f.path)
	}
	if err != nil {
		return nil, &tokenFileError{setting: f.setting, err: err}
	}
	f.redactor.Add(strings.TrimSpace(string(token)))
	return token, nil
}

// expandPath expands environment variables and the home directory, as
// aws-sdk-go-base does.
func expandPath(path string) string {
	path = os.ExpandEnv(path)
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = home + "/" + rest
		}
	}
	return path
}
