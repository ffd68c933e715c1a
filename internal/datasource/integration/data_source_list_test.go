// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

var integrations = acctest.DataSource{
	Type:      "customerprofiles_integrations",
	Arguments: []string{`domain_name = "acme"`},
}

func TestAccIntegrations_values(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	sim.SetResponder(func(simulator.Call) *simulator.Response {
		return &simulator.Response{Status: http.StatusOK, Body: []byte(`{"Items":[{` + allMembers + `}]}`)}
	})
	config := integrations.Config(sim, `region = "eu-west-1"`, `include_hidden = true`)
	integrations.TestValues(t, config, map[string]knownvalue.Check{
		"domain_name":    knownvalue.StringExact("acme"),
		"region":         knownvalue.StringExact("eu-west-1"),
		"include_hidden": knownvalue.Bool(true),
		"items":          knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(membersChecks())}),
	})
	for _, call := range sim.Calls() {
		if want := "include-hidden=true&max-results=100"; call.RawQuery != want {
			t.Errorf("query string %q, want %q", call.RawQuery, want)
		}
	}
}

func TestAccIntegrations_pages(t *testing.T) {
	t.Parallel()
	hooli := integrations
	hooli.Arguments = []string{`domain_name = "hooli"`}
	hooli.TestPages(t, func(items int) simulator.Domain {
		domain := simulator.Domain{DomainName: "hooli"}
		for i := range items {
			domain.Integrations = append(domain.Integrations, fmt.Appendf(nil, `{"Uri":"u%d"}`, i))
		}
		return domain
	})
}

func TestAccIntegrations_notFound(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	acctest.TestError(t, integrations.Config(sim, `domain_name = "nowhere"`),
		"Error: Domain not found",
		`ListIntegrations for the integrations in domain "nowhere" (us-east-1) returned ResourceNotFoundException`,
		"Check the domain name and the Region")
	if calls := len(sim.Calls()); calls != 1 {
		t.Errorf("%d requests, want 1", calls)
	}
}

func TestAccIntegrations_invalidArguments(t *testing.T) {
	t.Parallel()
	integrations.TestInvalidArguments(t, []acctest.InvalidArgument{
		{
			Name:     "domain name with a space",
			Argument: `domain_name = "ac me"`,
			Error:    "Attribute domain_name must contain only letters, digits, hyphens, and underscores",
		},
	})
}
