// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// domain holds a domain's contents in one Region, or those in every Region.
type domain struct {
	workflows    collection[*workflow]         // by WorkflowId
	steps        collection[[]json.RawMessage] // by WorkflowId
	integrations collection[integration]       // by Uri
}

// regionalDomain is a domain as one Region has it: what every Region has, and
// what only this one has.
type regionalDomain struct{ global, regional domain }

// domainKey identifies a domain. If region is empty, it is in every Region.
type domainKey struct{ region, name string }

func (k domainKey) String() string {
	if k.region == "" {
		return fmt.Sprintf("domain %q", k.name)
	}
	return fmt.Sprintf("domain %q in Region %s", k.name, k.region)
}

func (k domainKey) validate() error {
	if !domainNamePattern.MatchString(k.name) || len(k.name) > maxDomainName {
		return &problem{"/DomainName", strconv.Quote(k.name),
			fmt.Sprintf("at most %d characters that match %s", maxDomainName, domainNamePattern)}
	}
	if k.region != "" && !regionPattern.MatchString(k.region) {
		return invalidRegion(k.region)
	}
	return nil
}

type integration struct {
	uri      string
	response json.RawMessage
	hidden   bool
}

// collection is a map that keeps the order of insertion.
type collection[T any] struct {
	keys  []string
	byKey map[string]T
}

// put adds a value, or replaces the one with the same key.
func (c *collection[T]) put(key string, value T) {
	if c.byKey == nil {
		c.byKey = map[string]T{}
	}
	if _, ok := c.byKey[key]; !ok {
		c.keys = append(c.keys, key)
	}
	c.byKey[key] = value
}

func (c *collection[T]) putAll(other collection[T]) {
	for _, key := range other.keys {
		c.put(key, other.byKey[key])
	}
}

// add is like put, but returns false if there is a value with the same key.
func (c *collection[T]) add(key string, value T) bool {
	if _, ok := c.byKey[key]; ok {
		return false
	}
	c.put(key, value)
	return true
}

// remove reports whether there was a value with this key.
func (c *collection[T]) remove(key string) bool {
	if _, ok := c.byKey[key]; !ok {
		return false
	}
	delete(c.byKey, key)
	c.keys = slices.DeleteFunc(c.keys, func(k string) bool { return k == key })
	return true
}

func (c *collection[T]) clone() collection[T] {
	return collection[T]{keys: slices.Clone(c.keys), byKey: maps.Clone(c.byKey)}
}

// find returns the regional value of a key, or else the global one.
func find[T any](global, regional collection[T], key string) (T, bool) {
	if value, ok := regional.byKey[key]; ok {
		return value, true
	}
	value, ok := global.byKey[key]
	return value, ok
}

// merge returns the global values, replaced by regional ones with the same key,
// followed by the other regional values.
func merge[T any](global, regional collection[T]) []T {
	values := make([]T, 0, len(global.keys)+len(regional.keys))
	for _, key := range global.keys {
		value, _ := find(global, regional, key)
		values = append(values, value)
	}
	for _, key := range regional.keys {
		if _, ok := global.byKey[key]; !ok {
			values = append(values, regional.byKey[key])
		}
	}
	return values
}

// newDomain validates and converts the contents of a domain. The steps can be
// those of an existing workflow.
func newDomain(data Domain, existing domain) (domain, error) {
	var d domain
	for i, text := range data.Workflows {
		w, err := parseWorkflow(text)
		if err == nil && !d.workflows.add(w.id, w) {
			err = duplicate("WorkflowId", w.id, "an ID")
		}
		if err != nil {
			return d, within(err, "Workflows", i)
		}
	}
	for id, steps := range data.Steps {
		if _, ok := find(existing.workflows, d.workflows, id); !ok {
			return d, &problem{pointer("Steps", id), strconv.Quote(id), "the ID of a workflow of the domain"}
		}
		for i, step := range steps {
			if _, err := objectMembers(step); err != nil {
				return d, within(err, "Steps", id, i)
			}
		}
		d.steps.put(id, slices.Clone(steps))
	}
	if err := d.addIntegrations(data.Integrations, false); err != nil {
		return d, within(err, "Integrations")
	}
	if err := d.addIntegrations(data.HiddenIntegrations, true); err != nil {
		return d, within(err, "HiddenIntegrations")
	}
	return d, nil
}

func (d *domain) addIntegrations(integrations []json.RawMessage, hidden bool) error {
	for i, text := range integrations {
		integration, err := parseIntegration(text, hidden)
		if err == nil && !d.integrations.add(integration.uri, integration) {
			err = duplicate("Uri", integration.uri, "a URI")
		}
		if err != nil {
			return within(err, i)
		}
	}
	return nil
}
