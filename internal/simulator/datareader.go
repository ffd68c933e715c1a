// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ReadData reads data in the form that the package's documentation gives. A
// member that it does not know is an error: it would be a misspelt one, and what
// it was meant to say would be missing. Errors name the line and column, or the
// domain and workflow.
func ReadData(r io.Reader) (Data, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return Data{}, err
	}
	// The whole text first: the walk below then meets no syntax errors, whose
	// position a json.Decoder does not count from the start of the text.
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return Data{}, fmt.Errorf("%s: %w", position(text, syntax.Offset-1), err)
		}
		return Data{}, err
	}
	reader := &dataReader{text: text, tokens: json.NewDecoder(bytes.NewReader(text))}
	data, err := reader.data()
	if err != nil {
		return Data{}, err
	}
	if err := data.validate(); err != nil {
		return Data{}, err
	}
	return data, nil
}

// dataReader walks through JSON token by token, since only so it can say where
// something is wrong, and tell names apart by case.
type dataReader struct {
	text   []byte
	tokens *json.Decoder
}

func (d *dataReader) data() (Data, error) {
	var data Data
	err := d.object("the data", map[string]func() error{
		"Credentials": func() error {
			return d.list("Credentials", func() error {
				c, err := d.credential()
				data.Credentials = append(data.Credentials, c)
				return err
			})
		},
		"Domains": func() error {
			return d.list("Domains", func() error {
				domain, err := d.domain()
				data.Domains = append(data.Domains, domain)
				return err
			})
		},
	})
	return data, err
}

func (d *dataReader) credential() (Credential, error) {
	var c Credential
	err := d.object("a credential", map[string]func() error{
		"AccessKeyId":     func() error { return d.string("AccessKeyId", &c.AccessKeyID) },
		"SecretAccessKey": func() error { return d.string("SecretAccessKey", &c.SecretAccessKey) },
		"SessionToken":    func() error { return d.string("SessionToken", &c.SessionToken) },
	})
	return c, err
}

func (d *dataReader) domain() (Domain, error) {
	var domain Domain
	err := d.object("a domain", map[string]func() error{
		"DomainName": func() error { return d.string("DomainName", &domain.DomainName) },
		"Region":     func() error { return d.string("Region", &domain.Region) },
		"Workflows": func() error {
			return d.list("Workflows", func() error {
				workflow, err := d.raw(func(text json.RawMessage) error {
					_, _, err := workflowAnswers(text)
					return err
				})
				domain.Workflows = append(domain.Workflows, workflow)
				return err
			})
		},
		"Steps":              func() error { return d.steps(&domain.Steps) },
		"Integrations":       func() error { return d.integrations("Integrations", &domain.Integrations) },
		"HiddenIntegrations": func() error { return d.integrations("HiddenIntegrations", &domain.HiddenIntegrations) },
	})
	return domain, err
}

func (d *dataReader) steps(into *map[string][]json.RawMessage) error {
	_, err := d.raw(func(text json.RawMessage) error {
		if err := json.Unmarshal(text, into); err != nil || *into == nil {
			return errors.New("Steps must be an object with an array for each WorkflowId")
		}
		return nil
	})
	return err
}

func (d *dataReader) integrations(what string, into *[]json.RawMessage) error {
	return d.list(what, func() error {
		integration, err := d.raw(func(text json.RawMessage) error {
			_, err := integrationURI(text)
			return err
		})
		*into = append(*into, integration)
		return err
	})
}

// raw takes the text of a value as it stands. It is validated here, too, since
// here its position is known.
func (d *dataReader) raw(validate func(json.RawMessage) error) (json.RawMessage, error) {
	at := d.next()
	var text json.RawMessage
	if err := d.tokens.Decode(&text); err != nil {
		return nil, err
	}
	if err := validate(text); err != nil {
		return nil, fmt.Errorf("%s: %w", position(d.text, at), err)
	}
	return text, nil
}

// object reads an object whose members are read by what members has for them.
func (d *dataReader) object(what string, members map[string]func() error) error {
	if err := d.open('{', what+" must be an object"); err != nil {
		return err
	}
	seen := map[string]bool{}
	for d.tokens.More() {
		at := d.next()
		token, err := d.tokens.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		read, known := members[name]
		switch {
		case !known:
			return fmt.Errorf("%s: %s has no member %q, only %q", position(d.text, at), what, name, sortedKeys(members))
		case seen[name]:
			return fmt.Errorf("%s: %s has %q twice", position(d.text, at), what, name)
		}
		seen[name] = true
		if err := read(); err != nil {
			return err
		}
	}
	_, err := d.tokens.Token() // the closing brace
	return err
}

// list reads an array whose items are each read by item.
func (d *dataReader) list(what string, item func() error) error {
	if err := d.open('[', what+" must be an array"); err != nil {
		return err
	}
	for d.tokens.More() {
		if err := item(); err != nil {
			return err
		}
	}
	_, err := d.tokens.Token() // the closing bracket
	return err
}

func (d *dataReader) open(delim json.Delim, otherwise string) error {
	at := d.next()
	token, err := d.tokens.Token()
	if err != nil {
		return err
	}
	if token != delim {
		return fmt.Errorf("%s: %s", position(d.text, at), otherwise)
	}
	return nil
}

func (d *dataReader) string(what string, into *string) error {
	at := d.next()
	token, err := d.tokens.Token()
	if err != nil {
		return err
	}
	value, ok := token.(string)
	if !ok || value == "" {
		return fmt.Errorf("%s: %s must be a string, and not an empty one", position(d.text, at), what)
	}
	*into = value
	return nil
}

// next is where the token that comes next begins.
func (d *dataReader) next() int64 {
	at := d.tokens.InputOffset()
	for at < int64(len(d.text)) && strings.IndexByte(" \t\r\n:,", d.text[at]) >= 0 {
		at++
	}
	return at
}

// position is an offset as a person's editor shows it.
func position(text []byte, offset int64) string {
	before := text[:max(0, min(offset, int64(len(text))))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - (bytes.LastIndexByte(before, '\n') + 1) + 1
	return fmt.Sprintf("line %d, column %d", line, column)
}

func sortedKeys(members map[string]func() error) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
