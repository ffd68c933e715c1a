// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Data is the initial content of a [Service]. The package documentation
// describes its JSON form.
type Data struct {
	// Credentials are accepted in requests.
	Credentials []Credential
	// Domains are the domains to serve.
	Domains []Domain
}

// Credential is an access key that the service accepts.
type Credential struct {
	// AccessKeyID and SecretAccessKey are required.
	AccessKeyID     string `json:"AccessKeyId"`
	SecretAccessKey string
	// SessionToken, if set, must be in every request. If it is empty, requests
	// must not have a session token.
	SessionToken string
}

// Domain is a Customer Profiles domain with its workflows and integrations.
type Domain struct {
	// DomainName has 1 to 64 letters, digits, underscores, and hyphens.
	DomainName string
	// Region is the only Region that has the domain. If it is empty, every
	// Region has it.
	Region string
	// Workflows are GetWorkflow responses, which are returned unchanged. If one
	// is an array of them, each call returns its next element, and the last one
	// from then on.
	Workflows []json.RawMessage
	// Steps are the items of GetWorkflowSteps, by the WorkflowId of one of the
	// Workflows.
	Steps map[string][]json.RawMessage
	// Integrations are GetIntegration responses.
	Integrations []json.RawMessage
	// HiddenIntegrations are integrations that ListIntegrations omits by
	// default.
	HiddenIntegrations []json.RawMessage
}

// Maximum lengths in the API's model.
const (
	maxDomainName = 64
	maxURI        = 255
)

// The first two patterns are from the API's model and part of its errors. The
// others exclude what a credential scope cannot contain.
var (
	domainNamePattern  = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
	workflowIDPattern  = regexp.MustCompile(`^[a-f0-9]{32}$`)
	regionPattern      = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	accessKeyIDPattern = regexp.MustCompile(`^\w{1,128}$`)
)

//go:embed default.json
var defaultJSON []byte

// DefaultData returns a copy of the embedded data: the domains acme, globex (in
// eu-west-1 only), and initech (without workflows), and one credential, the
// example access key of the AWS documentation.
func DefaultData() Data {
	data, err := ReadData(bytes.NewReader(defaultJSON))
	if err != nil {
		panic("simulator: default.json: " + err.Error())
	}
	return data
}

// ReadData reads and validates JSON in the format that the package
// documentation describes. It rejects unknown members, which are most likely
// misspelled.
func ReadData(r io.Reader) (Data, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return Data{}, err
	}
	var data Data
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&data); err != nil {
		return Data{}, addPosition(err, text)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Data{}, errors.New("unexpected data after the JSON object")
	}
	if _, err := New(data); err != nil {
		return Data{}, err
	}
	return data, nil
}

// addPosition adds the line and column in text to an error of encoding/json, if
// it has an offset.
func addPosition(err error, text []byte) error {
	before := text
	var syntaxErr *json.SyntaxError
	var typeErr *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntaxErr):
		before = text[:syntaxErr.Offset-1]
	case errors.As(err, &typeErr):
		before = text[:typeErr.Offset]
	case !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return err
	}
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Errorf("line %d, column %d: %w", line, column, err)
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

// parseWorkflow parses a GetWorkflow response or an array of them.
func parseWorkflow(text json.RawMessage) (*workflow, error) {
	w := &workflow{responses: []json.RawMessage{bytes.Clone(text)}}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		w.responses = nil
		if err := json.Unmarshal(text, &w.responses); err != nil || len(w.responses) == 0 {
			return nil, errors.New("workflow must be an object or a non-empty array of objects")
		}
	}
	for i, response := range w.responses {
		id, err := stringMember(response, "workflow", "WorkflowId")
		switch {
		case err != nil:
			return nil, err
		case !workflowIDPattern.MatchString(id):
			return nil, fmt.Errorf("WorkflowId %q must match %s", id, workflowIDPattern)
		case i > 0 && id != w.id:
			return nil, fmt.Errorf("WorkflowId %s differs from the first response's, %s", id, w.id)
		}
		w.id = id
	}
	return w, nil
}

func parseIntegration(text json.RawMessage, hidden bool) (integration, error) {
	uri, err := stringMember(text, "integration", "Uri")
	if err == nil && (uri == "" || len([]rune(uri)) > maxURI) {
		err = fmt.Errorf("Uri %q must have 1 to %d characters", uri, maxURI)
	}
	return integration{uri: uri, response: bytes.Clone(text), hidden: hidden}, err
}

func validateSteps(steps []json.RawMessage) error {
	for i, step := range steps {
		if _, err := objectMembers(step, "step "+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

// stringMember returns a required member of an object.
func stringMember(object json.RawMessage, kind, name string) (string, error) {
	members, err := objectMembers(object, kind)
	if err != nil {
		return "", err
	}
	var value *string
	if err := json.Unmarshal(members[name], &value); err != nil || value == nil {
		return "", fmt.Errorf("%s must have a string member %q", kind, name)
	}
	return *value, nil
}

// objectMembers returns a map because, unlike struct fields, its keys are case
// sensitive.
func objectMembers(object json.RawMessage, kind string) (map[string]json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(object, &members); err != nil || members == nil {
		return nil, fmt.Errorf("%s must be a JSON object", kind)
	}
	return members, nil
}
