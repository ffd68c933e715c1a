// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Command benchmarks measures what the provider adds to Terraform's own cost,
// prints a table, and writes it and its plots beside this file. Every
// comparison is a ratio of medians from one run in which the two took turns.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	runs := flag.Int("runs", 5, "how often each measurement is repeated")
	only := flag.String("only", "", "run one group only: size, start, plan, latency, process, memory, regions, growth or lists")
	write := flag.Bool("write", true, "write README.md and the plots")
	flag.Parse()
	if err := run(*runs, *only, *write); err != nil {
		log.Fatal(err)
	}
}

// bench is what the measurements share.
type bench struct {
	runs      int
	dir       string
	terraform string
	binaries  map[string]string
	rows      []row
	plots     []plotted
}

// row is a line of the table.
type row struct {
	measured, result, reach string
	reached                 bool
}

func (b *bench) add(measured, result, reach string, reached bool) {
	b.rows = append(b.rows, row{measured, result, reach, reached})
	fmt.Printf("%-72s %-58s %s %s\n", measured, result, map[bool]string{true: "ok  ", false: "MISS"}[reached], reach)
}

func run(runs int, only string, write bool) error {
	dir, err := os.MkdirTemp("", "customerprofiles-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := ownEnvironment(dir); err != nil {
		return err
	}
	b := &bench{runs: runs, dir: dir, terraform: os.Getenv("TERRAFORM")}
	if b.terraform == "" {
		return errors.New("TERRAFORM must name the Terraform to run: use make bench")
	}
	if err := b.build(); err != nil {
		return err
	}
	for _, group := range []struct {
		name    string
		measure func() error
	}{
		{"size", b.size}, {"start", b.start}, {"plan", b.plan}, {"latency", b.latency}, {"process", b.process},
		{"memory", b.memory}, {"regions", b.regions}, {"growth", b.growth}, {"lists", b.lists},
	} {
		if only != "" && only != group.name {
			continue
		}
		if err := group.measure(); err != nil {
			return fmt.Errorf("%s: %w", group.name, err)
		}
	}
	if !write || only != "" {
		return nil
	}
	return b.write()
}

// ownEnvironment takes away what whoever runs this has set for AWS and for
// logs, and puts the shared files elsewhere: a CA bundle alone takes the
// provider four milliseconds to read, which the floor does not.
func ownEnvironment(dir string) error {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "AWS_") || strings.HasPrefix(name, "TF_LOG") || name == "GOGC" || name == "GOMEMLIMIT" {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	for name, file := range map[string]string{"AWS_CONFIG_FILE": "config", "AWS_SHARED_CREDENTIALS_FILE": "credentials"} {
		if err := os.Setenv(name, filepath.Join(dir, file)); err != nil {
			return err
		}
	}
	return nil
}

// size compares the binaries as they are released.
func (b *bench) size() error {
	sizes := map[string]float64{}
	for _, name := range []string{"provider", "floor"} {
		info, err := os.Stat(b.binaries[name])
		if err != nil {
			return err
		}
		sizes[name] = float64(info.Size())
	}
	ratio := sizes["provider"] / sizes["floor"]
	b.add("binary, stripped", fmt.Sprintf("%.0f bytes", sizes["provider"]), "at most 25,000,000 bytes", sizes["provider"] <= 25e6)
	b.add("binary against the floor's", fmt.Sprintf("%.2f × (%.0f bytes)", ratio, sizes["floor"]), "at most 1.4 ×", ratio <= 1.4)
	return nil
}

// ratio adds a row that compares two medians.
func (b *bench) ratio(measured, unit string, scale, ours, against, reach float64) {
	ratio := ours / against
	b.add(measured, fmt.Sprintf("%.2f × (%.1f %s against %.1f %s)", ratio, ours*scale, unit, against*scale, unit),
		fmt.Sprintf("at most %.2f ×", reach), ratio <= reach)
}

func (b *bench) path(elements ...string) string {
	return filepath.Join(append([]string{b.dir}, elements...)...)
}
