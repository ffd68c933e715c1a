// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxPage is the most items of a page, and how many there are where the caller
// does not say.
const maxPage = 100

// page is the part of a list that a request asks for.
type page struct {
	operation    string
	offset, size int
}

// newPage reads max-results and next-token.
func newPage(operation string, query url.Values) (page, []string) {
	var faults []string
	p := page{operation: operation, size: maxPage}
	if query.Has("max-results") {
		text := query.Get("max-results")
		size, err := strconv.Atoi(text)
		switch {
		case err != nil:
			faults = append(faults, fault("maxResults", text, "be a number"))
		case size < 1:
			faults = append(faults, fault("maxResults", text, "have value greater than or equal to 1"))
		case size > maxPage:
			faults = append(faults, fault("maxResults", text, "have value less than or equal to %d", maxPage))
		}
		p.size = size
	}
	if query.Has("next-token") {
		text := query.Get("next-token")
		offset, ok := p.parseToken(text)
		if !ok {
			faults = append(faults, fault("nextToken", text, "be a token of an earlier answer"))
		}
		p.offset = offset
	}
	return p, faults
}

// token names the page that begins at offset. It tells nothing to who has it,
// and serves the operation that gave it only.
func (p page) token(offset int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s %d", p.operation, offset))
}

func (p page) parseToken(token string) (offset int, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return 0, false
	}
	number, ok := strings.CutPrefix(string(text), p.operation+" ")
	if !ok {
		return 0, false
	}
	offset, err = strconv.Atoi(number)
	return offset, err == nil && offset > 0
}

// answerPage is the page of all, each of its items as item gives it, and the
// token of the next page where there is one, beside the members that the
// operation's answer has anyway.
func answerPage[T any](p page, all []T, members map[string]json.RawMessage, item func(T) json.RawMessage) *Response {
	start := min(p.offset, len(all))
	end := min(start+p.size, len(all))
	items := make([]json.RawMessage, 0, end-start)
	for _, one := range all[start:end] {
		items = append(items, item(one))
	}
	out := map[string]any{"Items": items}
	for name, value := range members {
		out[name] = value
	}
	if end < len(all) {
		out["NextToken"] = p.token(end)
	}
	body, err := json.Marshal(out)
	if err != nil {
		panic(err) // What is put into the service is valid JSON.
	}
	return jsonResponse(http.StatusOK, body)
}

// asItIs is the item of a list that is kept as it is sent.
func asItIs(item json.RawMessage) json.RawMessage { return item }
