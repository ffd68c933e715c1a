// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/loop"
	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/plugin"
	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/requests"
)

// spent is what a provider's process spent on reads.
type spent struct {
	cpu  time.Duration
	peak int64
}

// driven reads n data sources through one process of a provider, ten at once,
// and says what they took beyond its start.
func (b *bench) driven(provider, endpoint, typeName string, n int, arguments func(i int) map[string]any) (spent, error) {
	all, err := requests.New()
	if err != nil {
		return spent{}, err
	}
	block, err := all.Provider(endpoint)
	if err != nil {
		return spent{}, err
	}
	process, err := plugin.Start(b.binaries[provider])
	if err != nil {
		return spent{}, err
	}
	defer func() { _ = process.Stop() }()
	if err := process.Schema(); err != nil {
		return spent{}, err
	}
	if err := process.Configure(block.MsgPack); err != nil {
		return spent{}, err
	}
	configs := make([][]byte, n)
	for i := range configs {
		config, err := all.Read(typeName, arguments(i))
		if err != nil {
			return spent{}, err
		}
		configs[i] = config.MsgPack
	}
	before, err := process.CPU()
	if err != nil {
		return spent{}, err
	}
	if err := process.ReadAll(typeName, n, 10, func(i int) []byte { return configs[i] }); err != nil {
		return spent{}, err
	}
	after, err := process.CPU()
	if err != nil {
		return spent{}, err
	}
	peak, err := process.PeakMemory()
	return spent{cpu: after - before, peak: peak}, err
}

func workflow(i int) map[string]any {
	return map[string]any{"domain_name": "acme", "workflow_id": loop.WorkflowID(i)}
}

const megabyte = 1e6

// memory measures the provider's peak as reads grow in number.
func (b *bench) memory() error {
	const most = 20000
	service, err := startService(b.binaries["service"], "-n", strconv.Itoa(most))
	if err != nil {
		return err
	}
	defer service.stop()
	counts := []int{1000, 5000, most}
	peaks := map[string][]float64{}
	for _, n := range counts {
		// The floor keeps 33 KB of each read: at the most it would not say more.
		ours, err := alternate(3, func() (spent, error) {
			return b.driven("provider", service.url, requests.Workflow, n, workflow)
		})
		if err != nil {
			return err
		}
		peak := median(ours[0], func(s spent) float64 { return float64(s.peak) })
		peaks["provider"] = append(peaks["provider"], peak)
		b.add(fmt.Sprintf("peak memory of the provider at %d reads", n), fmt.Sprintf("%.0f MB", peak/megabyte), "at most 64 MB", peak <= 64*megabyte)
		if n < most {
			floor, err := b.driven("floor", service.url, requests.Workflow, n, workflow)
			if err != nil {
				return err
			}
			peaks["floor"] = append(peaks["floor"], float64(floor.peak))
		}
	}
	b.ratio(fmt.Sprintf("peak memory at %d reads against %d", most, counts[0]), "MB", 1/megabyte, peaks["provider"][2], peaks["provider"][0], 1.20)
	b.plot("memory", "Peak memory of the provider's process", "reads", "MB", counts, peaks, 1/megabyte)
	return nil
}

// regions measures 17 Regions through one process against one Region.
func (b *bench) regions() error {
	regions := []string{
		"us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-west-1", "eu-west-2", "eu-west-3",
		"eu-central-1", "eu-north-1", "eu-south-1", "ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2",
	}
	n := len(regions) * 20
	service, err := startService(b.binaries["service"], "-n", strconv.Itoa(n))
	if err != nil {
		return err
	}
	defer service.stop()
	in := func(region func(i int) string) func() (spent, error) {
		return func() (spent, error) {
			return b.driven("provider", service.url, requests.Workflow, n, func(i int) map[string]any {
				arguments := workflow(i)
				arguments["region"] = region(i)
				return arguments
			})
		}
	}
	results, err := alternate(b.runs, in(func(i int) string { return regions[i%len(regions)] }), in(func(int) string { return regions[0] }))
	if err != nil {
		return err
	}
	peak := func(s spent) float64 { return float64(s.peak) }
	b.ratio("peak memory of 17 Regions × 20 workflows, one process, against one Region", "MB", 1/megabyte, median(results[0], peak), median(results[1], peak), 1.20)
	return nil
}

// growth measures the cost of a workflow as their number grows.
func (b *bench) growth() error {
	counts := []int{10, 100, 1000, 5000}
	service, err := startService(b.binaries["service"], "-n", strconv.Itoa(counts[3]))
	if err != nil {
		return err
	}
	defer service.stop()
	each := map[string][]float64{}
	for _, n := range counts {
		// Few reads take too little time to be seen in one process.
		runs := max(b.runs, min(30, 2000/n))
		results, err := alternate(runs,
			func() (spent, error) { return b.driven("provider", service.url, requests.Workflow, n, workflow) },
			func() (spent, error) { return b.driven("floor", service.url, requests.Workflow, n, workflow) },
		)
		if err != nil {
			return err
		}
		for i, name := range []string{"provider", "floor"} {
			var total time.Duration
			for _, s := range results[i] {
				total += s.cpu
			}
			each[name] = append(each[name], total.Seconds()/float64(runs*n))
		}
	}
	b.ratio("the provider's CPU for a workflow, of 5,000 against of 100", "µs", 1e6, each["provider"][3], each["provider"][1], 1.10)
	b.plot("growth", "The provider's CPU for each workflow", "workflows", "ms", counts, each, 1e3)
	return nil
}

// lists measures a list's cost for each item, and its calls.
func (b *bench) lists() error {
	service, err := startService(b.binaries["service"], "-n", "0")
	if err != nil {
		return err
	}
	defer service.stop()
	const pageSize, itemsEach = 100, 20000
	each := map[int]float64{}
	for _, items := range loop.ListSizes {
		// So many reads that each size makes the same number of items.
		reads := max(2, min(200, itemsEach/items))
		results, err := alternate(b.runs, func() (spent, error) {
			return b.driven("provider", service.url, requests.Workflows, reads, func(int) map[string]any {
				return map[string]any{"domain_name": loop.ListDomain(items)}
			})
		})
		if err != nil {
			return err
		}
		var total time.Duration
		for _, s := range results[0] {
			total += s.cpu
		}
		each[items] = total.Seconds() / float64(b.runs*reads*items)
		was, err := service.asked()
		if err != nil {
			return err
		}
		pages := was.Calls["ListWorkflows"] / (b.runs * reads)
		want := (items + pageSize - 1) / pageSize
		b.add(fmt.Sprintf("calls for a list of %d items", items), strconv.Itoa(pages), fmt.Sprintf("%d, one a page", want), pages == want)
	}
	b.ratio("the provider's CPU for an item of a list, of 10,000 against of 1,000", "µs", 1e6, each[10000], each[1000], 1.25)
	return nil
}
