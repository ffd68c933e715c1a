// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
)

// Data is what a [Service] starts with; the package's documentation has its
// form as a file.
type Data struct {
	// Credentials are who may call.
	Credentials []Credential
	// Domains are what there is to be read.
	Domains []Domain
}

// Credential is an access key that the service takes requests from.
type Credential struct {
	// AccessKeyID and SecretAccessKey are both needed.
	AccessKeyID, SecretAccessKey string
	// SessionToken, where not empty, must come with each request; where it is
	// empty, a request must have none.
	SessionToken string
}

// Domain is a Customer Profiles domain and its workflows.
type Domain struct {
	// DomainName is its name, 1 to 64 letters, digits, underscores and hyphens.
	DomainName string
	// Region is the one Region that has it; empty: every Region has it.
	Region string
	// Workflows are GetWorkflow's answers, as JSON, each with a WorkflowId.
	Workflows []json.RawMessage
}

// maxDomainName is the most characters that the API allows a domain's name.
const maxDomainName = 64

// The first two are the API's own, and are quoted in its errors. The others
// keep out what no client could send in a credential scope.
var (
	domainNamePattern  = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
	workflowIDPattern  = regexp.MustCompile(`^[a-f0-9]{32}$`)
	regionPattern      = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	accessKeyIDPattern = regexp.MustCompile(`^\w{1,128}$`)
)

//go:embed default.json
var defaultJSON []byte

// DefaultData gives the embedded data, a fresh copy with each call: the domains
// acme, globex (in eu-west-1 only) and initech (without workflows), and one
// credential, the example access key of AWS's own documentation.
func DefaultData() Data {
	data, err := ReadData(bytes.NewReader(defaultJSON))
	if err != nil {
		panic("simulator: default.json: " + err.Error()) // It is part of the program, and a test reads it.
	}
	return data
}

// validate tells what is wrong with d, and of which credential, domain or
// workflow.
func (d Data) validate() error {
	keys := map[string]bool{}
	for i, c := range d.Credentials {
		if err := c.validate(); err != nil {
			return fmt.Errorf("Credentials[%d]: %w", i, err)
		}
		if keys[c.AccessKeyID] {
			return fmt.Errorf("Credentials[%d]: AccessKeyId %q is there twice", i, c.AccessKeyID)
		}
		keys[c.AccessKeyID] = true
	}
	seen := map[domainKey]bool{}
	for i, domain := range d.Domains {
		if err := domain.validate(); err != nil {
			return fmt.Errorf("Domains[%d]: %w", i, err)
		}
		key := domainKey{domain.Region, domain.DomainName}
		if seen[key] {
			return fmt.Errorf("Domains[%d]: %s is there twice", i, key)
		}
		seen[key] = true
	}
	return nil
}

func (c Credential) validate() error {
	if !accessKeyIDPattern.MatchString(c.AccessKeyID) {
		return fmt.Errorf("AccessKeyId %q must match %s", c.AccessKeyID, accessKeyIDPattern)
	}
	if c.SecretAccessKey == "" {
		return fmt.Errorf("access key %s has no SecretAccessKey", c.AccessKeyID)
	}
	return nil
}

func (d Domain) validate() error {
	key := domainKey{d.Region, d.DomainName}
	if err := key.validate(); err != nil {
		return err
	}
	ids := map[string]bool{}
	for i, workflow := range d.Workflows {
		id, err := workflowID(workflow)
		if err != nil {
			return fmt.Errorf("%s: Workflows[%d]: %w", key, i, err)
		}
		if ids[id] {
			return fmt.Errorf("%s: Workflows[%d]: WorkflowId %s is there twice", key, i, id)
		}
		ids[id] = true
	}
	return nil
}

// domainKey is what tells one domain from another.
type domainKey struct{ region, name string }

func (k domainKey) String() string {
	if k.region == "" {
		return fmt.Sprintf("domain %q", k.name)
	}
	return fmt.Sprintf("domain %q in Region %s", k.name, k.region)
}

func (k domainKey) validate() error {
	if !domainNamePattern.MatchString(k.name) || len(k.name) > maxDomainName {
		return fmt.Errorf("DomainName %q must match %s and have at most %d characters", k.name, domainNamePattern, maxDomainName)
	}
	if k.region != "" && !regionPattern.MatchString(k.region) {
		return fmt.Errorf("domain %q: Region %q must match %s", k.name, k.region, regionPattern)
	}
	return nil
}

// workflowID reads the one member of a workflow that the service needs to know.
// A map, and not a struct: a struct would take "workflowid" for it, too.
func workflowID(workflow json.RawMessage) (string, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(workflow, &members); err != nil || members == nil {
		return "", errors.New("a workflow must be a JSON object")
	}
	member, ok := members["WorkflowId"]
	if !ok {
		return "", errors.New("a workflow must have a WorkflowId")
	}
	var id *string
	if err := json.Unmarshal(member, &id); err != nil || id == nil {
		return "", fmt.Errorf("WorkflowId %s must be a string", member)
	}
	if !workflowIDPattern.MatchString(*id) {
		return "", fmt.Errorf("WorkflowId %q must match %s", *id, workflowIDPattern)
	}
	return *id, nil
}
