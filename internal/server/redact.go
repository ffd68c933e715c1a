// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

const (
	// maxLines is the maximum number of lines of a diagnostic. One with more, such as
	// one that quotes an HTML page, loses those in the middle.
	maxLines = 100
	// maxLine is the maximum length of a line in bytes. A longer one, such as one that
	// quotes a message of the service, loses its middle.
	maxLine = 2000
)

// redactingServer redacts the secrets in diagnostics, as the last step before
// Terraform, and makes them fit for a terminal. A new kind of request, such as
// ReadResource, must be added here.
type redactingServer struct {
	tfprotov6.ProviderServer
	redactor *conns.Redactor
}

// ValidateProviderConfig validates the arguments of the provider block.
func (s redactingServer) ValidateProviderConfig(
	ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	resp, err := s.ProviderServer.ValidateProviderConfig(ctx, req)
	if resp != nil {
		s.redact(resp.Diagnostics)
	}
	return resp, err
}

// ValidateDataResourceConfig validates the arguments of a data source.
func (s redactingServer) ValidateDataResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	resp, err := s.ProviderServer.ValidateDataResourceConfig(ctx, req)
	if resp != nil {
		s.redact(resp.Diagnostics)
	}
	return resp, err
}

// ConfigureProvider configures the provider.
func (s redactingServer) ConfigureProvider(
	ctx context.Context, req *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	resp, err := s.ProviderServer.ConfigureProvider(ctx, req)
	if resp != nil {
		s.redact(resp.Diagnostics)
	}
	return resp, err
}

// ReadDataSource reads a data source.
func (s redactingServer) ReadDataSource(
	ctx context.Context, req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	resp, err := s.ProviderServer.ReadDataSource(ctx, req)
	if resp != nil {
		s.redact(resp.Diagnostics)
	}
	return resp, err
}

// redact replaces the texts of diagnostics.
func (s redactingServer) redact(all []*tfprotov6.Diagnostic) {
	for _, d := range all {
		d.Summary = s.redactText(d.Summary)
		d.Detail = s.redactText(d.Detail)
	}
}

// redactText redacts a text and shortens it. A secret in what remains is found even
// if a part of it was removed.
func (s redactingServer) redactText(text string) string {
	lines := strings.Split(text, "\n")
	removed := len(lines) - maxLines
	var shown []string
	start := 0
	for i, line := range lines {
		switch {
		case removed <= 0, i < maxLines/2, i >= maxLines/2+removed:
			shown = append(shown, s.redactLine(text, start, start+len(line)))
		case i == maxLines/2:
			shown = append(shown, fmt.Sprintf("[… %d lines …]", removed))
		}
		start += len(line) + len("\n")
	}
	return strings.Join(shown, "\n")
}

// redactLine redacts the line text[start:end]. If it is too long, it loses its
// middle, because its end has the status code and the request ID.
func (s redactingServer) redactLine(text string, start, end int) string {
	part := func(start, end int) string {
		return diagnostics.Escape(s.redactor.RedactPart(text, start, end), "\t")
	}
	if end-start <= maxLine {
		return part(start, end)
	}
	const half = maxLine / 2
	from, to := runeStart(text, start+half), runeStart(text, end-half)
	return part(start, from) + fmt.Sprintf(" [… %d bytes …] ", to-from) + part(to, end)
}

// runeStart returns the offset of the character that has the byte text[offset].
func runeStart(text string, offset int) int {
	for before := offset; before > offset-utf8.UTFMax; before-- {
		if utf8.RuneStart(text[before]) {
			return before
		}
	}
	return offset // The text isn't valid.
}
