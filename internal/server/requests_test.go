// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// fakeServer keeps the context of a request and the cancel function of a context
// that is derived from it, as the framework's server does. It responds with a
// diagnostic.
type fakeServer struct {
	tfprotov6.ProviderServer
	diagnostic *tfprotov6.Diagnostic
	onRequest  func(derived context.Context)
	ctx        context.Context
	cancel     context.CancelFunc
}

func (s *fakeServer) respond(ctx context.Context) []*tfprotov6.Diagnostic {
	derived, cancel := context.WithCancel(ctx) //nolint:gosec // The framework's server doesn't cancel it either.
	s.ctx, s.cancel = ctx, cancel
	if s.onRequest != nil {
		s.onRequest(derived)
	}
	return []*tfprotov6.Diagnostic{s.diagnostic}
}

func (s *fakeServer) ConfigureProvider(
	ctx context.Context, _ *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{Diagnostics: s.respond(ctx)}, nil
}

func (s *fakeServer) ReadDataSource(
	ctx context.Context, _ *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	return &tfprotov6.ReadDataSourceResponse{Diagnostics: s.respond(ctx)}, nil
}

func (s *fakeServer) ValidateDataResourceConfig(
	ctx context.Context, _ *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: s.respond(ctx)}, nil
}

func (s *fakeServer) ValidateProviderConfig(
	ctx context.Context, _ *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{Diagnostics: s.respond(ctx)}, nil
}

// requests send the requests that this package wraps.
var requests = map[string]func(context.Context, tfprotov6.ProviderServer) error{
	"configure": func(ctx context.Context, server tfprotov6.ProviderServer) error {
		_, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{})
		return err
	},
	"read": func(ctx context.Context, server tfprotov6.ProviderServer) error {
		_, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{})
		return err
	},
	"validate provider": func(ctx context.Context, server tfprotov6.ProviderServer) error {
		_, err := server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{})
		return err
	},
	"validate": func(ctx context.Context, server tfprotov6.ProviderServer) error {
		_, err := server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{})
		return err
	},
}

type contextKey struct{}

func TestRequestContext(t *testing.T) {
	t.Parallel()
	stopped := errors.New("Terraform stopped the provider")
	ctx, cancel := context.WithCancelCause(context.WithValue(t.Context(), contextKey{}, "value"))
	ctx, cancelDeadline := context.WithTimeout(ctx, time.Hour)
	defer cancelDeadline()
	server := releasingServer{&fakeServer{onRequest: func(derived context.Context) {
		runtime.GC() // The request must not be released before its end.
		if value := derived.Value(contextKey{}); value != "value" {
			t.Errorf("value %v", value)
		}
		if _, ok := derived.Deadline(); !ok {
			t.Error("no deadline")
		}
		if derived.Err() != nil {
			t.Errorf("error %v before the request is canceled", derived.Err())
		}
		cancel(stopped)
		<-derived.Done()
		if cause := context.Cause(derived); !errors.Is(derived.Err(), context.Canceled) || !errors.Is(cause, stopped) {
			t.Errorf("error %v, cause %v", derived.Err(), cause)
		}
	}}}
	if err := requests["read"](ctx, server); err != nil {
		t.Fatal(err)
	}
}

func TestContextAfterRequest(t *testing.T) {
	t.Parallel()
	for _, request := range []string{"read", "validate"} {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			server, collected := &fakeServer{}, make(chan struct{})
			func() {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel() // As gRPC does after the response.
				value := make([]byte, 1<<20)
				runtime.AddCleanup(&value[0], func(done chan struct{}) { close(done) }, collected)
				if err := requests[request](context.WithValue(ctx, contextKey{}, value), releasingServer{server}); err != nil {
					t.Error(err)
				}
			}()
			if value := server.ctx.Value(contextKey{}); value != nil || !errors.Is(server.ctx.Err(), context.Canceled) {
				t.Errorf("value %v, error %v", value, server.ctx.Err())
			}
			timeout := time.After(10 * time.Second)
			for {
				runtime.GC()
				select {
				case <-collected:
					runtime.KeepAlive(server)
					return
				case <-timeout:
					t.Fatal("the request's value is still in memory")
				case <-time.After(time.Millisecond):
				}
			}
		})
	}
}

func TestRedactedDiagnostics(t *testing.T) {
	t.Parallel()
	const secret = "wJalr/secret+key"
	redactor := conns.NewRedactor()
	const linesSecret = "two\nlines"
	redactor.Add(secret, linesSecret)
	repeat := strings.Repeat
	for name, tc := range map[string]struct{ detail, want string }{
		"no secret":          {detail: "a\n\nb", want: "a\n\nb"},
		"secret":             {detail: "a\n\n" + secret + "\n\nb", want: "a\n\n***\n\nb"},
		"control characters": {detail: "a\x1b[31m\n\tb\x00\u0085\u202e", want: `a\x1b[31m` + "\n\tb" + `\x00\u0085\u202e`},
		"as long as allowed": {detail: repeat("y", 2000) + "\n\nb", want: repeat("y", 2000) + "\n\nb"},
		"longer than allowed": {
			detail: "a\n\n" + repeat("z", 1000) + "c" + repeat("x", 1000),
			want:   "a\n\n" + repeat("z", 1000) + " [… 1 bytes …] " + repeat("x", 1000),
		},
		"messages of 600 KB": {
			detail: "own words: " + repeat("y", 600_000) + "\n  - flow: " + repeat("z", 600_000) + " (HTTP 400)\n\nadvice",
			want: "own words: " + repeat("y", 989) + " [… 598011 bytes …] " + repeat("y", 1000) +
				"\n  - flow: " + repeat("z", 990) + " [… 598021 bytes …] " + repeat("z", 989) + " (HTTP 400)\n\nadvice",
		},
		"as many lines as allowed": {detail: repeat("a\n", 99) + "b", want: repeat("a\n", 99) + "b"},
		"more lines than allowed": {
			detail: repeat("a\n", 50) + "c\n" + repeat("b\n", 49) + "b",
			want:   repeat("a\n", 50) + "[… 1 lines …]\n" + repeat("b\n", 49) + "b",
		},
		"secret across the first cut": {
			detail: repeat("y", 995) + secret + repeat("z", 2000),
			want:   repeat("y", 995) + "*** [… 1011 bytes …] " + repeat("z", 1000),
		},
		"secret across the second cut": {
			detail: repeat("y", 2000) + secret + repeat("z", 995),
			want:   repeat("y", 1000) + " [… 1011 bytes …] ***" + repeat("z", 995),
		},
		"secret across lines": {detail: "a\n" + linesSecret + "b", want: "a\n***\n***b"},
		"character across the cut": {
			detail: "a" + repeat("é", 1200),
			want:   "a" + repeat("é", 499) + " [… 402 bytes …] " + repeat("é", 500),
		},
		"invalid UTF-8 across the cut": {
			detail: repeat("y", 1000) + repeat("\x80", 1500),
			want:   repeat("y", 999) + " [… 501 bytes …] " + repeat("\ufffd", 1000),
		},
	} {
		for request := range requests {
			t.Run(request+", "+name, func(t *testing.T) {
				t.Parallel()
				got := &tfprotov6.Diagnostic{Summary: "a " + secret, Detail: tc.detail}
				if err := requests[request](t.Context(), redactingServer{&fakeServer{diagnostic: got}, redactor}); err != nil {
					t.Fatal(err)
				}
				if got.Summary != "a ***" || got.Detail != tc.want {
					t.Errorf("got  %s: %s\nwant a ***: %s", got.Summary, got.Detail, tc.want)
				}
			})
		}
	}
}
