// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// problem is a part of the data that the simulator rejects.
type problem struct {
	path            string // a JSON pointer, which is empty for the whole data
	found, expected string
}

func (p *problem) Error() string {
	message := fmt.Sprintf("found %s, expected %s", p.found, p.expected)
	if p.path == "" {
		return message
	}
	return p.path + ": " + message
}

// duplicate returns the problem of a member whose value must be unique.
func duplicate(member, value, kind string) *problem {
	return &problem{"/" + member, strconv.Quote(value), kind + " that isn't used yet"}
}

// durationExpected is easier to understand than the pattern in the schema.
const durationExpected = `a duration such as "1m30s"`

func invalidDuration(path, value string) *problem {
	return &problem{path, strconv.Quote(value), durationExpected}
}

func invalidRegion(region string) *problem {
	return &problem{"/Region", strconv.Quote(region), "an AWS Region, such as us-east-1"}
}

// within adds the tokens of a JSON pointer before the path of a problem.
func within(err error, tokens ...any) error {
	var p *problem
	if !errors.As(err, &p) {
		return err
	}
	return &problem{pointer(tokens...) + p.path, p.found, p.expected}
}

var escapePointer = strings.NewReplacer("~", "~0", "/", "~1")

// pointer returns a JSON pointer.
func pointer(tokens ...any) string {
	var b strings.Builder
	for _, token := range tokens {
		b.WriteString("/" + escapePointer.Replace(fmt.Sprint(token)))
	}
	return b.String()
}

// problems are all parts of the data that the simulator rejects.
type problems []*problem

// Error has a line for each problem.
func (ps problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}
