// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"runtime"
	"syscall"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/floor"
	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/loop"
	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/requests"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/staticserver"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// perRead is what one read costs in this process.
type perRead struct {
	cpu    time.Duration
	allocs float64
}

// readCosts measures one read through the plugin protocol in this process, the
// floor's, and a bare SDK call, in batches that take turns.
func readCosts(runs int) (ours, bottom, bare []perRead, err error) {
	url, stop, err := staticserver.Listen(staticserver.Workflow)
	if err != nil {
		return nil, nil, nil, err
	}
	defer stop()
	readOurs, err := reader(server.New("bench"), url)
	if err != nil {
		return nil, nil, nil, err
	}
	readFloor, err := reader(providerserver.NewProtocol6(floor.New())(), url)
	if err != nil {
		return nil, nil, nil, err
	}
	client := loop.Client(url)
	results, err := alternate(runs,
		batch(readOurs), batch(readFloor), batch(func() error { return loop.Get(client, staticserver.WorkflowID) }))
	if err != nil {
		return nil, nil, nil, err
	}
	return results[0], results[1], results[2], nil
}

// reader returns what reads a workflow through a configured server.
func reader(s tfprotov6.ProviderServer, url string) (func() error, error) {
	ctx := context.Background()
	all, err := requests.New()
	if err != nil {
		return nil, err
	}
	block, err := all.Provider(url)
	if err != nil {
		return nil, err
	}
	configured, err := s.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.11.4", Config: block})
	if err != nil {
		return nil, err
	}
	if err := firstError(configured.Diagnostics); err != nil {
		return nil, err
	}
	config, err := all.Read(requests.Workflow, map[string]any{"domain_name": "acme", "workflow_id": staticserver.WorkflowID})
	if err != nil {
		return nil, err
	}
	request := &tfprotov6.ReadDataSourceRequest{TypeName: requests.Workflow, Config: config}
	return func() error {
		// As gRPC does: a context that ends with the request.
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		response, err := s.ReadDataSource(ctx, request)
		if err != nil {
			return err
		}
		return firstError(response.Diagnostics)
	}, nil
}

func firstError(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		return fmt.Errorf("%s: %s", d.Summary, d.Detail)
	}
	return nil
}

const batchSize = 500

// batch measures a batch of reads, the collector's work included.
func batch(read func() error) func() (perRead, error) {
	return func() (perRead, error) {
		var before, after runtime.MemStats
		var cpuBefore, cpuAfter syscall.Rusage
		runtime.GC()
		runtime.ReadMemStats(&before)
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &cpuBefore); err != nil {
			return perRead{}, err
		}
		for range batchSize {
			if err := read(); err != nil {
				return perRead{}, err
			}
		}
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &cpuAfter); err != nil {
			return perRead{}, err
		}
		runtime.ReadMemStats(&after)
		used := cpuAfter.Utime.Nano() + cpuAfter.Stime.Nano() - cpuBefore.Utime.Nano() - cpuBefore.Stime.Nano()
		return perRead{
			cpu:    time.Duration(used / batchSize),
			allocs: float64(after.Mallocs-before.Mallocs) / batchSize,
		}, nil
	}
}
