// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package benchmarks

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// kind distinguishes the limits of rows.
type kind string

const (
	bound   kind = "bound"  // TestBounds fails if a result exceeds it.
	target  kind = "target" // README.md explains why a result exceeds it.
	noLimit kind = ""
)

// add adds a row to the table in README.md and logs it.
func (s *suite) add(t *testing.T, kind kind, name, result, limit string, met bool) {
	t.Helper()
	limit, verdict := fmt.Sprintf("%s: %s", kind, limit), "yes"
	switch {
	case kind == noLimit:
		limit, verdict = "", ""
	case !met:
		verdict = "**no**"
	}
	line := fmt.Sprintf("| %s | %s | %s | %s |", name, result, limit, verdict)
	s.rows = append(s.rows, line)
	t.Log(line)
	if kind == bound && !met && !testing.Short() {
		t.Errorf("%s exceeds the bound", name)
	}
}

// unit is a unit that a value in seconds, bytes, or allocations is converted to.
type unit struct {
	name  string
	scale float64
}

var (
	seconds      = unit{name: " s", scale: 1}
	milliseconds = unit{name: " ms", scale: 1e3}
	microseconds = unit{name: " µs", scale: 1e6}
	megabytes    = unit{name: " MB", scale: 1e-6}
	count        = unit{scale: 1}
)

func (u unit) format(value float64) string {
	return strconv.FormatFloat(value*u.scale, 'f', 1, 64) + u.name
}

// compare adds a row with the ratio of two values.
func (s *suite) compare(t *testing.T, kind kind, name string, unit unit, value, reference, limit float64) {
	t.Helper()
	ratio := value / reference
	s.add(t, kind, name, fmt.Sprintf("%.2f × (%s, %s)", ratio, unit.format(value), unit.format(reference)),
		fmt.Sprintf("at most %.2f ×", limit), ratio <= limit)
}

// thousands formats a number with commas.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

var tableSection = regexp.MustCompile(`(?s)(<!-- begin make bench -->\n).*(<!-- end make bench -->\n)`)

// writeTable replaces the table in README.md.
func (s *suite) writeTable(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !tableSection.Match(text) {
		t.Fatalf("%s has no section for the table", file)
	}
	var table strings.Builder
	fmt.Fprintf(&table, "\nMeasured on %s with %s; medians of at least %d runs.\n\n",
		time.Now().UTC().Format(time.DateOnly), s.machine(t), *runs)
	table.WriteString("| Measurement | Result | Limit | Met |\n|---|---|---|---|\n")
	table.WriteString(strings.Join(s.rows, "\n") + "\n")
	text = tableSection.ReplaceAll(text, []byte("${1}"+table.String()+"\n${2}"))
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// machine returns a description of the machine and the versions of Go and Terraform.
func (s *suite) machine(t *testing.T) string {
	t.Helper()
	cpus, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		t.Fatal(err)
	}
	_, model, _ := strings.Cut(string(cpus), "model name\t: ")
	model, _, _ = strings.Cut(model, "\n")
	version, err := exec.Command(s.terraform, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	terraform, _, _ := strings.Cut(string(version), "\n")
	return fmt.Sprintf("%d cores (%s), %s/%s, %s, and %s", runtime.NumCPU(), strings.TrimSpace(model),
		runtime.GOOS, runtime.GOARCH, runtime.Version(), terraform)
}
