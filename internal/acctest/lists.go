// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// List is a data source that reads a list whole.
type List struct {
	DataSource
	// Item is the nth item, as the API sends it.
	Item func(n int) string
	// Check is for what is read back of it.
	Check func(n int) knownvalue.Check
	// Put gives the simulator that many items.
	Put func(t *testing.T, sim Simulator, items int)
}

// TestPages has the data source read lists of many pages, of none, and lists
// that never come to an end.
func (l List) TestPages(t *testing.T) {
	const many = 1000
	t.Run("1,000 items", func(t *testing.T) {
		t.Parallel()
		sim := StartSimulator(t)
		l.Put(t, sim, many)
		l.expectItems(t, sim, many)
		l.checkCalls(t, sim, many/100)
	})
	for name, test := range map[string]struct {
		pages []string
		items int
	}{
		"no items":            {[]string{`{"Items":[]}`}, 0},
		"nothing":             {[]string{`{}`}, 0},
		"null":                {[]string{`{"Items":null,"NextToken":null}`}, 0},
		"an empty token":      {[]string{`{"Items":[` + l.Item(0) + `],"NextToken":""}`}, 1},
		"across empty pages":  {[]string{`{"NextToken":"a"}`, `{"Items":[` + l.Item(0) + `],"NextToken":"/ b+&="}`, `{"Items":[],"NextToken":"c"}`, `{"Items":[` + l.Item(1) + `,` + l.Item(2) + `]}`}, 3},
		"an empty last page":  {[]string{`{"Items":[` + l.Item(0) + `],"NextToken":"a"}`, `{"Items":[]}`}, 1},
		"one page behind two": {[]string{`{"Items":[` + l.Item(0) + `],"NextToken":"a"}`, `{"Items":[` + l.Item(1) + `],"NextToken":"b"}`, `{"Items":[` + l.Item(2) + `]}`}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := StartSimulator(t)
			script(sim, test.pages)
			l.expectItems(t, sim, test.items)
			l.checkCalls(t, sim, len(test.pages))
		})
	}
	t.Run("a token that comes twice", func(t *testing.T) {
		t.Parallel()
		sim := StartSimulator(t)
		script(sim, []string{`{"NextToken":"a"}`, `{"NextToken":"b"}`, `{"NextToken":"a"}`})
		l.TestError(t, l.Config(sim), "Error: Unreadable answer from Customer Profiles", l.Operation, `named before, by the token "a"`, AnsweredFor)
		l.checkCalls(t, sim, 3)
	})
	t.Run("a later page that fails", func(t *testing.T) {
		t.Parallel()
		sim := StartSimulator(t)
		sim.SetResponder(func(call simulator.Call) *simulator.Response {
			if call.Count == 1 {
				return page(`{"Items":[` + l.Item(0) + `],"NextToken":"a"}`)
			}
			return simulator.ErrorResponse(403, "AccessDeniedException", "No more")
		})
		l.TestError(t, l.Config(sim), "Error: Access denied by Customer Profiles", l.Operation, "AccessDeniedException: No more")
	})
	t.Run("a later page that is throttled", func(t *testing.T) {
		t.Parallel()
		sim := StartSimulator(t)
		l.Put(t, sim, 150)
		sim.SetResponder(func(call simulator.Call) *simulator.Response {
			if call.Count == 2 {
				return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
			}
			return nil
		})
		l.expectItems(t, sim, 150)
	})
}

// script has the pages answered in turn, each read as often as there is a plan.
func script(sim Simulator, pages []string) {
	sim.SetResponder(func(call simulator.Call) *simulator.Response { return page(pages[(call.Count-1)%len(pages)]) })
}

func page(body string) *simulator.Response {
	return &simulator.Response{Status: http.StatusOK, Body: []byte(body)}
}

func (l List) expectItems(t *testing.T, sim Simulator, n int) {
	t.Helper()
	checks := make([]knownvalue.Check, n)
	for i := range checks {
		checks[i] = l.Check(i)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories(),
		Steps: []resource.TestStep{{
			Config:            l.Config(sim),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(l.Address(), tfjsonpath.New("items"), knownvalue.ListExact(checks))},
		}},
	})
}

// checkCalls fails where a read was not so many calls for pages of 100, each
// with another token.
func (l List) checkCalls(t *testing.T, sim Simulator, pages int) {
	t.Helper()
	calls := sim.Calls()
	if len(calls) == 0 || len(calls)%pages != 0 {
		t.Fatalf("%d calls, want %d for each read", len(calls), pages)
	}
	seen := map[string]bool{}
	for i, call := range calls {
		query, err := url.ParseQuery(call.RawQuery)
		if err != nil {
			t.Fatal(err)
		}
		if i%pages == 0 {
			seen = map[string]bool{}
		}
		token := query.Get("next-token")
		if call.Operation != l.Operation || query.Get("max-results") != "100" || seen[token] || (i%pages == 0) != (token == "") {
			t.Errorf("call %d: %s?%s", i+1, call.Operation, call.RawQuery)
		}
		seen[token] = true
	}
}

// HexID is n as a workflow's ID.
func HexID(n int) string { return fmt.Sprintf("%032x", n) }
