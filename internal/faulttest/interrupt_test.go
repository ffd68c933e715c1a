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

// Ctrl-C reaches Terraform and the provider at the same time. Both must exit
// within a second.
func TestAccInterrupt(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	sim := acctest.StartSimulator(t)
	requested := make(chan struct{}, 1)
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		requested <- struct{}{}
		return withFault(simulator.Hang)
	})
	var output bytes.Buffer
	cli := acctest.NewCLI(t, map[string]string{"main.tf": workflowConfig(sim, "")})
	terraform := cli.Command("plan", "-input=false", "-no-color")
	terraform.Stdout, terraform.Stderr = &output, &output
	terraform.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := terraform.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- terraform.Wait() }()
	select {
	case <-requested:
	case err := <-exited:
		t.Fatalf("%v\n%s", err, &output)
	}

	group := -terraform.Process.Pid
	if err := syscall.Kill(group, syscall.SIGINT); err != nil {
		t.Error(err)
	}
	select {
	case err := <-exited:
		if err == nil || !strings.Contains(output.String(), "Error: "+canceled) {
			t.Errorf("error %v, want summary %q:\n%s", err, canceled, &output)
		}
	case <-time.After(time.Second):
		_ = syscall.Kill(group, syscall.SIGKILL)
		t.Errorf("Terraform was still running after a second: %v\n%s", <-exited, &output)
	}
	// Signal 0 only checks whether a process of the group exists.
	isAlive := func() bool { return syscall.Kill(group, 0) == nil }
	for deadline := time.Now().Add(time.Second); isAlive(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("a process remains")
		}
	}
}
