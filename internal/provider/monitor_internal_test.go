// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/credentials/endpointcreds"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/aws-sdk-go-v2/service/signin"
	signintypes "github.com/aws/aws-sdk-go-v2/service/signin/types"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/smithy-go/middleware"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

type httpClientFunc func(*http.Request) (*http.Response, error)

func (f httpClientFunc) Do(r *http.Request) (*http.Response, error) { return f(r) }

// newTestResolver returns a resolver whose requests are sent by do.
func newTestResolver(do httpClientFunc) *resolver {
	loaded := aws.Config{
		Region: "us-east-1", HTTPClient: do, Credentials: credentials.NewStaticCredentialsProvider("AKIA", "secret", ""),
	}
	base := &awsbase.Config{AssumeRoleWithWebIdentity: &awsbase.AssumeRoleWithWebIdentity{WebIdentityToken: "token"}}
	return newResolver(loaded, base, conns.NewRedactor(), nil, nil)
}

// retrievers are the ways to retrieve credentials whose responses are checked.
var retrievers = map[string]func(context.Context, *resolver) (aws.Credentials, error){
	"AssumeRole": func(ctx context.Context, r *resolver) (aws.Credentials, error) {
		return r.assumeRole(r.loaded.Credentials, awsbase.AssumeRole{RoleARN: "role"}).Retrieve(ctx)
	},
	"AssumeRoleWithWebIdentity": func(ctx context.Context, r *resolver) (aws.Credentials, error) {
		return r.webIdentity().Retrieve(ctx)
	},
	"GetRoleCredentials": func(ctx context.Context, r *resolver) (aws.Credentials, error) {
		input := &sso.GetRoleCredentialsInput{
			AccessToken: aws.String("token"), AccountId: aws.String("1"), RoleName: aws.String("r"),
		}
		_, err := sso.NewFromConfig(r.services).GetRoleCredentials(ctx, input)
		return aws.Credentials{}, err
	},
}

// credentialsBody returns a response of the operation that lacks one member.
func credentialsBody(operation, missing string) string {
	var members []string
	for _, name := range []string{"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"} {
		value := `"a-malformed-secret"`
		switch name {
		case missing:
			continue
		case "Expiration":
			value = "4102444800000"
		}
		if operation == "GetRoleCredentials" {
			members = append(members, fmt.Sprintf(`"%s%s": %s`, strings.ToLower(name[:1]), name[1:], value))
			continue
		}
		value = strings.NewReplacer(`"`, "", "4102444800000", "2100-01-01T00:00:00Z").Replace(value)
		members = append(members, fmt.Sprintf("<%[1]s>%[2]s</%[1]s>", name, value))
	}
	if operation == "GetRoleCredentials" {
		return `{"roleCredentials": {` + strings.Join(members, ", ") + "}}"
	}
	return fmt.Sprintf("<%[1]sResponse><%[1]sResult><Credentials>%[2]s</Credentials></%[1]sResult></%[1]sResponse>",
		operation, strings.Join(members, ""))
}

func TestMonitor_malformedResponse(t *testing.T) {
	t.Parallel()
	for operation, retrieve := range retrievers {
		bodies := map[string]string{
			"empty body":    "",
			"empty object":  "{}",
			"null":          "null",
			"list":          "[]",
			"text":          "Welcome",
			"HTML page":     "<!DOCTYPE html><html><body>Sign in</body></html>",
			"invalid XML":   "<" + operation + "Response><" + operation + "Result>",
			"empty members": strings.ReplaceAll(credentialsBody(operation, ""), "a-malformed-secret", ""),
			"no result":     "<" + operation + "Response></" + operation + "Response>",
			"empty result":  "<" + operation + "Response><" + operation + "Result/></" + operation + "Response>",
			"truncated":     credentialsBody(operation, "")[:60],
		}
		for _, member := range []string{"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"} {
			bodies["no "+member] = credentialsBody(operation, member)
		}
		bodies["complete"] = credentialsBody(operation, "")
		for name, body := range bodies {
			t.Run(operation+", "+name, func(t *testing.T) {
				t.Parallel()
				attempts := 0
				_, err := retrieve(t.Context(), newTestResolver(func(*http.Request) (*http.Response, error) {
					attempts++
					return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body))}, nil
				}))
				if (err == nil) != (name == "complete") {
					t.Fatalf("error %v", err)
				}
				if err != nil && strings.Contains(err.Error(), "a-malformed-secret") {
					t.Errorf("the error contains a secret: %v", err)
				}
				if attempts != 1 {
					t.Errorf("%d attempts, want 1", attempts)
				}
			})
		}
	}
}

// endlessBody is a response that never ends.
type endlessBody struct{ size int }

func (b *endlessBody) Read(p []byte) (int, error) {
	if b.size += len(p); b.size > 10<<20 {
		return 0, io.EOF // The test fails; it doesn't need all memory for that.
	}
	return copy(p, bytes.Repeat([]byte(" "), len(p))), nil
}

func TestMonitor_endlessResponse(t *testing.T) {
	t.Parallel()
	for operation, retrieve := range retrievers {
		for _, status := range []int{http.StatusOK, http.StatusForbidden} {
			body := &endlessBody{}
			_, err := retrieve(t.Context(), newTestResolver(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: status, Body: io.NopCloser(body)}, nil
			}))
			if err == nil || body.size > 1<<20 {
				t.Errorf("%s, status %d: error %v after %d bytes", operation, status, err, body.size)
			}
		}
	}
}

// An attempt ends, and is repeated, although the SDK retrieves credentials
// without the deadline of the caller.
func TestMonitor_attemptTimeout(t *testing.T) {
	t.Parallel()
	for operation, retrieve := range retrievers {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				started, attempts := time.Now(), 0
				_, err := retrieve(t.Context(), newTestResolver(func(r *http.Request) (*http.Response, error) {
					attempts++
					<-r.Context().Done()
					return nil, r.Context().Err()
				}))
				if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "no complete response within 30s") {
					t.Errorf("error %v", err)
				}
				if elapsed := time.Since(started); attempts != 3 || elapsed < 90*time.Second || elapsed > 150*time.Second {
					t.Errorf("%d attempts in %s, want 3 in about 90s", attempts, elapsed)
				}
			})
		})
	}
}

// A renewal ends with the deadline of the read.
func TestMonitor_renewalEndsWithRead(t *testing.T) {
	t.Parallel()
	for operation, retrieve := range retrievers {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
				defer cancel()
				started := time.Now()
				_, err := retrieve(ctx, newTestResolver(func(r *http.Request) (*http.Response, error) {
					<-r.Context().Done()
					return nil, r.Context().Err()
				}))
				if elapsed := time.Since(started); err == nil || elapsed != 7*time.Second {
					t.Errorf("error %v after %s", err, elapsed)
				}
				time.Sleep(5 * time.Minute) // Until the SDK's goroutine has given up.
			})
		})
	}
}

// A service may repeat a secret of the request without what surrounds it there.
func TestMonitor_requestSecrets(t *testing.T) {
	t.Parallel()
	secrets := []string{"a-client-secret", "a-refresh-token", "a-container-token", "a-login-token"}
	body := `{"error": "invalid_grant", "error_description": "` + strings.Join(secrets, " ") + `", "code": "1",
		"message": "` + strings.Join(secrets, " ") + `"}`
	r := newTestResolver(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusBadRequest, Body: io.NopCloser(strings.NewReader(body))}, nil
	})
	for name, retrieve := range map[string]func(context.Context) error{
		"CreateToken": func(ctx context.Context) error {
			_, err := ssooidc.NewFromConfig(r.services).CreateToken(ctx, &ssooidc.CreateTokenInput{
				ClientId: aws.String("id"), ClientSecret: &secrets[0], RefreshToken: &secrets[1],
				GrantType: aws.String("refresh_token"),
			})
			return err
		},
		"CreateOAuth2Token": func(ctx context.Context) error {
			_, err := signin.NewFromConfig(r.services).CreateOAuth2Token(ctx, &signin.CreateOAuth2TokenInput{
				TokenInput: &signintypes.CreateOAuth2TokenRequestBody{
					ClientId: aws.String("id"), RefreshToken: &secrets[3], GrantType: aws.String("refresh_token"),
				},
			})
			return err
		},
		"container credentials": func(ctx context.Context) error {
			_, err := endpointcreds.New("http://127.0.0.1", func(o *endpointcreds.Options) {
				o.HTTPClient, o.APIOptions = r.services.HTTPClient, r.services.APIOptions
				o.AuthorizationToken = "Bearer " + secrets[2]
			}).Retrieve(ctx)
			return err
		},
	} {
		if err := retrieve(t.Context()); err == nil || !strings.Contains(err.Error(), secrets[0]) {
			t.Errorf("%s: error %v, want the message of the service", name, err)
		}
	}
	for _, secret := range secrets {
		if got := r.redactor.Redact("a " + secret); got != "a ***" {
			t.Errorf("got %q", got)
		}
	}
}

// The SDK creates clients that have its own HTTP client.
func TestMonitor_send(t *testing.T) {
	t.Parallel()
	var paths []string
	r := newTestResolver(func(request *http.Request) (*http.Response, error) {
		paths = append(paths, request.URL.Path)
		return &http.Response{StatusCode: http.StatusBadRequest, Body: http.NoBody}, nil
	})
	cfg := aws.Config{
		Region: "us-east-1", HTTPClient: httpClientFunc(refuseRequest),
		APIOptions: []func(*middleware.Stack) error{r.monitor.addTo},
	}
	_, oidcErr := ssooidc.NewFromConfig(cfg).CreateToken(t.Context(), &ssooidc.CreateTokenInput{
		ClientId: aws.String("id"), ClientSecret: aws.String("secret"), GrantType: aws.String("refresh_token"),
	})
	_, signinErr := signin.NewFromConfig(cfg).CreateOAuth2Token(t.Context(), &signin.CreateOAuth2TokenInput{
		TokenInput: &signintypes.CreateOAuth2TokenRequestBody{ClientId: aws.String("id"), GrantType: aws.String("x")},
	})
	if want := []string{"/token", "/v1/token"}; !slices.Equal(paths, want) {
		t.Errorf("requests %q, want %q; errors %v, %v", paths, want, oidcErr, signinErr)
	}
}

// The SDK cuts an error code at "#" and ":", so that the rest of a secret in it isn't
// redacted.
func TestMonitor_cutErrorCode(t *testing.T) {
	t.Parallel()
	r := newTestResolver(func(*http.Request) (*http.Response, error) {
		header := http.Header{"X-Amzn-Errortype": {"refresh&#43;token/of&#47;someone"}}
		return &http.Response{StatusCode: http.StatusBadRequest, Header: header, Body: http.NoBody}, nil
	})
	_, err := retrievers["GetRoleCredentials"](t.Context(), r)
	if err == nil || strings.Contains(err.Error(), "someone") || !strings.Contains(err.Error(), "UnknownError") {
		t.Errorf("error %v", err)
	}
}

// The SDK would replace the token in its cache, and the user would have to sign in again.
func TestMonitor_missingAccessToken(t *testing.T) {
	t.Parallel()
	for body, wantErr := range map[string]bool{
		`{}`: true, `{"accessToken": ""}`: true, `{"accessToken": "token"}`: false,
	} {
		r := newTestResolver(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body))}, nil
		})
		_, err := ssooidc.NewFromConfig(r.services).CreateToken(t.Context(), &ssooidc.CreateTokenInput{
			ClientId: aws.String("id"), ClientSecret: aws.String("secret"), GrantType: aws.String("refresh_token"),
		})
		if (err != nil) != wantErr {
			t.Errorf("%s: error %v", body, err)
		}
	}
}

// The SDK quotes what it can't use of a response of a metadata service.
func TestMonitor_metadata(t *testing.T) {
	t.Parallel()
	const (
		lifetime  = "X-Aws-Ec2-Metadata-Token-Ttl-Seconds"
		token     = "/latest/api/token"
		roles     = "/latest/meta-data/iam/security-credentials/"
		role      = roles + "instance-role"
		identity  = "/latest/dynamic/instance-identity/document"
		container = "/container"
		keys      = `"AccessKeyId": "AKIA", "SecretAccessKey": "a-malformed-secret", "Token": "a-token"}`
		document  = `{"Code": "Success", ` + keys
	)
	for name, tc := range map[string]struct {
		path, body, lifetime string
		isValid              bool
	}{
		"valid":                             {isValid: true},
		"several roles":                     {path: roles, body: "instance-role\nanother+=,.@-role_\n", isValid: true},
		"document instead of role":          {path: roles, body: document},
		"XML instead of role":               {path: roles, body: "<Secret>a-malformed-secret</Secret>"},
		"token instead of role":             {path: roles, body: strings.Repeat("a-malformed-secret", 4)},
		"text instead of document":          {path: role, body: "a-malformed-secret"},
		"secret of the wrong type":          {path: role, body: `{"SecretAccessKey": {"a-malformed-secret": 1}}`},
		"secret as expiration":              {path: role, body: `{"Expiration": "a-malformed-secret"}`},
		"secret in the message":             {path: role, body: `{"Message": "a-malformed-secret", ` + keys},
		"secret as time":                    {path: identity, body: `{"pendingTime": "a-malformed-secret"}`},
		"secret as lifetime of token":       {path: token, lifetime: "a-malformed-secret"},
		"secret as expiration in container": {path: container, body: `{"Expiration": "a-malformed-secret"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newTestResolver(func(request *http.Request) (*http.Response, error) {
				bodies := map[string]string{
					token: "a-token", roles: "instance-role", role: document, identity: `{"region": "eu-west-1"}`, container: document,
				}
				header := http.Header{lifetime: {"60"}}
				if tc.path == request.URL.Path {
					bodies[tc.path] = tc.body
					header[lifetime][0] = cmp.Or(tc.lifetime, "60")
				}
				body := io.NopCloser(strings.NewReader(bodies[request.URL.Path]))
				return &http.Response{StatusCode: http.StatusOK, Header: header, Body: body}, nil
			})
			metadata := imds.NewFromConfig(r.services, func(o *imds.Options) {
				o.ClientEnableState, o.EnableFallback = imds.ClientEnabled, aws.FalseTernary
			})
			_, instanceErr := ec2rolecreds.New(func(o *ec2rolecreds.Options) { o.Client = metadata }).Retrieve(t.Context())
			_, regionErr := metadata.GetRegion(t.Context(), nil)
			_, containerErr := endpointcreds.New("http://127.0.0.1"+container, func(o *endpointcreds.Options) {
				o.HTTPClient, o.APIOptions = r.services.HTTPClient, r.services.APIOptions
			}).Retrieve(t.Context())
			err := errors.Join(instanceErr, regionErr, containerErr)
			if (err == nil) != tc.isValid {
				t.Fatalf("error %v", err)
			}
			if err != nil && strings.Contains(r.redactor.Redact(err.Error()), "a-malformed-secret") {
				t.Errorf("the error contains a secret: %v", err)
			}
		})
	}
}
