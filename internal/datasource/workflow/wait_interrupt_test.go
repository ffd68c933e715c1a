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

// Ctrl-C reaches Terraform and the provider alike, in the midst of a pause of
// ten minutes.
func TestAccWorkflow_waitInterrupted(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	play(t, sim, "IN_PROGRESS")
	cli := acctest.NewCLI(t, map[string]string{"main.tf": acctest.RequiredProviders + config(sim, `wait_for = { interval = "10m" }`)})
	cli.Env = append(cli.Env, "TF_LOG=INFO")
	terraform := cli.Command("plan", "-input=false", "-no-color")
	terraform.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	read, write := io.Pipe()
	terraform.Stdout, terraform.Stderr = write, write
	if err := terraform.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- terraform.Wait()
		_ = write.Close()
	}()

	var output strings.Builder
	var interrupted time.Time
	lines := bufio.NewScanner(read)
	for lines.Scan() {
		output.WriteString(lines.Text() + "\n")
		if interrupted.IsZero() && strings.Contains(lines.Text(), "Polled a workflow") {
			interrupted = time.Now()
			if err := syscall.Kill(-terraform.Process.Pid, syscall.SIGINT); err != nil {
				t.Error(err)
			}
		}
	}
	if err := <-ended; err == nil {
		t.Error("Terraform ended well")
	}
	took := time.Since(interrupted)
	if interrupted.IsZero() || !acctest.Words("Error: Cancelled", "Terraform stopped the wait.").MatchString(output.String()) {
		t.Fatalf("the wait was not interrupted:\n%s", output.String())
	}
	if took > time.Second {
		t.Errorf("Terraform took %s to end", took)
	}
	t.Logf("Terraform ended %s after Ctrl-C", took)
}
