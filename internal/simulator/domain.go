// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"
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
		return fmt.Errorf("DomainName %q must match %s and have at most %d characters",
			k.name, domainNamePattern, maxDomainName)
	}
	if k.region != "" && !regionPattern.MatchString(k.region) {
		return fmt.Errorf("domain %q: Region %q must match %s", k.name, k.region, regionPattern)
	}
	return nil
}

// workflow holds the responses that successive GetWorkflow calls return.
type workflow struct {
	id        string
	responses []json.RawMessage
	calls     atomic.Int64
}

// next returns the response to another call.
func (w *workflow) next() json.RawMessage { return w.response(w.calls.Add(1)) }

// current returns the latest response, or the first one before any call.
func (w *workflow) current() json.RawMessage { return w.response(max(w.calls.Load(), 1)) }

// response returns the response to the nth call.
func (w *workflow) response(n int64) json.RawMessage {
	return w.responses[min(n, int64(len(w.responses)))-1]
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

// add is like put, but fails if there is a value with the same key.
func (c *collection[T]) add(key string, value T) error {
	if _, ok := c.byKey[key]; ok {
		return fmt.Errorf("duplicate %q", key)
	}
	c.put(key, value)
	return nil
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
		if err == nil {
			err = d.workflows.add(w.id, w)
		}
		if err != nil {
			return d, fmt.Errorf("Workflows[%d]: %w", i, err)
		}
	}
	for id, steps := range data.Steps {
		if _, ok := find(existing.workflows, d.workflows, id); !ok {
			return d, fmt.Errorf("Steps: no workflow has the WorkflowId %q", id)
		}
		if err := validateSteps(steps); err != nil {
			return d, fmt.Errorf("Steps of workflow %s: %w", id, err)
		}
		d.steps.put(id, slices.Clone(steps))
	}
	if err := d.addIntegrations(data.Integrations, false); err != nil {
		return d, fmt.Errorf("Integrations%w", err)
	}
	if err := d.addIntegrations(data.HiddenIntegrations, true); err != nil {
		return d, fmt.Errorf("HiddenIntegrations%w", err)
	}
	return d, nil
}

func (d *domain) addIntegrations(integrations []json.RawMessage, hidden bool) error {
	for i, text := range integrations {
		integration, err := parseIntegration(text, hidden)
		if err == nil {
			err = d.integrations.add(integration.uri, integration)
		}
		if err != nil {
			return fmt.Errorf("[%d]: %w", i, err)
		}
	}
	return nil
}

// Put adds the contents of data to a domain, and replaces workflows, steps, and
// integrations with the same key. It creates the domain if it does not exist.
func (s *Service) Put(data Domain) error {
	key := domainKey{data.Region, data.DomainName}
	if err := key.validate(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.domains[key]
	added, err := newDomain(data, d)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	d.workflows.putAll(added.workflows)
	d.steps.putAll(added.steps)
	d.integrations.putAll(added.integrations)
	s.domains[key] = d
	return nil
}
