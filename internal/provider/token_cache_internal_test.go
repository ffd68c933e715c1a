// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/credentials/logincreds"
	"github.com/aws/aws-sdk-go-v2/service/signin"
)

// loginToken returns an expired token whose key is of the curve.
func loginToken(t *testing.T, curve elliptic.Curve) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})))
	if err != nil {
		t.Fatal(err)
	}
	return `{"accessToken": {"accessKeyId": "A", "secretAccessKey": "s", "sessionToken": "t", "accountId": "1",
		"expiresAt": "2020-01-01T00:00:00Z"}, "clientId": "c", "refreshToken": "r", "dpopKey": ` + string(encoded) + `}`
}

func refuseRequest(*http.Request) (*http.Response, error) { return nil, context.Canceled }

// The check rejects a file if, and only if, the SDK panics because of its content.
func TestTokenCache_login(t *testing.T) {
	t.Parallel()
	valid := loginToken(t, elliptic.P256())
	for name, tc := range map[string]struct {
		content, want string
	}{
		"valid":               {content: valid},
		"empty":               {},
		"malformed JSON":      {content: `{"accessToken": `},
		"list":                {content: `[]`},
		"empty object":        {content: `{}`},
		"null":                {content: " null\n", want: ".json is null"},
		"null access token":   {content: `{"accessToken": null}`},
		"key isn't PEM":       {content: strings.Replace(valid, "-----BEGIN", "", 1), want: "isn't a PEM block"},
		"key isn't DER":       {content: strings.Replace(valid, `\nM`, `\nN`, 1), want: "isn't a key of the curve P-256"},
		"key of larger curve": {content: loginToken(t, elliptic.P521()), want: "isn't a key of the curve P-256"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "token.json")
			if err := os.WriteFile(path, []byte(tc.content), 0o600); err != nil {
				t.Fatal(err)
			}
			err := tokenCache{path: path, command: loginCommand}.check()
			if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want %q", err, tc.want)
			}
			defer func() {
				if recover() != nil && err == nil {
					t.Error("the SDK panics")
				}
			}()
			client := signin.New(signin.Options{Region: "us-east-1", HTTPClient: httpClientFunc(refuseRequest)})
			if _, err := logincreds.New(client, path).Retrieve(t.Context()); err == nil {
				t.Error("the SDK returns no error")
			}
		})
	}
}

// The SDK's error would be "cached SSO token must contain accessToken and expiresAt
// fields, <nil>".
func TestTokenCache_nullSSO(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token.json")
	if err := os.WriteFile(path, []byte("null"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := tokenCache{path: path, command: ssoCommand}.check()
	if err == nil || !strings.HasSuffix(err.Error(), "token.json is null") {
		t.Errorf("error %v", err)
	}
}

// The SDK says what to do if there is no token.
func TestTokenCache_missing(t *testing.T) {
	t.Parallel()
	cache := tokenCache{path: filepath.Join(t.TempDir(), "missing.json"), command: loginCommand}
	if err := cache.check(); err != nil {
		t.Error(err)
	}
}
