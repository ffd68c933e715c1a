// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

const workflowID = "0123456789abcdef0123456789abcdef"

var greetingPattern = regexp.MustCompile(`^Customer Profiles simulator listening on (http://127\.0\.0\.1:\d+): ` +
	`export AWS_ENDPOINT_URL_CUSTOMER_PROFILES=(http://127\.0\.0\.1:\d+) AWS_REGION=(\S+) AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+) AWS_SESSION_TOKEN=(\S*)\n$`)

// exports are the values that the program's line has.
type exports struct{ url, region, key, secret, token string }

func parseGreeting(t *testing.T, line string) exports {
	t.Helper()
	m := greetingPattern.FindStringSubmatch(line)
	if m == nil || m[1] != m[2] {
		t.Fatalf("got line %q", line)
	}
	return exports{m[2], m[3], m[4], m[5], m[6]}
}

// status asks for the workflow as one who has set what the program said.
func (e exports) status(t *testing.T) string {
	t.Helper()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := customerprofiles.New(customerprofiles.Options{
		Region:       e.region,
		BaseEndpoint: &e.url,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: e.key, SecretAccessKey: e.secret, SessionToken: e.token}, nil
		}),
		HTTPClient: &http.Client{Transport: transport},
		Retryer:    aws.NopRetryer{},
	})
	domain, id := "acme", workflowID
	out, err := client.GetWorkflow(t.Context(), &customerprofiles.GetWorkflowInput{DomainName: &domain, WorkflowId: &id})
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

func TestRunServesUntilItIsTold(t *testing.T) {
	t.Parallel()
	own := `{"Credentials":[{"AccessKeyId":"KEY","SecretAccessKey":"secret","SessionToken":"token"}],
		"Domains":[{"DomainName":"acme","Workflows":[{"WorkflowId":"` + workflowID + `","Status":"RETRY"}]}]}`
	tests := map[string]struct {
		args        []string
		status, log string
	}{
		"built-in data": {nil, "COMPLETE", ""},
		"own data":      {[]string{"-data", writeFile(t, own)}, "RETRY", ""},
		"log":           {[]string{"-log", "-addr", "localhost:0"}, "COMPLETE", "GET /domains/acme/workflows/" + workflowID + " 200\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			read, write := io.Pipe()
			var stderr bytes.Buffer
			exit := make(chan int)
			go func() {
				exit <- run(ctx, test.args, write, &stderr)
				_ = write.Close()
			}()
			line := make([]byte, 1000)
			n, err := read.Read(line) // One write is one line.
			if err != nil {
				t.Fatalf("%v; the program said %q", err, stderr.String())
			}
			if got := parseGreeting(t, string(line[:n])).status(t); got != test.status {
				t.Errorf("got status %s, want %s", got, test.status)
			}
			cancel()
			if status := <-exit; status != 0 {
				t.Errorf("got exit status %d", status)
			}
			if rest, err := io.ReadAll(read); err != nil || len(rest) > 0 {
				t.Errorf("more than one line: %q, %v", rest, err)
			}
			if stderr.String() != test.log {
				t.Errorf("got log %q, want %q", stderr.String(), test.log)
			}
		})
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	missing := filepath.Join(t.TempDir(), "missing.json")
	broken := writeFile(t, "{\n  \"Domain\": []\n}")
	tests := map[string]struct {
		args   []string
		status int
		want   string
	}{
		"unknown flag":   {[]string{"-nope"}, 2, "flag provided but not defined: -nope"},
		"no value":       {[]string{"-data"}, 2, "flag needs an argument: -data"},
		"argument":       {[]string{"acme"}, 2, `unexpected argument "acme"`},
		"no such file":   {[]string{"-data", missing}, 1, missing},
		"broken file":    {[]string{"-data", broken}, 1, broken + `: line 2, column 3: the data has no member "Domain"`},
		"no credentials": {[]string{"-data", writeFile(t, `{"Domains":[]}`)}, 1, "there are no Credentials"},
		"address taken":  {[]string{"-addr", taken.Addr().String()}, 1, taken.Addr().String()},
		"no address":     {[]string{"-addr", "here"}, 1, "here"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			if status := run(t.Context(), test.args, &stdout, &stderr); status != test.status {
				t.Errorf("got exit status %d, want %d", status, test.status)
			}
			line := stderr.String()
			if stdout.Len() > 0 || !strings.Contains(line, test.want) || strings.Count(line, "\n") != 1 || !strings.HasPrefix(line, "customerprofiles-simulator: ") {
				t.Errorf("got %q and %q, want one line on standard error with %q", stdout.String(), line, test.want)
			}
		})
	}
}

func TestRunTellsAboutItself(t *testing.T) {
	t.Parallel()
	for arg, want := range map[string]string{"-version": "customerprofiles-simulator dev\n", "-help": "-addr address"} {
		var stdout, stderr bytes.Buffer
		if status := run(t.Context(), []string{arg}, &stdout, &stderr); status != 0 || stderr.Len() > 0 || !strings.Contains(stdout.String(), want) {
			t.Errorf("%s: got exit status %d, %q and %q", arg, status, stdout.String(), stderr.String())
		}
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

// Nobody would ever know where it listens.
func TestRunEndsWhereItCannotSayItsLine(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	if status := run(t.Context(), nil, failingWriter{}, &stderr); status != 1 || !strings.Contains(stderr.String(), "broken pipe") {
		t.Errorf("got exit status %d and %q", status, stderr.String())
	}
}

func TestShellWord(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":             "",
		"wJalr/K7+x==": "wJalr/K7+x==",
		"a b":          "'a b'",
		"a$b":          "'a$b'",
		"it's":         `'it'\''s'`,
	} {
		if got := shellWord(s); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}
