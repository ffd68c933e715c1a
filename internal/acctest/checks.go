// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// DataSource is a data source in a configuration of a test.
type DataSource struct {
	// Type is the type of the data source, such as "customerprofiles_workflow".
	Type string
	// Arguments are its required arguments, each a line of HCL.
	Arguments []string
}

// Address returns the address of the data source in [DataSource.Config].
func (d DataSource) Address() string { return "data." + d.Type + ".test" }

// Config returns a configuration with the data source. The arguments, each a line
// of HCL, replace required ones of the same name.
func (d DataSource) Config(sim Simulator, arguments ...string) string {
	return sim.ProviderBlock() + d.block("test", arguments)
}

func (d DataSource) block(name string, arguments []string) string {
	lines := slices.Clone(arguments)
	for _, required := range d.Arguments {
		name, _, _ := strings.Cut(required, "=")
		if !slices.ContainsFunc(arguments, func(a string) bool { return strings.HasPrefix(a, name) }) {
			lines = append(lines, required)
		}
	}
	return fmt.Sprintf("\ndata %q %q {\n  %s\n}\n", d.Type, name, strings.Join(lines, "\n  "))
}

// TestValues applies a configuration, and checks all attributes of the data
// source. An attribute without a check must be null.
func (d DataSource) TestValues(t *testing.T, config string, checks map[string]knownvalue.Check) {
	t.Helper()
	check := statecheck.ExpectKnownValue(d.Address(), tfjsonpath.Path{}, valuesCheck(checks))
	step := resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{check}}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: Factories(), Steps: []resource.TestStep{step}})
}

// valuesCheck checks all attributes of a data source.
type valuesCheck map[string]knownvalue.Check

// CheckValue implements [knownvalue.Check].
func (c valuesCheck) CheckValue(value any) error {
	checks := map[string]knownvalue.Check{}
	attributes, _ := value.(map[string]any)
	for name := range attributes {
		checks[name] = knownvalue.Null()
	}
	maps.Copy(checks, c)
	return knownvalue.ObjectExact(checks).CheckValue(value)
}

// String implements [knownvalue.Check].
func (c valuesCheck) String() string { return knownvalue.ObjectExact(c).String() }

// TestError plans a configuration, which must fail with an error that contains
// the texts in this order.
func TestError(t *testing.T, config string, texts ...string) {
	t.Helper()
	step := resource.TestStep{Config: config, PlanOnly: true, ExpectError: DiagnosticPattern(texts...)}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: Factories(), Steps: []resource.TestStep{step}})
}

// DiagnosticPattern returns a pattern for a diagnostic that contains the texts in
// this order. Terraform may break the lines of a text at any space.
func DiagnosticPattern(texts ...string) *regexp.Regexp {
	patterns := make([]string, len(texts))
	for i, text := range texts {
		words := strings.Fields(text)
		for j := range words {
			words[j] = regexp.QuoteMeta(words[j])
		}
		patterns[i] = strings.Join(words, `[\s│]+`)
	}
	return regexp.MustCompile(`(?s)` + strings.Join(patterns, `.*`))
}

// InvalidArgument is an argument that a validator rejects.
type InvalidArgument struct {
	// Name is the name of the test case.
	Name string
	// Argument is the argument, a line of HCL.
	Argument string
	// Error is a text of the diagnostic, with the path of the argument.
	Error string
}

// TestInvalidArguments plans a configuration with a data source for each invalid
// argument. Each must fail validation, before a request is sent.
func (d DataSource) TestInvalidArguments(t *testing.T, testCases []InvalidArgument) {
	sim := StartSimulator(t)
	blocks := []string{sim.ProviderBlock()}
	for i, tc := range testCases {
		blocks = append(blocks, d.block(fmt.Sprintf("test%d", i), []string{tc.Argument}))
	}
	var diagnostics []string
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories(),
		Steps:                    []resource.TestStep{{Config: strings.Join(blocks, ""), PlanOnly: true}},
		ErrorCheck: func(err error) error {
			diagnostics = strings.Split(err.Error(), "Error: ")
			return nil
		},
	})
	for i, tc := range testCases {
		t.Run(tc.Name, func(t *testing.T) {
			t.Parallel()
			pattern := DiagnosticPattern(fmt.Sprintf("data.%s.test%d,", d.Type, i), tc.Error)
			if !slices.ContainsFunc(diagnostics, pattern.MatchString) {
				t.Errorf("%s: no %q in\n%s", tc.Argument, tc.Error, strings.Join(diagnostics, "Error: "))
			}
		})
	}
	if calls := sim.Calls(); len(calls) > 0 {
		t.Errorf("%d requests were sent", len(calls))
	}
}

// TestPages has the data source read an empty list, and a list of 250 items. A
// page has up to 100 items. The domain contains the items of the list.
func (d DataSource) TestPages(t *testing.T, domain func(items int) simulator.Domain) {
	for name, tc := range map[string]struct{ items, pages int }{
		"empty list":  {items: 0, pages: 1},
		"three pages": {items: 250, pages: 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := StartSimulator(t)
			if err := sim.Put(domain(tc.items)); err != nil {
				t.Fatal(err)
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: Factories(),
				Steps: []resource.TestStep{{
					Config: d.Config(sim),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(
						d.Address(), tfjsonpath.New("items"), knownvalue.ListSizeExact(tc.items))},
				}},
			})
			reads := 0
			for _, call := range sim.Calls() {
				if !strings.Contains(call.RawQuery, "next-token=") {
					reads++
				}
			}
			if requests := len(sim.Calls()); requests != tc.pages*reads {
				t.Errorf("%d requests for %d reads, want %d for each", requests, reads, tc.pages)
			}
		})
	}
}
