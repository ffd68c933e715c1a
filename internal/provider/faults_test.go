// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"io"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
)

// source is a source of credentials or of the account ID. All of them are
// requested while the provider is configured.
type source struct {
	testCase
	action  string   // The request that is tested.
	service string   // The name of the service in diagnostics.
	summary []string // Of the diagnostic for a malformed response.
}

const noCredentials = "No AWS credentials found"

var sources = map[string]source{
	"role": {
		testCase: testCase{config: `$KEYS, ` + assumeOne}, action: "AssumeRole", service: "STS (AssumeRole, 127.0.0.1",
		summary: []string{"Cannot assume IAM Role", "role/one"},
	},
	"web identity": {
		testCase: testCase{config: `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one",
			"web_identity_token": "an-identity-token"}]`},
		action: "AssumeRoleWithWebIdentity", service: "STS (AssumeRoleWithWebIdentity, 127.0.0.1",
		summary: []string{"Cannot assume IAM Role with web identity", "role/one"},
	},
	"web identity from environment": {
		testCase: testCase{env: identityEnv, home: true}, action: "AssumeRoleWithWebIdentity",
		service: "STS (AssumeRoleWithWebIdentity, 127.0.0.1", summary: []string{noCredentials},
	},
	"role of the profile": {
		testCase: testCase{config: `"profile": "chained"`, home: true}, action: "AssumeRole",
		service: "STS (AssumeRole, 127.0.0.1", summary: []string{noCredentials},
	},
	"SSO": {
		testCase: testCase{config: `"profile": "sso"`, home: true}, action: "GET /federation/credentials",
		service: "IAM Identity Center (SSO) (GetRoleCredentials, 127.0.0.1", summary: []string{noCredentials},
	},
	"container": {
		testCase: testCase{env: containerEnv}, action: "GET /container",
		service: "The container credentials endpoint (GetCredentials, 127.0.0.1", summary: []string{noCredentials},
	},
	"metadata service": {
		testCase: testCase{env: metadataEnv}, action: "GET /latest/meta-data/iam/security-credentials/instance-role",
		service: "The EC2 instance metadata service (GetMetadata, 127.0.0.1", summary: []string{noCredentials},
	},
	"role of the instance": {
		testCase: testCase{env: metadataEnv}, action: "GET /latest/meta-data/iam/security-credentials/",
		service: "The EC2 instance metadata service (GetMetadata, 127.0.0.1", summary: []string{noCredentials},
	},
	"Region of the instance": {
		testCase: testCase{env: merge(metadataEnv, noRegion)}, action: "GET /latest/dynamic/instance-identity/document",
		service: "The EC2 instance metadata service (GetRegion, 127.0.0.1", summary: []string{"Invalid AWS configuration"},
	},
	"account ID": {
		testCase: testCase{config: `$KEYS, "forbidden_account_ids": ["210987654321"]`}, action: "GetCallerIdentity",
		service: "STS (GetCallerIdentity, 127.0.0.1", summary: []string{noAccountID, "remove allowed_account_ids"},
	},
}

// withResponse returns the test case of a source that responds with handler. The
// first responses are the service's own.
func (s source) withResponse(handler http.HandlerFunc) testCase {
	tc := s.testCase
	tc.wantStage = "configure"
	tc.aws = respondTo(s.action, handler)
	return tc
}

// runFault runs a test case without comparing the requests to other services.
func (tc testCase) runFault(t *testing.T) {
	t.Parallel()
	f := tc.newFixture(t)
	in := input{Config: f.providerBlock(tc.config), Regions: []string{tc.region}, Timeout: tc.timeout}
	tc.checkDiagnostics(t, runProvider(t, f.environment(tc.env), in))
}

func respondOK(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

// No malformed response crashes the provider, which the SDK's credentials
// providers would do. The monitor has a test with more responses.
func TestMalformedCredentials(t *testing.T) {
	t.Parallel()
	for name, source := range sources {
		for condition, body := range map[string]string{
			"empty body": "", "empty object": "{}", "null": "null",
			"object without values": `{"roleCredentials": {}, "Code": "Success"}`,
			"HTML page":             "<!DOCTYPE html><html><body>Sign in</body></html>",
		} {
			tc := source.withResponse(respondOK(body))
			tc.wantErrors = source.summary
			t.Run(name+", "+condition, tc.runFault)
		}
	}
}

// redirect sends the client back to the same URL, and never to anything else.
func redirect(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", r.URL.Path)
	w.WriteHeader(http.StatusTemporaryRedirect)
}

// A redirect is followed by none of the clients, which would repeat it without an
// end, or send its token to another host.
func TestRedirectedCredentials(t *testing.T) {
	t.Parallel()
	for name, source := range sources {
		var requests atomic.Int64
		tc := source.withResponse(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			redirect(w, r)
		})
		tc.wantErrors = append(slices.Clone(source.summary), source.service, "unexpected status 307 Temporary Redirect")
		t.Run(name, func(t *testing.T) {
			tc.runFault(t)
			if got := requests.Load(); got != 1 {
				t.Errorf("%d requests, want 1", got)
			}
		})
	}
}

// silence doesn't respond until the client is gone.
func silence(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// upgrade switches protocols, and keeps the connection open until the client is gone.
func upgrade(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n{")
	_, _ = io.Copy(io.Discard, conn)
}

func TestSilentSource(t *testing.T) {
	t.Parallel()
	for name, source := range sources {
		tc := source.withResponse(silence)
		tc.timeout = "1s"
		tc.wantErrors = []string{"AWS configuration timed out", source.service, "didn't respond within 1s"}
		t.Run(name, tc.runFault)
		tc = source.withResponse(upgrade)
		tc.wantErrors = append(slices.Clone(source.summary), "101 Switching Protocols")
		t.Run(name+", upgrade", tc.runFault)
	}
	for name, tc := range map[string]testCase{
		"credential_process": {
			config: `"profile": "hanging"`, timeout: "1s", wantStage: "configure",
			wantErrors: []string{
				"AWS configuration timed out", `The credential_process of the profile "hanging" ($HOME/hanging)`,
				"Run the command and check",
			},
		},
		"credential_process of source_profile": {
			config: `"profile": "chained-hanging"`, timeout: "1s", wantStage: "configure",
			wantErrors: []string{`The credential_process of the profile "hanging" ($HOME/hanging) didn't respond`},
		},
		"credential_process on read": {
			config: `"profile": "expiring"`, env: map[string]string{"HANGING_RUN": "2"}, timeout: "2s", wantStage: "read",
			wantErrors: []string{"Read timed out", "timeouts.read"},
		},
		"IAM": {
			config: `$KEYS, "forbidden_account_ids": ["210987654321"], "skip_credentials_validation": true`, timeout: "1s",
			aws:       respondTo("GetUser", silence),
			wantStage: "configure", wantErrors: []string{"AWS configuration timed out", "IAM (GetUser, 127.0.0.1"},
		},
		"role on read": {
			config: `$KEYS, ` + assumeOne, aws: respondInOrder(respondExpired, silence), timeout: "2s", wantStage: "read",
			wantErrors: []string{"Read timed out", "waited for credentials: STS (AssumeRole, 127.0.0.1", "timeouts.read"},
		},
	} {
		tc.home = true
		t.Run(name, tc.runFault)
	}
}

// respondExpired returns expired credentials for AssumeRole.
func respondExpired(w http.ResponseWriter, _ *http.Request) {
	fakeaws.RespondRole(w, "AssumeRole", "one", time.Unix(0, 0))
}

// respondTo replaces the response to an action.
func respondTo(action string, handler http.HandlerFunc) fakeaws.Responder {
	return func(call fakeaws.Call) http.HandlerFunc {
		if call.Action == action {
			return handler
		}
		return nil
	}
}

// respondInOrder returns the first response to the first request, and so on. The
// last response is repeated.
func respondInOrder(handlers ...http.HandlerFunc) fakeaws.Responder {
	var requests atomic.Int64
	return func(fakeaws.Call) http.HandlerFunc {
		return handlers[min(int(requests.Add(1)), len(handlers))-1]
	}
}

// Malformed responses to a renewal, which the SDK sends in its own goroutine.
func TestMalformedRenewal(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"empty body": "", "empty object": "{}", "HTML page": "<html></html>"} {
		tc := testCase{
			config: `$KEYS, ` + assumeOne, aws: respondInOrder(respondExpired, respondOK(body)), wantStage: "read",
			wantErrors: []string{"Could not retrieve AWS credentials", "STS (AssumeRole, ", "Check that the role exists"},
		}
		t.Run(name, tc.runFault)
	}
}
