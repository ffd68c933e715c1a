// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"strconv"

	"github.com/hashicorp/aws-sdk-go-base/v2/endpoints"
)

// checkReferences checks the Regions, and the domains and workflows that
// integrations name. data is accepted by [New].
func checkReferences(data Data) problems {
	workflows := map[domainKey]map[string]bool{}
	for _, d := range data.Domains {
		ids := map[string]bool{}
		for _, text := range d.Workflows {
			w, _ := parseWorkflow(text) // New has parsed it.
			ids[w.id] = true
		}
		workflows[domainKey{d.Region, d.DomainName}] = ids
	}
	var ps problems
	for i, d := range data.Domains {
		if p := validateRegion(d.Region); p != nil {
			ps = append(ps, &problem{pointer("Domains", i, "Region"), p.found, p.expected})
		}
		exists := func(id string) bool {
			return workflows[domainKey{d.Region, d.DomainName}][id] || workflows[domainKey{"", d.DomainName}][id]
		}
		check := func(member string, integrations []json.RawMessage) {
			for j, text := range integrations {
				if p := checkIntegration(text, d.DomainName, exists); p != nil {
					ps = append(ps, &problem{pointer("Domains", i, member, j) + p.path, p.found, p.expected})
				}
			}
		}
		check("Integrations", d.Integrations)
		check("HiddenIntegrations", d.HiddenIntegrations)
	}
	return ps
}

// checkIntegration checks an integration that matches the schema.
func checkIntegration(text json.RawMessage, domainName string, workflowExists func(id string) bool) *problem {
	var integration struct{ DomainName, WorkflowID string }
	if err := json.Unmarshal(text, &integration); err != nil {
		return &problem{"", shorten(text), err.Error()}
	}
	switch {
	case integration.DomainName != domainName:
		expected := "the domain's name, " + strconv.Quote(domainName)
		return &problem{"/DomainName", strconv.Quote(integration.DomainName), expected}
	case integration.WorkflowID != "" && !workflowExists(integration.WorkflowID):
		return &problem{"/WorkflowId", strconv.Quote(integration.WorkflowID), "the ID of a workflow of the domain"}
	}
	return nil
}

// validateRegion accepts an empty Region, which means every Region.
func validateRegion(region string) *problem {
	if region == "" {
		return nil
	}
	for _, partition := range endpoints.DefaultPartitions() {
		if _, ok := partition.Regions()[region]; ok {
			return nil
		}
	}
	return invalidRegion(region)
}
