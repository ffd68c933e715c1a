// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"strings"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

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
