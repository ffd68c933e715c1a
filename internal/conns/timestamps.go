// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package conns

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/diagnostics"
)

// timestampMembers are the names of the members that are timestamps in any
// output, as they stand in JSON.
var timestampMembers = [][]byte{[]byte(`"StartDate"`), []byte(`"LastUpdatedAt"`), []byte(`"CreatedAt"`)}

// maxTimestamp is the latest timestamp, in seconds before or after 1970, that
// the SDK can hold: it counts nanoseconds in 64 bits, and turns any other into
// a date that nobody sent.
const maxTimestamp = math.MaxInt64 / 1e9

// checkTimestamps finds a timestamp that the SDK cannot hold, in a body that
// is JSON. It looks at the text, which is cheaper than parsing it twice: what
// is in quotes before a colon is the name of a member.
func checkTimestamps(body []byte) error {
	for _, member := range timestampMembers {
		for rest := body; ; {
			_, after, found := bytes.Cut(rest, member)
			if !found {
				break
			}
			rest = after
			value, isMember := bytes.CutPrefix(bytes.TrimLeft(after, " \t\r\n"), []byte(":"))
			if !isMember {
				continue
			}
			number := leadingNumber(bytes.TrimLeft(value, " \t\r\n"))
			if seconds, err := strconv.ParseFloat(number, 64); err == nil && math.Abs(seconds) >= maxTimestamp {
				return &diagnostics.UnreadableError{Problem: fmt.Sprintf("its %s is %s, which is no date between 1678 and 2262", member, number)}
			}
		}
	}
	return nil
}

// leadingNumber is the number that a text begins with.
func leadingNumber(text []byte) string {
	return string(text[:len(text)-len(bytes.TrimLeft(text, "+-.0123456789Ee"))])
}
