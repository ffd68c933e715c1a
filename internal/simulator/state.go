// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"fmt"
	"maps"
	"time"
)

// state is what a reset restores.
type state struct {
	credentials map[string]Credential // by access key ID
	domains     map[domainKey]domain
	startedAt   time.Time // the timelines of workflows begin
}

func newState(data Data) (state, error) {
	s := state{credentials: map[string]Credential{}, domains: map[domainKey]domain{}}
	for i, credential := range data.Credentials {
		err := credential.validate()
		if _, ok := s.credentials[credential.AccessKeyID]; err == nil && ok {
			err = duplicate("AccessKeyId", credential.AccessKeyID, "an access key ID")
		}
		if err != nil {
			return s, within(err, "Credentials", i)
		}
		s.credentials[credential.AccessKeyID] = credential
	}
	for i, d := range data.Domains {
		key := domainKey{d.Region, d.DomainName}
		_, ok := s.domains[key]
		err := s.put(d)
		if err == nil && ok {
			err = &problem{"", key.String(), "a domain that the file doesn't have yet"}
		}
		if err != nil {
			return s, within(err, "Domains", i)
		}
	}
	return s, nil
}

// put adds the contents of data to a domain.
func (s *state) put(data Domain) error {
	key := domainKey{data.Region, data.DomainName}
	if err := key.validate(); err != nil {
		return err
	}
	d := s.domains[key]
	added, err := newDomain(data, d)
	if err != nil {
		return err
	}
	d.workflows.putAll(added.workflows)
	d.steps.putAll(added.steps)
	d.integrations.putAll(added.integrations)
	s.domains[key] = d
	return nil
}

// regions returns the Regions of a domain. An empty one means every Region.
func (s *state) regions(domainName string) []string {
	var regions []string
	for key := range s.domains {
		if key.name == domainName {
			regions = append(regions, key.region)
		}
	}
	return regions
}

// start returns a copy in which no response was played, and time starts now.
func (s *state) start() state {
	started := state{
		credentials: maps.Clone(s.credentials),
		domains:     make(map[domainKey]domain, len(s.domains)),
		startedAt:   time.Now(),
	}
	for key, d := range s.domains {
		d.workflows, d.steps, d.integrations = d.workflows.clone(), d.steps.clone(), d.integrations.clone()
		for id, w := range d.workflows.byKey {
			d.workflows.byKey[id] = w.restarted()
		}
		started.domains[key] = d
	}
	return started
}

// load replaces everything with data, which [Service.Reset] then returns to.
func (s *Service) load(data Data) error {
	initial, err := newState(data)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.initial = initial
	s.mu.Unlock()
	s.Reset()
	return nil
}

// Reset returns to the data that the service started with: it undoes changes,
// removes faults, forgets calls, and starts responses and timelines again. The
// responder, the latency, and the call log's function stay.
func (s *Service) Reset() {
	s.mu.Lock()
	s.state = s.initial.start()
	s.mu.Unlock()
	s.faults.replace(nil)
	s.ResetCalls()
}

// AddCredential adds a credential, or replaces the one with the same access key
// ID.
func (s *Service) AddCredential(c Credential) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.credentials[c.AccessKeyID] = c
}

// Put adds the contents of data to a domain, and replaces workflows, steps, and
// integrations with the same key. It creates the domain if it does not exist.
// Tests use it for invalid responses, so it validates only what the service
// itself needs.
func (s *Service) Put(data Domain) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.state.put(data); err != nil {
		return fmt.Errorf("%s: %w", domainKey{data.Region, data.DomainName}, err)
	}
	return nil
}

// putWorkflow adds a workflow to a domain, or replaces it. Without a Region, it
// does so in every Region that has the domain.
func (s *Service) putWorkflow(data Domain) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	regions := []string{data.Region}
	if data.Region == "" {
		if existing := s.state.regions(data.DomainName); len(existing) > 0 {
			regions = existing
		}
	}
	for _, data.Region = range regions {
		if err := s.state.put(data); err != nil {
			return err
		}
	}
	return nil
}

// removeWorkflow removes a workflow and its steps from a domain in one Region,
// or in all of them. It reports whether there was one.
func (s *Service) removeWorkflow(from domainKey, id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := false
	for key, d := range s.state.domains {
		if key.name != from.name || from.region != "" && key.region != from.region {
			continue
		}
		found = d.workflows.remove(id) || found
		d.steps.remove(id)
		s.state.domains[key] = d
	}
	return found
}
