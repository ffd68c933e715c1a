// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// cost is what a process, and the ones that it started, took.
type cost struct {
	wall, cpu time.Duration
}

// measured runs a command to its end.
func measured(cmd *exec.Cmd) (cost, error) {
	var output strings.Builder
	cmd.Stdout, cmd.Stderr = &output, &output
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, output.String())
	}
	wall := time.Since(start)
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return cost{}, fmt.Errorf("no resource usage of %s", cmd.Path)
	}
	return cost{wall: wall, cpu: time.Duration(usage.Utime.Nano() + usage.Stime.Nano())}, nil
}

// alternate runs each of the measures in turn, so many times, and returns what
// each gave. The machine's speed drifts; neighbours drift together.
func alternate[T any](runs int, measures ...func() (T, error)) ([][]T, error) {
	results := make([][]T, len(measures))
	for range runs {
		for i, measure := range measures {
			result, err := measure()
			if err != nil {
				return nil, err
			}
			results[i] = append(results[i], result)
		}
	}
	return results, nil
}

func median[T any](results []T, of func(T) float64) float64 {
	values := make([]float64, len(results))
	for i, result := range results {
		values[i] = of(result)
	}
	slices.Sort(values)
	middle := len(values) / 2
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (values[middle-1] + values[middle]) / 2
}

func wallOf(c cost) float64 { return c.wall.Seconds() }
func cpuOf(c cost) float64  { return c.cpu.Seconds() }

// service is the simulator in a process of its own.
type service struct {
	url    string
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
}

// asked is what a service was asked for.
type asked struct {
	Calls       map[string]int
	Connections int
}

func startService(binary string, args ...string) (*service, error) {
	cmd := exec.Command(binary, args...)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &service{cmd: cmd, stdin: stdin, stdout: bufio.NewReader(stdout)}
	line, err := s.stdout.ReadString('\n')
	if err != nil {
		s.stop()
		return nil, err
	}
	s.url = strings.TrimSpace(line)
	return s, nil
}

// asked is what the service was called for since it was last asked.
func (s *service) asked() (asked, error) {
	if _, err := fmt.Fprintln(s.stdin); err != nil {
		return asked{}, err
	}
	line, err := s.stdout.ReadString('\n')
	if err != nil {
		return asked{}, err
	}
	var answer asked
	err = json.Unmarshal([]byte(line), &answer)
	return answer, err
}

func (s *service) stop() {
	_ = s.stdin.Close()
	_ = s.cmd.Wait()
}
