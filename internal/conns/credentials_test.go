// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// An error of fetching credentials shows no secret, neither in its text nor in
// the message of the service that it came from, and is still what it was.
func TestCredentialsError(t *testing.T) {
	t.Parallel()
	const configured, lastKey, lastToken = "configured-secret", "last/secret+key", "last/token+of=="
	all := strings.Join([]string{configured, lastKey, lastToken, "x-amz-security-token:another/token"}, " ")
	refused := &smithy.GenericAPIError{Code: "SignatureDoesNotMatch", Message: all, Fault: smithy.FaultClient}
	for name, came := range map[string]error{
		"a service's":  fmt.Errorf("failed to refresh cached credentials, %w", &smithy.OperationError{ServiceID: "STS", OperationName: "AssumeRole", Err: refused}),
		"no service's": fmt.Errorf("%s: %w", all, context.DeadlineExceeded),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fetched := 0
			credentials := NewCredentials(aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
				if fetched++; fetched > 1 {
					return aws.Credentials{}, came
				}
				return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: lastKey, SessionToken: lastToken, Source: "Somewhere"}, nil
			}), Secrets{configured})
			if _, err := credentials.Retrieve(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err := credentials.Retrieve(t.Context())
			var fetching *diagnostics.CredentialsError
			if !errors.As(err, &fetching) || !errors.Is(err, came) {
				t.Fatalf("error %v (%T), want a CredentialsError about %v", err, err, came)
			}
			texts := []string{err.Error(), diagnostics.Diagnostic(t.Context(), diagnostics.Call{}, err).Detail()}
			var api smithy.APIError
			if errors.As(err, &api) {
				texts = append(texts, api.Error(), api.ErrorMessage())
				if api.ErrorCode() != refused.Code || api.ErrorFault() != refused.Fault {
					t.Errorf("code %q, fault %v", api.ErrorCode(), api.ErrorFault())
				}
			}
			for _, text := range texts {
				if !strings.Contains(text, "*** *** *** x-amz-security-token:***") {
					t.Errorf("%q, want its secrets hidden", text)
				}
			}
			if credentials.lastSource() != "Somewhere" {
				t.Errorf("source %q, want the latest", credentials.lastSource())
			}
		})
	}
}
