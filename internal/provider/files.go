// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// The limits of the files that the libraries read whole, in bytes. They are more
// than the size of any such file.
const (
	maxConfigFileSize = 10 << 20
	maxTokenFileSize  = 1 << 20
)

// inputFile is a file that the libraries read.
type inputFile struct {
	name     string
	setting  string    // the argument or variable with the path, or what the path is the default of
	argument path.Path // empty if the path isn't from the provider block
	maxSize  int64
	required bool // A file that doesn't exist is ignored otherwise.
	// checkContent returns an error if the libraries can't use the content. It can be nil.
	checkContent func(ctx context.Context, name string) error
}

// checkFiles adds an error for each file that the libraries would read without an
// end, or without a limit of memory.
func checkFiles(ctx context.Context, config *awsbase.Config, diags *diag.Diagnostics) {
	configFiles := sharedFiles(config.SharedConfigFiles, "shared_config_files", "AWS_CONFIG_FILE",
		awsconfig.DefaultSharedConfigFilename())
	credentialsFiles := sharedFiles(config.SharedCredentialsFiles, "shared_credentials_files",
		"AWS_SHARED_CREDENTIALS_FILE", awsconfig.DefaultSharedCredentialsFilename())
	for _, file := range slices.Concat(configFiles, credentialsFiles) {
		file.check(ctx, diags)
	}
	if diags.HasError() {
		return
	}
	bundle := caBundle(config)
	if bundle.name == "" {
		bundle = profileBundle(ctx, config.Profile, configFiles, credentialsFiles)
	}
	bundle.check(ctx, diags)
	if !hasStaticKeys(config) {
		containerTokenFile().check(ctx, diags)
	}
}

// check adds an error if the file can't be read to its end, or used. It ignores a
// file without a name.
func (f inputFile) check(ctx context.Context, diags *diag.Diagnostics) {
	if f.name == "" {
		return
	}
	err := checkFile(f.name, f.maxSize)
	if err == nil && f.checkContent != nil {
		err = f.checkContent(ctx, f.name)
	}
	if err == nil || (!f.required && errors.Is(err, fs.ErrNotExist)) {
		return
	}
	d := diag.NewErrorDiagnostic("Could not read file", fmt.Sprintf("%s: %v.\n\nCorrect the file, or set "+
		"%[1]s to the path of another one: a regular file of at most %[3]d MB.", f.setting, err, f.maxSize>>20))
	if len(f.argument.Steps()) > 0 {
		diags.Append(diag.WithPath(f.argument, d))
	} else {
		diags.Append(d)
	}
}

// caBundle returns the file of the argument or, if it isn't set, that of the
// variable.
func caBundle(config *awsbase.Config) inputFile {
	bundle := inputFile{
		name: os.Getenv("AWS_CA_BUNDLE"), setting: "AWS_CA_BUNDLE", maxSize: maxConfigFileSize, required: true,
		checkContent: checkCertificates,
	}
	if config.CustomCABundle != "" {
		bundle.name, bundle.setting = expandPath(config.CustomCABundle), "custom_ca_bundle"
		bundle.argument = path.Root(bundle.setting)
	}
	return bundle
}

// profileBundle returns the CA bundle of the profile. It has no name if there is
// no such profile, which aws-sdk-go-base reports.
func profileBundle(ctx context.Context, profile string, configFiles, credentialsFiles []inputFile) inputFile {
	profile = cmp.Or(profile, os.Getenv("AWS_PROFILE"), os.Getenv("AWS_DEFAULT_PROFILE"),
		awsconfig.DefaultSharedConfigProfile)
	shared, err := awsconfig.LoadSharedConfigProfile(ctx, profile, func(o *awsconfig.LoadSharedConfigOptions) {
		o.ConfigFiles, o.CredentialsFiles = names(configFiles), names(credentialsFiles)
	})
	if err != nil {
		return inputFile{}
	}
	return inputFile{
		name: shared.CustomCABundle, setting: fmt.Sprintf("ca_bundle in the profile %q", profile),
		maxSize: maxConfigFileSize, required: true, checkContent: checkCertificates,
	}
}

// checkCertificates returns an error if a file has no certificate. The SDK's error
// doesn't name the file.
func checkCertificates(_ context.Context, name string) error {
	content, err := os.ReadFile(name) //nolint:gosec // The user configured the path.
	if err == nil && !x509.NewCertPool().AppendCertsFromPEM(content) {
		err = fmt.Errorf("%s has no PEM-encoded certificate", name)
	}
	return err
}

// checkSyntax returns an error if the SDK panics when it parses a shared file, which
// it does if a value is a single quotation mark. It reports other problems itself.
func checkSyntax(ctx context.Context, name string) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%s can't be parsed: a value may be a single quotation mark", name)
		}
	}()
	_, _ = awsconfig.LoadSharedConfigProfile(ctx, awsconfig.DefaultSharedConfigProfile,
		func(o *awsconfig.LoadSharedConfigOptions) {
			o.ConfigFiles, o.CredentialsFiles = []string{name}, []string{os.DevNull}
		})
	return nil
}

func names(files []inputFile) []string {
	var names []string
	for _, file := range files {
		names = append(names, file.name)
	}
	return names
}

// containerTokenFile returns the file with the token for the container
// credentials endpoint, if the environment has this endpoint.
func containerTokenFile() inputFile {
	const variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
	file := inputFile{setting: variable, maxSize: maxTokenFileSize}
	if os.Getenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")+os.Getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI") != "" {
		file.name = os.Getenv(variable)
	}
	return file
}

// sharedFiles returns the files of an argument or, if it isn't set, that of a
// variable or the default.
func sharedFiles(argument []string, name, variable, fallback string) []inputFile {
	if len(argument) == 0 {
		return []inputFile{{
			name: cmp.Or(os.Getenv(variable), fallback), setting: variable, maxSize: maxConfigFileSize,
			checkContent: checkSyntax,
		}}
	}
	var files []inputFile
	for i, file := range argument {
		files = append(files, inputFile{
			name: expandPath(file), setting: name, argument: path.Root(name).AtListIndex(i), maxSize: maxConfigFileSize,
			checkContent: checkSyntax,
		})
	}
	return files
}

// checkFile returns an error if the file can't be read, is too large, or isn't
// regular, because it may then never end. The null device is an empty file.
func checkFile(name string, maxSize int64) error {
	info, err := os.Stat(name)
	if err != nil || isNull(name, info) {
		return err
	}
	switch {
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s isn't a regular file", name)
	case info.Size() > maxSize:
		return fmt.Errorf("%s has %d bytes, more than %d MB", name, info.Size(), maxSize>>20)
	}
	return nil
}

func isNull(name string, info fs.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return name == os.DevNull || (err == nil && os.SameFile(info, null))
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
