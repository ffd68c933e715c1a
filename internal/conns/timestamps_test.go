// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"reflect"
	"testing"
	"time"
)

// Every timestamp of every operation's output is one that is checked.
func TestTimestampMembers(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	client := reflect.TypeFor[Client]()
	for i := range client.NumField() {
		if operation := client.Field(i).Type; operation.Kind() == reflect.Func {
			timestamps(operation.Out(0), names, map[reflect.Type]bool{})
		}
	}
	if len(names) == 0 {
		t.Fatal("no operation has a timestamp: the walk is broken")
	}
	known := bytes.Join(timestampMembers, nil)
	for name := range names {
		if !bytes.Contains(known, []byte(`"`+name+`"`)) {
			t.Errorf("%s is a timestamp, and not checked", name)
		}
	}
}

// timestamps collects the names of the members of t that are timestamps.
func timestamps(t reflect.Type, names map[string]bool, seen map[reflect.Type]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return
	}
	seen[t] = true
	for i := range t.NumField() {
		field := t.Field(i)
		switch {
		case !field.IsExported() || field.Name == "ResultMetadata":
		case field.Type == reflect.TypeFor[*time.Time]():
			names[field.Name] = true
		default:
			timestamps(field.Type, names, seen)
		}
	}
}
