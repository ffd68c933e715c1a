// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Schema is the JSON Schema of the data file.
//
//go:embed schema.json
var Schema []byte

// schemaID resolves references within the schema. Errors don't show it.
const schemaID = "schema.json"

var (
	schemaCompiler = newSchemaCompiler()
	dataSchema     = schemaCompiler.MustCompile(schemaID)
	workflowSchema = schemaCompiler.MustCompile(schemaID + "#/$defs/workflow")
	faultsSchema   = schemaCompiler.MustCompile(schemaID + "#/$defs/faults")
)

func newSchemaCompiler() *jsonschema.Compiler {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		panic("simulator: schema.json: " + err.Error())
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaID, document); err != nil {
		panic("simulator: schema.json: " + err.Error())
	}
	return compiler
}

// validateJSON validates the syntax of text, and then all values in it against
// a schema. It returns problems, or an error with the position in text.
func validateJSON(text []byte, schema *jsonschema.Schema) error {
	var raw json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return addPosition(err, text)
	}
	if ps := duplicateMembers(text); ps != nil {
		return ps
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	if ps := hugeExponents(value, ""); ps != nil {
		return ps
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(schema.Validate(value), &invalid) {
		return nil
	}
	found := appendProblems(nil, invalid, value)
	slices.SortStableFunc(found, func(a, b *problem) int { return strings.Compare(a.path, b.path) })
	return found
}

// hugeExponents returns a problem for each number that math/big refuses to parse. The
// validation of a schema panics if there is one.
func hugeExponents(value any, path string) problems {
	var ps problems
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			ps = append(ps, hugeExponents(value[name], path+pointer(name))...)
		}
	case []any:
		for i, element := range value {
			ps = append(ps, hugeExponents(element, path+pointer(strconv.Itoa(i)))...)
		}
	case json.Number:
		if _, ok := new(big.Rat).SetString(value.String()); !ok {
			ps = append(ps, &problem{path, describe(value), "a number with a smaller exponent"})
		}
	}
	return ps
}

// appendProblems appends those of the innermost errors, which name the value.
func appendProblems(ps problems, e *jsonschema.ValidationError, root any) problems {
	for _, cause := range e.Causes {
		ps = appendProblems(ps, cause, root)
	}
	if len(e.Causes) > 0 {
		return ps
	}
	var location strings.Builder
	for _, token := range e.InstanceLocation {
		location.WriteString(pointer(token))
	}
	path := location.String()
	value := lookUp(root, e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		members, _ := value.(map[string]any)
		for _, name := range k.Properties {
			expected := "one of the members " + strings.Join(memberNames(e.SchemaURL), ", ")
			ps = append(ps, &problem{path + pointer(name), describe(members[name]), expected})
		}
	case *kind.Required:
		for _, name := range k.Missing {
			ps = append(ps, &problem{path + pointer(name), "nothing", "this required member"})
		}
	case *kind.DependentRequired:
		for _, name := range k.Missing {
			ps = append(ps, &problem{path + pointer(name), "nothing", "a value, because " + k.Prop + " is set"})
		}
	default:
		p := &problem{path, describe(value), expectation(e.ErrorKind)}
		if strings.HasSuffix(e.SchemaURL, "/$defs/duration") {
			p.expected = durationExpected
		}
		ps = append(ps, p)
	}
	return ps
}

// expectation describes the values that a keyword of the schema accepts.
func expectation(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Type:
		return withArticle(strings.Join(k.Want, " or "))
	case *kind.Enum:
		quoted := make([]string, len(k.Want))
		for i, value := range k.Want {
			quoted[i] = describe(value)
		}
		return "one of " + strings.Join(quoted, ", ")
	case *kind.Pattern:
		return "a match of " + k.Want
	case *kind.MinLength:
		return "at least " + count(k.Want, "character")
	case *kind.MaxLength:
		return "at most " + count(k.Want, "character")
	case *kind.MinItems:
		return "at least " + count(k.Want, "item")
	case *kind.Minimum:
		return "at least " + k.Want.RatString()
	case *kind.Maximum:
		return "at most " + k.Want.RatString()
	}
	return k.LocalizedString(message.NewPrinter(language.English))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func withArticle(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// memberNames returns the members that an object can have.
func memberNames(schemaURL string) []string {
	schema, err := schemaCompiler.Compile(schemaURL)
	if err != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(schema.Properties))
}

// lookUp returns the value at a location that exists.
func lookUp(value any, location []string) any {
	for _, token := range location {
		switch container := value.(type) {
		case map[string]any:
			value = container[token]
		case []any:
			if i, err := strconv.Atoi(token); err == nil && i < len(container) {
				value = container[i]
			}
		}
	}
	return value
}

func describe(value any) string { return shorten(mustMarshal(value)) }
