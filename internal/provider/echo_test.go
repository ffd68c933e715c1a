// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
)

var symbols = regexp.MustCompile(`[^0-9A-Za-z]`)

// encodings are the forms in which a service may repeat a secret.
var encodings = map[string]func(string) string{
	"plain":              strings.Clone,
	"JSON":               escapeWith(`\u%04x`),
	"JSON in upper case": escapeWith(`\u%04X`),
	"URL":                url.QueryEscape,
	"HTML":               escapeWith("&#%d;"),
}

func escapeWith(format string) func(string) string {
	return func(secret string) string {
		return symbols.ReplaceAllStringFunc(secret, func(s string) string { return fmt.Sprintf(format, s[0]) })
	}
}

// echo returns a handler that repeats secrets, and those of the request, in each
// encoding and place of an error.
func echo(secrets []string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		all := append([]string{r.Header.Get("X-Amz-Security-Token"), r.Header.Get("X-Amz-Sso_bearer_token"),
			r.PostFormValue("WebIdentityToken")}, secrets...)
		var text strings.Builder
		for _, secret := range all {
			for _, encode := range encodings {
				text.WriteString(" " + encode(secret))
			}
		}
		w.Header().Set("X-Amzn-Requestid", url.QueryEscape(strings.Join(all, " ")))
		w.WriteHeader(http.StatusForbidden)
		escaped := html.EscapeString(text.String())
		_, _ = fmt.Fprintf(w, `<ErrorResponse><Error><Code>Code%[1]s</Code><Message>Message%[1]s</Message></Error>`+
			`<RequestId>%[1]s</RequestId></ErrorResponse>`, escaped)
	}
}

// echoJSON is like [echo] for IAM Identity Center.
func echoJSON(w http.ResponseWriter, r *http.Request) {
	token := escapeWith(`\u%04x`)(r.Header.Get("X-Amz-Sso_bearer_token"))
	w.Header().Set("X-Amzn-ErrorType", "Exception"+url.QueryEscape(token))
	w.WriteHeader(http.StatusForbidden)
	_, _ = io.WriteString(w, `{"message":"`+token+`"}`)
}

// STS may repeat every secret that was used, wherever it came from.
func TestEchoedSecrets(t *testing.T) {
	t.Parallel()
	const (
		key, token    = "temporary-secret/key+", "temporary-token/of+someone"
		roleBlock     = `"assume_role": [{"role_arn": "$ROLE/one"}]`
		identityBlock = `"assume_role_with_web_identity": [{"role_arn": "$ROLE/one"%s}]`
	)
	issued := fakeaws.IssuedCredentials("one")
	fromFile := []string{"an-identity-token-from-a-file"}
	for name, tc := range map[string]struct {
		testCase
		secrets []string
	}{
		"keys in the provider block": {testCase{config: temporaryKeys + ", " + roleBlock}, []string{key, token}},
		"keys in the environment": {testCase{config: roleBlock, env: map[string]string{
			"AWS_ACCESS_KEY_ID": "AKIATEMPORARY", "AWS_SECRET_ACCESS_KEY": key, "AWS_SESSION_TOKEN": token,
		}}, []string{key, token}},
		"keys in a shared file":  {testCase{config: `"profile": "temporary", ` + roleBlock}, []string{key, token}},
		"keys of source_profile": {testCase{config: `"profile": "chained-temporary"`}, []string{key, token}},
		"keys of a role": {testCase{config: `$KEYS, "assume_role": [{"role_arn": "$ROLE/one"}, {"role_arn": "$ROLE/two"}]`},
			[]string{"config-secret/key+", issued.SecretAccessKey, issued.SessionToken}},
		"web identity token": {testCase{config: fmt.Sprintf(identityBlock, `, "web_identity_token": "an-identity/token+"`)},
			[]string{"an-identity/token+"}},
		"web identity token in the environment": {testCase{
			config: fmt.Sprintf(identityBlock, ""), env: map[string]string{"TF_AWS_WEB_IDENTITY_TOKEN": "an-identity/token+"},
		}, []string{"an-identity/token+"}},
		"web identity token file": {testCase{
			config: fmt.Sprintf(identityBlock, `, "web_identity_token_file": "~/identity"`)}, fromFile},
		"web identity token file in the environment": {testCase{config: fmt.Sprintf(identityBlock, ""), env: identityEnv},
			fromFile},
		"web identity in the environment": {testCase{env: identityEnv}, fromFile},
		"account ID": {testCase{config: temporaryKeys + `, "allowed_account_ids": ["123456789012"]`},
			[]string{key, token}},
		"SSO token": {testCase{config: `"profile": "sso"`}, []string{fakeaws.SSOToken}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.home = true
			tc.aws = func(call fakeaws.Call) http.HandlerFunc {
				switch {
				case name == "keys of a role" && call.Role == "one":
					return nil
				case call.Service == "sso":
					return echoJSON
				}
				return echo(tc.secrets)
			}
			f := tc.newFixture(t)
			got := runProvider(t, f.environment(tc.env), input{Config: f.providerBlock(tc.config)})
			if len(got.Errors) != 1 || got.Stage != "configure" || !strings.Contains(got.Errors[0], "***") {
				t.Fatalf("errors at stage %s: %q, want one with a redacted secret", got.Stage, got.Errors)
			}
			for _, secret := range tc.secrets {
				for _, half := range []string{secret[:len(secret)/2], secret[len(secret)/2:]} {
					for encoding, encode := range encodings {
						if strings.Contains(got.Errors[0], encode(half)) {
							t.Errorf("%q, a part of a secret (%s), in:\n%s", half, encoding, got.Errors[0])
						}
					}
				}
			}
		})
	}
}
