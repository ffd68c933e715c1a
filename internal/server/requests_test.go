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
)

// keeper is a provider server that does what the framework's does: it derives
// a context that can be cancelled from each request's, and keeps it.
type keeper struct {
	tfprotov6.ProviderServer
	kept []context.CancelFunc
	read func(context.Context)
}

func (k *keeper) ReadDataSource(ctx context.Context, _ *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	ctx, cancel := context.WithCancel(ctx)
	k.kept = append(k.kept, cancel)
	k.read(ctx)
	return &tfprotov6.ReadDataSourceResponse{}, nil
}

func (k *keeper) ValidateDataResourceConfig(ctx context.Context, _ *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	k.read(ctx)
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

type key struct{}

func read(t *testing.T, ctx context.Context, during func(context.Context)) {
	t.Helper()
	server := requestServer{&keeper{read: during}}
	if _, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: "x"}); err != nil {
		t.Fatal(err)
	}
}

func TestRequestReachesTheRead(t *testing.T) {
	t.Parallel()
	cancelled := func() (context.Context, func()) {
		return context.WithCancel(context.Background())
	}
	for name, test := range map[string]struct {
		request func() (context.Context, func())
		during  func(t *testing.T, ctx context.Context, cancel func())
	}{
		"values": {
			func() (context.Context, func()) {
				return context.WithValue(context.Background(), key{}, "logger"), func() {}
			},
			func(t *testing.T, ctx context.Context, _ func()) {
				if got := ctx.Value(key{}); got != "logger" {
					t.Errorf("value %v", got)
				}
			},
		},
		"cancellation": {cancelled, func(t *testing.T, ctx context.Context, cancel func()) {
			if ctx.Err() != nil {
				t.Errorf("cancelled before it was: %v", ctx.Err())
			}
			cancel()
			<-ctx.Done()
			if !errors.Is(ctx.Err(), context.Canceled) {
				t.Errorf("error %v", ctx.Err())
			}
		}},
		"cancellation with a cause": {
			func() (context.Context, func()) {
				ctx, cancel := context.WithCancelCause(context.Background())
				return ctx, func() { cancel(errors.New("terraform stopped")) }
			},
			func(t *testing.T, ctx context.Context, cancel func()) {
				cancel()
				<-ctx.Done()
				if cause := context.Cause(ctx); cause == nil || cause.Error() != "terraform stopped" {
					t.Errorf("cause %v", cause)
				}
			},
		},
		"deadline": {
			func() (context.Context, func()) {
				return context.WithTimeout(context.Background(), time.Millisecond)
			},
			func(t *testing.T, ctx context.Context, _ func()) {
				if _, ok := ctx.Deadline(); !ok {
					t.Error("no deadline")
				}
				<-ctx.Done()
				if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
					t.Errorf("error %v", ctx.Err())
				}
			},
		},
		"nothing of it is let go while the read runs": {cancelled, func(t *testing.T, ctx context.Context, _ func()) {
			runtime.GC()
			if ctx.Err() != nil {
				t.Errorf("error %v", ctx.Err())
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request, cancel := test.request()
			defer cancel()
			read(t, request, func(ctx context.Context) { test.during(t, ctx, cancel) })
		})
	}
}

// What the framework keeps must not keep the request.
func TestFinishedRequestIsLetGo(t *testing.T) {
	t.Parallel()
	collected := make(chan struct{})
	k := &keeper{}
	server := requestServer{k}
	func() {
		request, cancel := context.WithCancel(context.Background())
		// As gRPC does, when the answer is sent.
		defer cancel()
		large := make([]byte, 1<<20)
		runtime.AddCleanup(&large[0], func(done chan struct{}) { close(done) }, collected)
		k.read = func(ctx context.Context) {
			if _, ok := ctx.Value(key{}).([]byte); !ok {
				t.Error("the value did not reach the read")
			}
		}
		if _, err := server.ReadDataSource(context.WithValue(request, key{}, large), &tfprotov6.ReadDataSourceRequest{}); err != nil {
			t.Error(err)
		}
	}()
	timeout := time.After(10 * time.Second)
	for {
		runtime.GC()
		select {
		case <-collected:
			runtime.KeepAlive(k)
			return
		case <-timeout:
			t.Fatal("the request's value is still held")
		case <-time.After(time.Millisecond):
		}
	}
}

func TestOverWhenTheRequestIs(t *testing.T) {
	t.Parallel()
	var leaked context.Context
	server := requestServer{&keeper{read: func(ctx context.Context) { leaked = ctx }}} //nolint:fatcontext // Whether it is let go is what the test looks at.
	request := context.WithValue(context.Background(), key{}, 1)
	if _, err := server.ValidateDataResourceConfig(request, &tfprotov6.ValidateDataResourceConfigRequest{}); err != nil {
		t.Fatal(err)
	}
	if leaked.Value(key{}) != nil {
		t.Error("a finished request has a value")
	}
	derived, cancel := context.WithCancel(leaked)
	defer cancel()
	if derived.Err() == nil {
		t.Error("what is derived from a finished request is not cancelled")
	}
}

func TestPanicIsADiagnostic(t *testing.T) {
	t.Parallel()
	server := requestServer{&keeper{read: func(context.Context) { panic("boom") }}}
	var diagnostics []*tfprotov6.Diagnostic
	readResp, err := server.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: "customerprofiles_workflow"})
	if err != nil {
		t.Fatal(err)
	}
	diagnostics = append(diagnostics, readResp.Diagnostics...)
	validateResp, err := server.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "customerprofiles_workflow"})
	if err != nil {
		t.Fatal(err)
	}
	diagnostics = append(diagnostics, validateResp.Diagnostics...)
	if len(diagnostics) != 2 {
		t.Fatalf("%d diagnostics, want 2", len(diagnostics))
	}
	for _, d := range diagnostics {
		if d.Summary != "Bug in the provider" || !strings.Contains(d.Detail, "customerprofiles_workflow") || strings.Contains(d.Detail, "boom") {
			t.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
}

func TestSilenceUnreadLogs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		environ  []string
		silenced bool
	}{
		"nothing set":                 {nil, true},
		"other variables":             {[]string{"TF_LOG_CORE=TRACE", "TF_LOG_PATH=x", "PATH=/bin"}, true},
		"set to nothing":              {[]string{"TF_LOG="}, true},
		"TF_LOG":                      {[]string{"TF_LOG=INFO"}, false},
		"TF_LOG_PROVIDER":             {[]string{"TF_LOG_PROVIDER=DEBUG"}, false},
		"the provider's own":          {[]string{"TF_LOG_PROVIDER_CUSTOMERPROFILES=DEBUG"}, false},
		"the plugin libraries'":       {[]string{"TF_LOG_SDK=DEBUG"}, false},
		"one of the plugin libraries": {[]string{"TF_LOG_SDK_FRAMEWORK=DEBUG"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set := map[string]string{}
			silenceUnreadLogs(test.environ, func(key, value string) error { set[key] = value; return nil })
			want := map[string]string{}
			if test.silenced {
				want = map[string]string{"TF_LOG_SDK": "off", "TF_LOG_PROVIDER_CUSTOMERPROFILES": "off"}
			}
			if len(set) != len(want) || set["TF_LOG_SDK"] != want["TF_LOG_SDK"] || set["TF_LOG_PROVIDER_CUSTOMERPROFILES"] != want["TF_LOG_PROVIDER_CUSTOMERPROFILES"] {
				t.Errorf("set %v, want %v", set, want)
			}
		})
	}
}
