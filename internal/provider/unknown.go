// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// unknownArguments names the arguments that Terraform will know only when it
// applies, sorted, such as "assume_role[0].role_arn".
func unknownArguments(block tftypes.Value) ([]string, error) {
	var names []string
	err := tftypes.Walk(block, func(at *tftypes.AttributePath, value tftypes.Value) (bool, error) {
		if !value.IsKnown() {
			names = append(names, argumentName(at))
		}
		return true, nil
	})
	slices.Sort(names)
	return slices.Compact(names), err
}

// argumentName is a path as it is written in HCL. A set's element has no name
// of its own.
func argumentName(at *tftypes.AttributePath) string {
	var name strings.Builder
	for _, step := range at.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			name.WriteString("." + string(step))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&name, "[%d]", int64(step))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&name, "[%q]", string(step))
		}
	}
	return strings.TrimPrefix(name.String(), ".")
}
