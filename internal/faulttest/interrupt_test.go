// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package faulttest_test

import (
	"bytes"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// Ctrl-C reaches Terraform and the provider at once. Both are gone within a
// second, and so are their connections.
func TestAccInterrupt(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	for name, answer := range map[string]*simulator.Response{
		"in a read":  broken(simulator.Hang),
		"in a retry": {Status: 503},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			called := make(chan struct{}, 100)
			sim.SetResponder(func(simulator.Call) *simulator.Response {
				called <- struct{}{}
				return answer
			})
			cli := acctest.NewCLI(t, map[string]string{"main.tf": strings.Replace(configuration(sim), "max_retries = 3", "max_retries = 50", 1)})
			var output bytes.Buffer
			cmd := cli.Command("plan", "-input=false", "-no-color")
			cmd.Stdout, cmd.Stderr = &output, &output
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			select {
			case <-called:
			case err := <-ended:
				t.Fatalf("%v\n%s", err, &output)
			}

			begin := time.Now()
			if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
				t.Error(err)
			}
			select {
			case err := <-ended:
				if err == nil {
					t.Error("the plan succeeded")
				}
			case <-time.After(20 * time.Second):
				_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
				t.Logf("killed: %v", <-ended)
			}
			t.Logf("gone after %s", time.Since(begin))
			if elapsed := time.Since(begin); elapsed > time.Second {
				t.Errorf("gone after %s", elapsed)
			}
			if !strings.Contains(output.String(), cancelled) {
				t.Errorf("no %q in\n%s", cancelled, &output)
			}
			eventually(t, "a connection is open", func() bool { return sim.OpenConnections() == 0 })
			// Signal 0 asks whether any process of the group is left.
			eventually(t, "a process is left", func() bool { return syscall.Kill(-cmd.Process.Pid, 0) == syscall.ESRCH })
		})
	}
}

// eventually fails the test where something does not come to hold in a second.
func eventually(t *testing.T, problem string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(problem)
		}
	}
}
