// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"
)

// domain is what there is of a domain, in one Region or in all of them.
type domain struct {
	workflows    collection[*workflow]         // by WorkflowId
	steps        map[string][]json.RawMessage  // by WorkflowId
	integrations collection[integrationAnswer] // by Uri
}

// workflow has the answers that GetWorkflow gives, one after the other.
type workflow struct {
	answers []json.RawMessage
	asked   atomic.Int64
}

// next is the answer to one more call. The last one stays.
func (w *workflow) next() []byte {
	if len(w.answers) == 1 {
		return w.answers[0]
	}
	n := w.asked.Add(1)
	return w.answers[min(n, int64(len(w.answers)))-1]
}

// current is the latest answer that was given, or the first one.
func (w *workflow) current() json.RawMessage {
	n := max(w.asked.Load(), 1)
	return w.answers[min(n, int64(len(w.answers)))-1]
}

type integrationAnswer struct {
	text   json.RawMessage
	hidden bool
}

// collection keeps values in the order in which their keys came.
type collection[T any] struct {
	keys  []string
	byKey map[string]T
}

func (c *collection[T]) put(key string, value T) {
	if c.byKey == nil {
		c.byKey = map[string]T{}
	}
	if _, ok := c.byKey[key]; !ok {
		c.keys = append(c.keys, key)
	}
	c.byKey[key] = value
}

// merged is what a Region has of a kind: what every Region has, with its own in
// place of the same, and then the rest of its own.
func merged[T any](common, own collection[T]) []T {
	values := make([]T, 0, len(common.keys)+len(own.keys))
	for _, key := range common.keys {
		value, ok := own.byKey[key]
		if !ok {
			value = common.byKey[key]
		}
		values = append(values, value)
	}
	for _, key := range own.keys {
		if _, ok := common.byKey[key]; !ok {
			values = append(values, own.byKey[key])
		}
	}
	return values
}

// regional is a domain as one Region has it: its own part and the part that
// every Region has. Either may be empty.
type regional struct{ own, common *domain }

var none = &domain{}

// regional finds a domain. The caller holds s.mu.
func (s *Service) regional(region, name string) (regional, bool) {
	own, ownOK := s.domains[domainKey{region, name}]
	common, commonOK := s.domains[domainKey{"", name}]
	if !ownOK {
		own = none
	}
	if !commonOK {
		common = none
	}
	return regional{own, common}, ownOK || commonOK
}

func (r regional) workflow(id string) (*workflow, bool) {
	if w, ok := r.own.workflows.byKey[id]; ok {
		return w, true
	}
	w, ok := r.common.workflows.byKey[id]
	return w, ok
}

func (r regional) steps(id string) []json.RawMessage {
	if steps, ok := r.own.steps[id]; ok {
		return steps
	}
	return r.common.steps[id]
}

func (r regional) integration(uri string) (integrationAnswer, bool) {
	if i, ok := r.own.integrations.byKey[uri]; ok {
		return i, true
	}
	i, ok := r.common.integrations.byKey[uri]
	return i, ok
}

// addDomain puts what data has of a domain, which may be nothing but its name.
func (s *Service) addDomain(d Domain) error {
	if err := s.put(domainKey{d.Region, d.DomainName}, func(*domain) {}); err != nil {
		return err
	}
	for _, workflow := range d.Workflows {
		if err := s.PutWorkflow(d.Region, d.DomainName, workflow); err != nil {
			return err
		}
	}
	for id, steps := range d.Steps {
		if err := s.PutWorkflowSteps(d.Region, d.DomainName, id, steps); err != nil {
			return err
		}
	}
	for _, integration := range d.Integrations {
		if err := s.PutIntegration(d.Region, d.DomainName, integration); err != nil {
			return err
		}
	}
	for _, integration := range d.HiddenIntegrations {
		if err := s.PutHiddenIntegration(d.Region, d.DomainName, integration); err != nil {
			return err
		}
	}
	return nil
}

// put changes a domain, which is made where it is new.
func (s *Service) put(key domainKey, change func(*domain)) error {
	if err := key.validate(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.domains[key] == nil {
		s.domains[key] = &domain{steps: map[string][]json.RawMessage{}}
	}
	change(s.domains[key])
	return nil
}

// PutWorkflow adds a GetWorkflowResponse, which is served just as given, or
// replaces the one with the same WorkflowId. The domain is made where it is new.
// An empty region puts it in every Region.
//
// It may be an array of such answers to the same WorkflowId: each call of
// GetWorkflow gets the next one, and the last one stays.
func (s *Service) PutWorkflow(region, domainName string, answer json.RawMessage) error {
	key := domainKey{region, domainName}
	id, answers, err := workflowAnswers(slices.Clone(answer))
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return s.put(key, func(d *domain) { d.workflows.put(id, &workflow{answers: answers}) })
}

// PutWorkflowSteps sets the items that GetWorkflowSteps gives for a workflow,
// just as given. A workflow has none before.
func (s *Service) PutWorkflowSteps(region, domainName, workflowID string, items []json.RawMessage) error {
	key := domainKey{region, domainName}
	if err := validateSteps(items); err != nil {
		return fmt.Errorf("%s: steps of %s: %w", key, workflowID, err)
	}
	return s.put(key, func(d *domain) { d.steps[workflowID] = slices.Clone(items) })
}

// PutIntegration adds a GetIntegration answer, which is served just as given,
// or replaces the one with the same Uri. Domain and region are as they are for
// [Service.PutWorkflow].
func (s *Service) PutIntegration(region, domainName string, integration json.RawMessage) error {
	return s.putIntegration(domainKey{region, domainName}, integrationAnswer{text: slices.Clone(integration)})
}

// PutHiddenIntegration does the same with one that ListIntegrations leaves out
// unless it is asked for hidden ones.
func (s *Service) PutHiddenIntegration(region, domainName string, integration json.RawMessage) error {
	return s.putIntegration(domainKey{region, domainName}, integrationAnswer{text: slices.Clone(integration), hidden: true})
}

func (s *Service) putIntegration(key domainKey, integration integrationAnswer) error {
	uri, err := integrationURI(integration.text)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return s.put(key, func(d *domain) { d.integrations.put(uri, integration) })
}
