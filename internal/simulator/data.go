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

// Domain is a Customer Profiles domain, its workflows and its integrations.
type Domain struct {
	// DomainName is its name, 1 to 64 letters, digits, underscores and hyphens.
	DomainName string
	// Region is the one Region that has it; empty: every Region has it.
	Region string
	// Workflows are GetWorkflow's answers, as JSON, each with a WorkflowId. One
	// that is an array of answers is played, see [Service.PutWorkflow].
	Workflows []json.RawMessage
	// Steps are the items of GetWorkflowSteps's answers, as JSON, by the
	// WorkflowId of one of the Workflows.
	Steps map[string][]json.RawMessage
	// Integrations are GetIntegration's answers, as JSON, each with a Uri.
	Integrations []json.RawMessage
	// HiddenIntegrations are those that ListIntegrations leaves out unless it is
	// asked for them.
	HiddenIntegrations []json.RawMessage
}

// The most characters that the API allows a domain's name and an integration's
// URI.
const (
	maxDomainName = 64
	maxURI        = 255
)

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
		id, _, err := workflowAnswers(workflow)
		if err != nil {
			return fmt.Errorf("%s: Workflows[%d]: %w", key, i, err)
		}
		if ids[id] {
			return fmt.Errorf("%s: Workflows[%d]: WorkflowId %s is there twice", key, i, id)
		}
		ids[id] = true
	}
	for id, steps := range d.Steps {
		if !ids[id] {
			return fmt.Errorf("%s: Steps: WorkflowId %q is not among the Workflows", key, id)
		}
		if err := validateSteps(steps); err != nil {
			return fmt.Errorf("%s: Steps of %s: %w", key, id, err)
		}
	}
	return d.validateIntegrations(key)
}

func (d Domain) validateIntegrations(key domainKey) error {
	uris := map[string]bool{}
	for name, integrations := range map[string][]json.RawMessage{"Integrations": d.Integrations, "HiddenIntegrations": d.HiddenIntegrations} {
		for i, integration := range integrations {
			uri, err := integrationURI(integration)
			if err != nil {
				return fmt.Errorf("%s: %s[%d]: %w", key, name, i, err)
			}
			if uris[uri] {
				return fmt.Errorf("%s: Uri %q is there twice", key, uri)
			}
			uris[uri] = true
		}
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

// workflowAnswers reads what the service needs to know of a workflow: its ID and
// its answers, of which there is one where it is not to be played.
func workflowAnswers(workflow json.RawMessage) (id string, answers []json.RawMessage, err error) {
	if !bytes.HasPrefix(bytes.TrimLeft(workflow, " \t\r\n"), []byte("[")) {
		id, err = workflowID(workflow)
		return id, []json.RawMessage{workflow}, err
	}
	if err := json.Unmarshal(workflow, &answers); err != nil || len(answers) == 0 {
		return "", nil, errors.New("a workflow that is an array must hold its answers, one at least")
	}
	for i, answer := range answers {
		of, err := workflowID(answer)
		switch {
		case err != nil:
			return "", nil, fmt.Errorf("answer %d: %w", i, err)
		case i > 0 && of != id:
			return "", nil, fmt.Errorf("answer %d: WorkflowId %s is not the first answer's, %s", i, of, id)
		}
		id = of
	}
	return id, answers, nil
}

func workflowID(workflow json.RawMessage) (string, error) {
	id, err := memberString(workflow, "a workflow", "WorkflowId")
	if err == nil && !workflowIDPattern.MatchString(id) {
		err = fmt.Errorf("WorkflowId %q must match %s", id, workflowIDPattern)
	}
	return id, err
}

func integrationURI(integration json.RawMessage) (string, error) {
	uri, err := memberString(integration, "an integration", "Uri")
	if err == nil && (uri == "" || len([]rune(uri)) > maxURI) {
		err = fmt.Errorf("Uri %q must have 1 to %d characters", uri, maxURI)
	}
	return uri, err
}

// memberString reads the one member that the service needs to know. A map, and
// not a struct: a struct would take "workflowid" for "WorkflowId", too.
func memberString(object json.RawMessage, what, name string) (string, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(object, &members); err != nil || members == nil {
		return "", fmt.Errorf("%s must be a JSON object", what)
	}
	member, ok := members[name]
	if !ok {
		return "", fmt.Errorf("%s must have a %s", what, name)
	}
	var value *string
	if err := json.Unmarshal(member, &value); err != nil || value == nil {
		return "", fmt.Errorf("%s %s must be a string", name, member)
	}
	return *value, nil
}

func validateSteps(steps []json.RawMessage) error {
	for i, step := range steps {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(step, &members); err != nil || members == nil {
			return fmt.Errorf("step %d must be a JSON object", i)
		}
	}
	return nil
}
