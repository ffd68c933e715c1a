// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package workflow_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

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
