// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package server

import (
	"bufio"
	"io"
	"os"
	"strconv"
	"testing"
	"time"
)

// startOrphan starts a process that starts this binary in a role, and kills the
// first process once the second one serves. It returns the ID of the second process
// and its standard error, which ends with it.
func startOrphan(t *testing.T, role string) (pid int, stderr *os.File) {
	t.Helper()
	stderr, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stderr.Close() })
	parent := newProcess(t, "parent of "+role)
	parent.Stderr = writer
	stdout, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	err = parent.Start()
	_ = writer.Close() // Both processes have it.
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	_ = parent.Process.Kill()
	_ = parent.Wait() // The process was killed, which is its error.
	if err != nil {
		t.Fatal(err)
	}
	pid, err = strconv.Atoi(line[:len(line)-1])
	if err != nil {
		t.Fatal(err)
	}
	return pid, stderr
}

func TestParentKilled(t *testing.T) {
	t.Parallel()
	for name, role := range map[string]string{
		"while the provider serves":               "provider",
		"before the provider looks at its parent": "orphan",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pid, stderr := startOrphan(t, role)
			if err := stderr.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if output, err := io.ReadAll(stderr); err != nil {
				kill(pid)
				t.Fatalf("the provider is still running (%v)\n%s", err, output)
			}
		})
	}
}

// A provider that Terraform attaches to is started by a debugger or a shell.
func TestParentKilled_debug(t *testing.T) {
	t.Parallel()
	pid, stderr := startOrphan(t, "debug")
	defer kill(pid)
	if err := stderr.SetReadDeadline(time.Now().Add(100 * testParentInterval)); err != nil {
		t.Fatal(err)
	}
	if output, err := io.ReadAll(stderr); err == nil {
		t.Fatalf("the provider ended with its parent\n%s", output)
	}
}

func kill(pid int) {
	if process, err := os.FindProcess(pid); err == nil {
		_ = process.Kill()
	}
}
