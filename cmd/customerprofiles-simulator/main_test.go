// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bufio"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The program as it is built, stopped as a person and as a service manager do,
// while a request is on its way that will never be whole.
func TestTheProgramStopsOnASignal(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "customerprofiles-simulator")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for name, signal := range map[string]syscall.Signal{"SIGINT": syscall.SIGINT, "SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stderr strings.Builder
			program := exec.CommandContext(t.Context(), binary)
			program.Stderr = &stderr
			stdout, err := program.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := program.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(stdout).ReadString('\n')
			if err != nil {
				t.Fatalf("%v; the program said %q", err, stderr.String())
			}
			said := parseGreeting(t, line)
			hang(t, strings.TrimPrefix(said.url, "http://"))
			if got := said.status(t); got != "COMPLETE" {
				t.Errorf("got status %s", got)
			}

			sent := time.Now()
			if err := program.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := program.Wait(); err != nil || stderr.Len() > 0 {
				t.Errorf("the program ended with %v and said %q", err, stderr.String())
			}
			// It takes milliseconds; this much is for a machine that is busy.
			if took := time.Since(sent); took > 5*time.Second {
				t.Errorf("the program took %s to stop", took)
			}
		})
	}
}

// hang leaves a request without the rest of its body.
func hang(t *testing.T, addr string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.Write([]byte("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")); err != nil {
		t.Fatal(err)
	}
}
