// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"fmt"
	"strconv"
	"testing"
)

const (
	workflowType  = "customerprofiles_workflow"
	workflowsType = "customerprofiles_workflows"
)

func workflowConfig(i int) string {
	return fmt.Sprintf(`{"domain_name": "acme", "workflow_id": %q}`, workflowID(i))
}

// growth measures the CPU time of each read, and the peak memory, as the number
// of reads grows.
func (s *suite) growth(t *testing.T) {
	providers, floors := map[int]sample{}, map[int]sample{}
	for _, count := range []int{10, 100, 1000, 5000, maxWorkflows} {
		n := scale(count)
		measurements := []func() sample{s.reads(t, provider, workflowType, n, workflowConfig)}
		if count < maxWorkflows { // At 20,000 reads the floor needs more than 600 MB.
			measurements = append(measurements, s.reads(t, floor, workflowType, n, workflowConfig))
		}
		medians := alternate(max(*runs, min(20, 2000/count)), measurements...) // Short runs vary more.
		for i := range medians {
			medians[i].cpu /= float64(n)
		}
		providers[count] = medians[0]
		if len(medians) == 1 {
			continue
		}
		floors[count] = medians[1]
		s.compare(t, noLimit, fmt.Sprintf("CPU time per read, %s reads, compared with the floor", thousands(count)),
			microseconds, providers[count].cpu, floors[count].cpu, 0)
	}
	s.compare(t, target, "CPU time per read, 5,000 reads, compared with 100 reads", microseconds,
		providers[5000].cpu, providers[100].cpu, 1.10)

	s.addMemory(t, bound, 1000, providers[1000].memory, floors[1000].memory, 64)
	s.addMemory(t, target, 5000, providers[5000].memory, floors[5000].memory, 128)
	s.addMemory(t, bound, maxWorkflows, providers[maxWorkflows].memory, 0, 128)
	s.compare(t, target, "Peak memory, 20,000 reads, compared with 1,000 reads", megabytes,
		providers[maxWorkflows].memory, providers[1000].memory, 2.00)
}

// addMemory adds a row for the peak memory at a number of reads. The limit is
// in MB. The row omits a floor of 0.
func (s *suite) addMemory(t *testing.T, kind kind, reads int, peak, floor, limit float64) {
	result := megabytes.format(peak)
	if floor > 0 {
		result += " (floor: " + megabytes.format(floor) + ")"
	}
	s.add(t, kind, fmt.Sprintf("Peak memory, %s reads", thousands(reads)), result,
		fmt.Sprintf("at most %.0f MB", limit), peak <= limit*1e6)
}

// regions compares reads in 17 Regions through one process with as many reads
// in one Region.
func (s *suite) regions(t *testing.T) {
	all := []string{
		"us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-west-1", "eu-west-2",
		"eu-west-3", "eu-central-1", "eu-north-1", "eu-south-1", "ap-south-1", "ap-northeast-1", "ap-northeast-2",
		"ap-southeast-1", "ap-southeast-2",
	}
	in := func(regions []string) func() sample {
		return s.reads(t, provider, workflowType, 20*len(all), func(i int) string {
			return fmt.Sprintf(`{"domain_name": "acme", "workflow_id": %q, "region": %q}`,
				workflowID(i), regions[i%len(regions)])
		})
	}
	medians := alternate(*runs, in(all), in(all[:1]))
	s.compare(t, target, "Peak memory, 20 reads in each of 17 Regions, compared with one Region", megabytes,
		medians[0].memory, medians[1].memory, 1.20)
}

// lists measures the calls of a list and its CPU time per item.
func (s *suite) lists(t *testing.T) {
	const pageSize, totalItems = 100, 20000
	perItem := map[int]float64{}
	for _, length := range listLengths {
		// Every length reads about the same number of items.
		reads := min(200, totalItems/length)
		config := func(int) string { return fmt.Sprintf(`{"domain_name": %q}`, listDomain(length)) }
		calls, _ := s.service.count(func() { s.reads(t, provider, workflowsType, 1, config)() })
		medians := alternate(*runs, s.reads(t, provider, workflowsType, reads, config))
		perItem[length] = medians[0].cpu / float64(reads*length)

		got, pages := calls["ListWorkflows"], (length+pageSize-1)/pageSize
		s.add(t, target, fmt.Sprintf("Calls for a list of %s items", thousands(length)), strconv.Itoa(got),
			fmt.Sprintf("%d, one for each page", pages), got == pages)
	}
	s.compare(t, target, "CPU time per item, list of 10,000, compared with a list of 1,000", microseconds,
		perItem[10000], perItem[1000], 1.25)
}
