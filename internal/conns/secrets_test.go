// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import "testing"

// Secrets are taken out of messages, and words are not.
func TestSecretsHide(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		secrets       Secrets
		message, want string
	}{
		"known ones":           {Secrets{"secret+key/of40", "token/of=="}, `secret+key/of40, token/of==, token\/of==`, "***, ***, ***"},
		"words":                {Secrets{"test", "key", ""}, "the latest test of a key", "the latest test of a key"},
		"a canonical request":  {nil, "host:h\nx-amz-security-token:AbC+/==\n\nhost", "host:h\nx-amz-security-token:***\n\nhost"},
		"a process's output":   {nil, "parse failed of process output: {\n\"SecretAccessKey\": 1}, error: bad", "parse failed of process output: (not shown), error: bad"},
		"a URL's password":     {nil, `proxy "http://me:pass@proxy:80" for https://example.com/a@b`, `proxy "http://***@proxy:80" for https://example.com/a@b`},
		"nothing to be hidden": {Secrets{"secret+key/of40"}, "no EC2 IMDS role found", "no EC2 IMDS role found"},
	} {
		if got := test.secrets.Hide(test.message); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
