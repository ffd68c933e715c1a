// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package workflow_test

import (
	"bufio"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

// Ctrl-C sends SIGINT to Terraform and to the provider.
func TestAccWorkflow_waitInterrupt(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	putWorkflow(t, sim, "", `"Status":"IN_PROGRESS"`)
	config := acctest.RequiredProviders + workflow.Config(sim, `wait_for = { interval = "10m" }`)
	cli := acctest.NewCLI(t, map[string]string{"main.tf": config}, "TF_LOG=INFO")
	terraform := cli.Command("plan", "-input=false", "-no-color")
	terraform.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	reader, writer := io.Pipe()
	terraform.Stdout, terraform.Stderr = writer, writer
	if err := terraform.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() {
		exited <- terraform.Wait()
		_ = writer.Close()
	}()

	var output strings.Builder
	var interrupted time.Time
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		output.WriteString(lines.Text() + "\n")
		if interrupted.IsZero() && strings.Contains(lines.Text(), "Polled a workflow") {
			interrupted = time.Now()
			if err := syscall.Kill(-terraform.Process.Pid, syscall.SIGINT); err != nil {
				t.Error(err)
			}
		}
	}
	if err := <-exited; err == nil {
		t.Error("the plan succeeded")
	}
	if !acctest.DiagnosticPattern("Error: Read canceled", "was polled for").MatchString(output.String()) {
		t.Fatalf("the wait was not canceled:\n%s", output.String())
	}
	if elapsed := time.Since(interrupted); elapsed > 10*time.Second {
		t.Errorf("Terraform exited %s after the interrupt", elapsed)
	}
}
