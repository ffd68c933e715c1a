// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// runMain makes the test binary run the program instead of the tests.
const runMain = "CUSTOMERPROFILES_SIMULATOR_RUN_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(runMain) != "" {
		main()
	}
	os.Exit(m.Run())
}

func TestSignals(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			var stderr strings.Builder
			program := exec.CommandContext(t.Context(), os.Args[0])
			program.Env = append(os.Environ(), runMain+"=1")
			program.Stderr = &stderr
			stdout, err := program.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := program.Start(); err != nil {
				t.Fatal(err)
			}
			if line, err := bufio.NewReader(stdout).ReadString('\n'); err != nil {
				t.Errorf("got line %q, %v", line, err)
			}
			if err := program.Process.Signal(signal); err != nil {
				t.Error(err)
			}
			if err := program.Wait(); err != nil || stderr.Len() > 0 {
				t.Errorf("the program ended with %v, standard error %q", err, stderr.String())
			}
		})
	}
}
