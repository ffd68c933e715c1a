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

// Data is the initial content of a [Service]. [Schema] describes its JSON form.
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
	// from then on. A member Timeline changes a response over time.
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

// defaultCredential is the example access key of the AWS documentation.
var defaultCredential = Credential{
	AccessKeyID:     "AKIAIOSFODNN7EXAMPLE",
	SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}

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

// maxDataSize is the maximum size of the JSON form of [Data] in bytes. It has room
// for 100,000 workflows.
const maxDataSize = 64 << 20

// ReadData reads at most 64 MB of JSON, validates it against [Schema], and checks that the domains
// and workflows that it refers to exist. If there are no credentials, it adds those
// of [DefaultData].
func ReadData(r io.Reader) (Data, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxDataSize+1))
	if err != nil {
		return Data{}, err
	}
	if len(text) > maxDataSize {
		return Data{}, fmt.Errorf("more than %d MB", maxDataSize>>20)
	}
	if err := validateJSON(text, dataSchema); err != nil {
		return Data{}, err
	}
	var data Data
	if err := json.Unmarshal(text, &data); err != nil {
		return Data{}, err
	}
	if data.Credentials == nil {
		data.Credentials = []Credential{defaultCredential}
	}
	if _, err := New(data); err != nil {
		return Data{}, err
	}
	if ps := checkReferences(data); ps != nil {
		return Data{}, ps
	}
	return data, nil
}

// addPosition adds the line and column in text to a syntax error.
func addPosition(err error, text []byte) error {
	var syntaxErr *json.SyntaxError
	if !errors.As(err, &syntaxErr) {
		return err
	}
	before := text[:max(syntaxErr.Offset-1, 0)]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Errorf("line %d, column %d: %w", line, column, err)
}

func (c Credential) validate() error {
	if !accessKeyIDPattern.MatchString(c.AccessKeyID) {
		return &problem{"/AccessKeyId", strconv.Quote(c.AccessKeyID), "a match of " + accessKeyIDPattern.String()}
	}
	if c.SecretAccessKey == "" {
		return &problem{"/SecretAccessKey", `""`, "at least 1 character"}
	}
	return nil
}

func parseIntegration(text json.RawMessage, hidden bool) (integration, error) {
	members, err := objectMembers(text)
	if err != nil {
		return integration{}, err
	}
	uri, err := stringMember(members, "Uri")
	if err == nil && (uri == "" || len([]rune(uri)) > maxURI) {
		err = &problem{"/Uri", strconv.Quote(uri), fmt.Sprintf("1 to %d characters", maxURI)}
	}
	return integration{uri: uri, response: bytes.Clone(text), hidden: hidden}, err
}

// stringMember returns a required member of an object.
func stringMember(members map[string]json.RawMessage, name string) (string, error) {
	var value *string
	if err := json.Unmarshal(members[name], &value); err != nil || value == nil {
		found := "nothing"
		if text, ok := members[name]; ok {
			found = shorten(text)
		}
		return "", &problem{pointer(name), found, "a string"}
	}
	return *value, nil
}

// objectMembers returns a map because, unlike struct fields, its keys are
// case-sensitive.
func objectMembers(object json.RawMessage) (map[string]json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(object, &members); err != nil || members == nil {
		return nil, &problem{"", shorten(object), "an object"}
	}
	return members, nil
}

// shorten returns JSON that fits into a line.
func shorten(text []byte) string {
	const maxRunes = 60
	var compact bytes.Buffer
	if json.Compact(&compact, text) == nil {
		text = compact.Bytes()
	}
	runes := []rune(string(text))
	if len(runes) > maxRunes {
		return string(runes[:maxRunes]) + "…"
	}
	return string(runes)
}
