// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"bytes"
	"encoding/json"
)

// duplicateMembers returns a problem for each member of an object that has the
// name of an earlier one, which encoding/json would drop. text is valid JSON, so
// reading its tokens cannot fail.
func duplicateMembers(text []byte) problems {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // A float64 cannot hold every number.
	var ps problems
	var visit func(path string)
	visit = func(path string) {
		token, _ := decoder.Token()
		switch token {
		case json.Delim('{'):
			names := map[json.Token]bool{}
			for decoder.More() {
				name, _ := decoder.Token()
				member, start := path+pointer(name), decoder.InputOffset()
				visit(member)
				if names[name] {
					value := bytes.TrimLeft(text[start:decoder.InputOffset()], ": \t\r\n")
					ps = append(ps, &problem{member, shorten(value), "only one member with this name"})
				}
				names[name] = true
			}
			_, _ = decoder.Token()
		case json.Delim('['):
			for i := 0; decoder.More(); i++ {
				visit(path + pointer(i))
			}
			_, _ = decoder.Token()
		}
	}
	visit("")
	return ps
}
