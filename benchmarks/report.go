// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
)

// The table in README.md stands between these two.
const (
	beginTable = "<!-- begin: written by make bench -->\n"
	endTable   = "<!-- end: written by make bench -->\n"
)

// plotted is a plot and the name of its file.
type plotted struct {
	name string
	plot *plot.Plot
}

// plot draws a line for each series over the counts, both axes in logarithms
// where the values are.
func (b *bench) plot(name, title, x, y string, counts []int, series map[string][]float64, scale float64) {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{}
	p.Y.Min = 0
	p.Legend.Top, p.Legend.Left = true, true
	var lines []any
	for _, name := range []string{"provider", "floor"} {
		points := make(plotter.XYs, len(series[name]))
		for i, value := range series[name] {
			points[i].X, points[i].Y = float64(counts[i]), value*scale
		}
		lines = append(lines, name, points)
	}
	if err := plotutil.AddLinePoints(p, lines...); err != nil {
		// The points are finite and there are some.
		panic(err)
	}
	p.Y.Min = 0
	b.plots = append(b.plots, plotted{name, p})
}

// write puts the table into README.md and the plots beside it.
func (b *bench) write() error {
	for _, p := range b.plots {
		if err := p.plot.Save(14*vg.Centimeter, 8*vg.Centimeter, p.name+".svg"); err != nil {
			return err
		}
	}
	var table bytes.Buffer
	fmt.Fprintf(&table, "Measured on %s: %s.\n\n", time.Now().UTC().Format(time.DateOnly), b.machine())
	fmt.Fprint(&table, "| measured | result | to reach | |\n|---|---|---|---|\n")
	for _, r := range b.rows {
		fmt.Fprintf(&table, "| %s | %s | %s | %s |\n", r.measured, r.result, r.reach, map[bool]string{true: "yes", false: "**no**"}[r.reached])
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(readme), beginTable)
	_, after, foundEnd := strings.Cut(rest, endTable)
	if !found || !foundEnd {
		return errors.New("README.md has no place for the table")
	}
	return os.WriteFile("README.md", []byte(before+beginTable+"\n"+table.String()+"\n"+endTable+after), 0o644)
}

// machine describes what the figures were measured on.
func (b *bench) machine() string {
	model := "unknown processor"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	memory := "?"
	if info, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kilobytes int64
		if _, err := fmt.Sscanf(string(info), "MemTotal: %d kB", &kilobytes); err == nil {
			memory = fmt.Sprintf("%.0f GiB", float64(kilobytes)/(1<<20))
		}
	}
	version, err := exec.Command(b.terraform, "version").Output()
	if err != nil {
		version = []byte("Terraform of an unknown version")
	}
	first, _, _ := strings.Cut(string(version), "\n")
	return fmt.Sprintf("%d cores of %s, %s of memory, %s/%s, %s, %s; %d runs of each, which took turns",
		runtime.NumCPU(), model, memory, runtime.GOOS, runtime.GOARCH, runtime.Version(), first, b.runs)
}
