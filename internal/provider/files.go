// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"

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
}

// checkFiles adds an error for each file that the libraries would read without an
// end, or without a limit of memory.
func checkFiles(config *awsbase.Config, diags *diag.Diagnostics) {
	for _, file := range inputFiles(config) {
		err := checkFile(file.name, file.maxSize)
		if err == nil || (!file.required && errors.Is(err, fs.ErrNotExist)) {
			continue
		}
		d := diag.NewErrorDiagnostic("Could not read file", fmt.Sprintf("%s: %v.\n\nSet %[1]s to the path of a regular "+
			"file of at most %[3]d MB.", file.setting, err, file.maxSize>>20))
		if len(file.argument.Steps()) > 0 {
			diags.Append(diag.WithPath(file.argument, d))
		} else {
			diags.Append(d)
		}
	}
}

func inputFiles(config *awsbase.Config) []inputFile {
	bundle := inputFile{
		name: os.Getenv("AWS_CA_BUNDLE"), setting: "AWS_CA_BUNDLE", maxSize: maxConfigFileSize, required: true,
	}
	if config.CustomCABundle != "" {
		bundle.name, bundle.setting = expandPath(config.CustomCABundle), "custom_ca_bundle"
		bundle.argument = path.Root(bundle.setting)
	}
	var files []inputFile
	if bundle.name != "" {
		files = append(files, bundle)
	}
	files = append(files, sharedFiles(config.SharedConfigFiles, "shared_config_files", "AWS_CONFIG_FILE",
		awsconfig.DefaultSharedConfigFilename())...)
	files = append(files, sharedFiles(config.SharedCredentialsFiles, "shared_credentials_files",
		"AWS_SHARED_CREDENTIALS_FILE", awsconfig.DefaultSharedCredentialsFilename())...)

	const tokenVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
	uri := cmp.Or(os.Getenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"), os.Getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
	if name := os.Getenv(tokenVariable); name != "" && uri != "" && !hasStaticKeys(config) {
		files = append(files, inputFile{name: name, setting: tokenVariable, maxSize: maxTokenFileSize})
	}
	return files
}

// sharedFiles returns the files of an argument or, if it isn't set, that of a
// variable or the default.
func sharedFiles(argument []string, name, variable, fallback string) []inputFile {
	if len(argument) == 0 {
		return []inputFile{{
			name: cmp.Or(os.Getenv(variable), fallback), setting: variable, maxSize: maxConfigFileSize,
		}}
	}
	var files []inputFile
	for i, file := range argument {
		files = append(files, inputFile{
			name: expandPath(file), setting: name, argument: path.Root(name).AtListIndex(i), maxSize: maxConfigFileSize,
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
