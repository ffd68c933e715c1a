// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package workflow_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
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

// A Terraform that is killed doesn't stop the provider.
func TestAccWorkflow_terraformKilled(t *testing.T) {
	t.Parallel()
	received := make(chan struct{}, 1)
	service := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		received <- struct{}{}
		<-r.Context().Done()
	}))
	defer service.Close()
	config := workflow.Config(acctest.Simulator{Server: &simulator.Server{URL: service.URL}}, `wait_for = {}`)
	sockets := t.TempDir() // The providers create them here.
	cli := acctest.NewCLI(t, map[string]string{"main.tf": acctest.RequiredProviders + config}, "TMPDIR="+sockets)
	terraform := cli.Command("plan", "-input=false")
	if err := terraform.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-received:
	case <-time.After(time.Minute):
		t.Error("the provider sent no request")
	}
	_ = terraform.Process.Kill()
	_ = terraform.Wait() // It was killed, which is its error.

	addresses, err := filepath.Glob(filepath.Join(sockets, "plugin*"))
	if err != nil || len(addresses) == 0 {
		t.Fatalf("the provider has no socket (%v)", err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for _, address := range addresses {
		conn, err := net.Dial("unix", address)
		if err != nil {
			continue // The provider has ended.
		}
		if err := conn.SetReadDeadline(deadline); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("the provider is still running")
		}
		_ = conn.Close()
	}
}
