// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

const workflowID = "0123456789abcdef0123456789abcdef"

var readyPattern = regexp.MustCompile(`^Customer Profiles simulator listening on (http://127\.0\.0\.1:\d+): ` +
	`export AWS_ENDPOINT_URL_CUSTOMER_PROFILES=(\S+) AWS_REGION=(\S+) AWS_DEFAULT_REGION=us-east-1 ` +
	`AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+) AWS_SESSION_TOKEN=(\S*)\n$`)

// workflowStatus reads a workflow with the settings in the ready line.
func workflowStatus(t *testing.T, line string) string {
	t.Helper()
	m := readyPattern.FindStringSubmatch(line)
	if m == nil || m[1] != m[2] {
		t.Fatalf("got line %q", line)
	}
	client := customerprofiles.New(customerprofiles.Options{
		BaseEndpoint: &m[2],
		Region:       m[3],
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: m[4], SecretAccessKey: m[5], SessionToken: m[6]}, nil
		}),
	})
	out, err := client.GetWorkflow(t.Context(), &customerprofiles.GetWorkflowInput{
		DomainName: aws.String("acme"), WorkflowId: aws.String(workflowID),
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(out.Status)
}

func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRun(t *testing.T) {
	t.Parallel()
	data := `{"Credentials":[{"AccessKeyId":"KEY","SecretAccessKey":"secret","SessionToken":"token"}],
		"Domains":[{"DomainName":"acme","Workflows":[{"WorkflowId":"` + workflowID + `","Status":"RETRY"}]}]}`
	tests := map[string]struct {
		args        []string
		status, log string
	}{
		"built-in data": {status: "COMPLETE"},
		"data file":     {args: []string{"-data", writeFile(t, data)}, status: "RETRY"},
		"data file without credentials": {
			args:   []string{"-data", writeFile(t, "{"+data[strings.Index(data, "\n")+1:])},
			status: "RETRY",
		},
		"quota and latency": {args: []string{"-tps", "1", "-latency", "1ms"}, status: "COMPLETE"},
		"log": {
			args:   []string{"-log", "-addr", "localhost:0"},
			status: "COMPLETE", log: "GET /domains/acme/workflows/" + workflowID + " 200\n",
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			read, write := io.Pipe()
			var stderr bytes.Buffer
			exitStatus := make(chan int, 1)
			go func() {
				exitStatus <- run(ctx, tc.args, write, &stderr)
				_ = write.Close() // Ends the read if run fails early.
			}()
			line, err := bufio.NewReader(read).ReadString('\n')
			if err != nil {
				t.Fatalf("%v, standard error %q", err, stderr.String())
			}
			if got := workflowStatus(t, line); got != tc.status {
				t.Errorf("got workflow status %s, want %s", got, tc.status)
			}
			cancel()
			if got := <-exitStatus; got != 0 {
				t.Errorf("got exit status %d", got)
			}
			if stderr.String() != tc.log {
				t.Errorf("got log %q, want %q", stderr.String(), tc.log)
			}
		})
	}
}

func TestRunErrors(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	addr := listener.Addr().String()
	tests := map[string]struct {
		args   []string
		status int
		want   string
	}{
		"unknown flag":        {args: []string{"-nope"}, status: 2, want: "flag provided but not defined: -nope"},
		"unexpected argument": {args: []string{"acme"}, status: 2, want: `unexpected argument "acme"`},
		"no address":          {args: []string{"-addr", ""}, status: 2, want: "-addr must not be empty"},
		"no file":             {args: []string{"-data="}, status: 2, want: "-data must not be empty"},
		"no URL to check":     {args: []string{"-check", ""}, status: 2, want: "-check must not be empty"},
		"file not found":      {args: []string{"-data", "missing.json"}, status: 1, want: "open missing.json"},
		"invalid file": {
			args: []string{"-data", writeFile(t, `{"Domain":[]}`)}, status: 1,
			want: `data.json: /Domain: found [], expected one of the members $schema, Credentials, Domains`,
		},
		"quota not a number": {
			args: []string{"-tps", "NaN"}, status: 2, want: "-tps must be a number of requests, such as 5",
		},
		"infinite quota": {
			args: []string{"-tps", "Inf"}, status: 2, want: "-tps must be a number of requests, such as 5",
		},
		"negative quota":   {args: []string{"-tps", "-1"}, status: 2, want: "-tps and -latency must not be negative"},
		"negative latency": {args: []string{"-latency", "-1s"}, status: 2, want: "-tps and -latency must not be negative"},
		"address in use":   {args: []string{"-addr", addr}, status: 1, want: addr},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			if got := run(t.Context(), tc.args, &stdout, &stderr); got != tc.status || stdout.Len() > 0 {
				t.Errorf("got exit status %d, want %d; standard output %q", got, tc.status, stdout.String())
			}
			message := stderr.String()
			if !strings.HasPrefix(message, "customerprofiles-simulator: ") || !strings.Contains(message, tc.want) ||
				strings.Count(message, "\n") != 1 {
				t.Errorf("got %q, want one line with %q", message, tc.want)
			}
		})
	}
}

func TestRunInformation(t *testing.T) {
	t.Parallel()
	for flag, want := range map[string]string{
		"-version": name + " dev\n",
		"-help":    "/docs/guides/simulator\n",
		"-h":       "-addr address",
		"-schema":  `"$schema": "https://json-schema.org/draft/2020-12/schema"`,
	} {
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), []string{flag}, &stdout, &stderr)
		if status != 0 || stderr.Len() > 0 || !strings.Contains(stdout.String(), want) {
			t.Errorf("%s: got exit status %d, %q, %q", flag, status, stdout.String(), stderr.String())
		}
	}
}

func TestReadyLineQuoting(t *testing.T) {
	t.Parallel()
	line := readyLine("http://localhost", simulator.Credential{
		AccessKeyID: "wJalr/K7+x==", SecretAccessKey: "a b$", SessionToken: "it's",
	})
	const want = `AWS_ACCESS_KEY_ID=wJalr/K7+x== AWS_SECRET_ACCESS_KEY='a b$' AWS_SESSION_TOKEN='it'\''s'` + "\n"
	if !strings.HasSuffix(line, want) {
		t.Errorf("got %q, want %q at its end", line, want)
	}
}

func TestLogLine(t *testing.T) {
	t.Parallel()
	for want, call := range map[string]simulator.Call{
		"GET /a%20b?c=1 200":                 {Method: "GET", Path: "/a%20b", RawQuery: "c=1", Status: 200},
		"GET / 429 ThrottlingException":      {Method: "GET", Path: "/", Status: 429, ErrorCode: "ThrottlingException"},
		"POST / (connection: reset)":         {Method: "POST", Path: "/", Fault: simulator.ResetBeforeHeaders},
		"POST /a 200 (connection: truncate)": {Method: "POST", Path: "/a", Status: 200, Fault: simulator.CutBody},
	} {
		if got := logLine(call); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	service, err := simulator.New(simulator.DefaultData())
	if err != nil {
		t.Fatal(err)
	}
	server, err := simulator.Listen("127.0.0.1:0", service)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	closed := httptest.NewServer(nil)
	closed.Close()
	for name, tc := range map[string]struct {
		url    string
		status int
		want   string
	}{
		"healthy":     {url: server.URL},
		"with a path": {url: server.URL + "/_simulator/health"},
		"other path":  {url: server.URL + "/other", status: 1, want: "/other returned 404 Not Found"},
		"not running": {url: closed.URL, status: 1, want: "connection refused"},
		"not a URL":   {url: "http://a b", status: 1, want: "invalid character"},
		"no scheme": {
			url: "127.0.0.1:8080", status: 1, want: `"127.0.0.1:8080" does not begin with http:// or https://`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			if got := run(t.Context(), []string{"-check", tc.url}, &stdout, &stderr); got != tc.status {
				t.Errorf("got exit status %d, want %d", got, tc.status)
			}
			if !strings.Contains(stderr.String(), tc.want) || stdout.Len() > 0 || tc.want == "" && stderr.Len() > 0 {
				t.Errorf("got %q, want %q", stderr.String(), tc.want)
			}
		})
	}
}
