// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"os"
	"strings"

	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/aws-sdk-go-base/v2/logging"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// maxTokenFileSize is more than the size of any web identity token, in bytes.
const maxTokenFileSize = 1 << 20

// configuredSecrets returns the secrets in the configuration, the environment,
// and the files of web identity tokens.
func configuredSecrets(config *awsbase.Config) []string {
	secrets := []string{
		config.SecretKey, config.Token, os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SESSION_TOKEN"),
		readToken(os.Getenv(webIdentityTokenFileVariable)),
	}
	if identity := config.AssumeRoleWithWebIdentity; identity != nil {
		secrets = append(secrets, identity.WebIdentityToken, readToken(identity.WebIdentityTokenFile))
	}
	return secrets
}

// readToken returns the content of a token file, or an empty string if it can't
// be read. A file that isn't regular may never end.
func readToken(path string) string {
	path = os.ExpandEnv(path)
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = home + "/" + rest
		}
	}
	info, err := os.Stat(path) //nolint:gosec // The path is the user's own.
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxTokenFileSize {
		return ""
	}
	token, _ := os.ReadFile(path) //nolint:gosec // The path is the user's own.
	return strings.TrimSpace(string(token))
}

// baseLogger is the logger of aws-sdk-go-base.
type baseLogger struct {
	*conns.Logger
}

// SubLogger returns the logger itself, because a subsystem of tflog doesn't need
// to be told apart.
func (l baseLogger) SubLogger(ctx context.Context, _ string) (context.Context, logging.Logger) {
	return ctx, l
}
