// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// NullElement is what the SDK returns for an element of a map or a list of strings
// that is null in the response. The SDK has no null for these elements, and would
// return an empty string.
const NullElement = "\x00null"

// stringMembers are the members of an integration that are a map or a list of strings.
var stringMembers = []string{"Tags", "ObjectTypeNames", "EventTriggerNames"}

// keepNulls returns a body that makes the SDK return a [NullElement] for each null
// element of stringMembers. It returns a [MalformedResponseError] if an item of a
// list is null, because the SDK would return an empty item.
func keepNulls(body []byte) ([]byte, error) {
	if !bytes.Contains(body, []byte("null")) { // Usually, the service omits absent members.
		return body, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		return nil, err
	}
	replaced := replaceNulls(object)
	items, _ := object["Items"].([]any)
	for i := range items {
		if items[i] == nil {
			return nil, &MalformedResponseError{Problem: fmt.Sprintf("Items[%d] is null", i)}
		}
		if item, ok := items[i].(map[string]any); ok && replaceNulls(item) {
			replaced = true
		}
	}
	if !replaced {
		return body, nil
	}
	return json.Marshal(object)
}

// replaceNulls replaces the null elements of stringMembers. It reports whether
// there were any.
func replaceNulls(integration map[string]any) bool {
	replaced := false
	for _, name := range stringMembers {
		switch elements := integration[name].(type) {
		case map[string]any:
			for key := range elements {
				if elements[key] == nil {
					elements[key], replaced = NullElement, true
				}
			}
		case []any:
			for i := range elements {
				if elements[i] == nil {
					elements[i], replaced = NullElement, true
				}
			}
		}
	}
	return replaced
}
