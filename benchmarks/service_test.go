// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/staticserver"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// maxWorkflows is the number of workflows in domain acme.
const maxWorkflows = 20000

var listLengths = []int{10, 1000, 10000}

// service is the simulator. It runs in the process of the test, so that its CPU
// time isn't part of a measured process.
type service struct {
	*simulator.Service
	server *simulator.Server
}

// startService starts a service with the workflows of domain acme and a domain
// for each length of a list.
func startService(t *testing.T) *service {
	t.Helper()
	s, err := simulator.New(simulator.DefaultData())
	if err != nil {
		t.Fatal(err)
	}
	domains := map[string]int{"acme": maxWorkflows}
	for _, length := range listLengths {
		domains[listDomain(length)] = length
	}
	for name, workflows := range domains {
		domain := simulator.Domain{DomainName: name}
		for i := range workflows {
			workflow := strings.Replace(staticserver.Workflow, staticserver.WorkflowID, workflowID(i), 1)
			domain.Workflows = append(domain.Workflows, []byte(workflow))
		}
		if err := s.Put(domain); err != nil {
			t.Fatal(err)
		}
	}
	server, err := simulator.Listen("127.0.0.1:0", s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return &service{Service: s, server: server}
}

func workflowID(i int) string { return fmt.Sprintf("%032x", i) }

func listDomain(length int) string { return fmt.Sprintf("list-%d", length) }

// count returns the number of calls of each operation, and the number of
// connections, that f causes.
func (s *service) count(f func()) (calls map[string]int, connections int) {
	var mu sync.Mutex
	calls = map[string]int{}
	s.SetResponder(func(call simulator.Call) *simulator.Response {
		mu.Lock()
		defer mu.Unlock()
		calls[call.Operation]++
		return nil
	})
	defer s.SetResponder(nil)
	before := s.server.Connections()
	f()
	return calls, s.server.Connections() - before
}
