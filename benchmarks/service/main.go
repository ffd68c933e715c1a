// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Command service is the simulator with many workflows in the domain acme, and
// domains with as many as the lists that are measured, in a process of its own, so that its cost is not counted. It prints its URL. For
// each line on its standard input it prints what it was called for since the
// last one, and it ends with its input.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/loop"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/staticserver"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

func main() {
	n := flag.Int("n", 1000, "how many workflows there are")
	latency := flag.Duration("latency", 0, "how long each answer takes")
	flag.Parse()
	if err := serve(*n, *latency); err != nil {
		log.Fatal(err)
	}
}

func serve(n int, latency time.Duration) error {
	service, err := simulator.New(simulator.DefaultData())
	if err != nil {
		return err
	}
	service.KeepCalls(0)
	for i := range n {
		workflow := strings.Replace(staticserver.Workflow, staticserver.WorkflowID, loop.WorkflowID(i), 1)
		if err := service.PutWorkflow("", "acme", json.RawMessage(workflow)); err != nil {
			return err
		}
	}
	for _, items := range loop.ListSizes {
		for i := range items {
			workflow := strings.Replace(staticserver.Workflow, staticserver.WorkflowID, loop.WorkflowID(i), 1)
			if err := service.PutWorkflow("", loop.ListDomain(items), json.RawMessage(workflow)); err != nil {
				return err
			}
		}
	}
	if latency > 0 {
		service.SetResponder(func(simulator.Call) *simulator.Response { return &simulator.Response{Delay: latency} })
	}
	var mu sync.Mutex
	calls := map[string]int{}
	service.SetObserver(func(call simulator.Call) {
		mu.Lock()
		defer mu.Unlock()
		calls[call.Operation]++
	})
	server, err := simulator.Listen("127.0.0.1:0", service)
	if err != nil {
		return err
	}
	fmt.Println(server.URL)
	connections := 0
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		mu.Lock()
		now := server.Connections()
		err := json.NewEncoder(os.Stdout).Encode(map[string]any{"Calls": calls, "Connections": now - connections})
		calls, connections = map[string]int{}, now
		mu.Unlock()
		if err != nil {
			return err
		}
	}
	return server.Close()
}
