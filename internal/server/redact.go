// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// maxParagraph is the maximum length of a paragraph of a diagnostic in bytes. A
// longer one, such as one that quotes an HTML page, loses its middle.
const maxParagraph = 2000

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

// redact redacts diagnostics, and only then shortens them: half of a secret can't
// be found.
func (s redactingServer) redact(all []*tfprotov6.Diagnostic) {
	for _, d := range all {
		d.Summary = shorten(diagnostics.Escape(s.redactor.Redact(d.Summary), "\n\t"))
		paragraphs := strings.Split(diagnostics.Escape(s.redactor.Redact(d.Detail), "\n\t"), "\n\n")
		for i := range paragraphs {
			paragraphs[i] = shorten(paragraphs[i])
		}
		d.Detail = strings.Join(paragraphs, "\n\n")
	}
}

// shorten removes the middle of a paragraph that is too long. Its end has the
// status code and the request ID.
func shorten(paragraph string) string {
	if len(paragraph) <= maxParagraph {
		return paragraph
	}
	const half = maxParagraph / 2
	start, end := paragraph[:half], paragraph[len(paragraph)-half:]
	return strings.ToValidUTF8(start, "") + " […] " + strings.ToValidUTF8(end, "")
}
