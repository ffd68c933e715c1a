// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// maxPageSize is also the default.
const maxPageSize = 100

// page is the part of a list that a request asks for.
type page struct {
	list         string // identifies the list that tokens are valid for
	offset, size int
}

// newPage parses and validates the query parameters max-results and next-token.
// A token is valid only with the same filter.
func newPage(req *request, filter any) page {
	query := req.URL.Query()
	list := sha256.Sum256(mustMarshal([]any{req.operation.name, req.auth.region, req.params, filter}))
	p := page{list: hex.EncodeToString(list[:8]), size: maxPageSize}
	if query.Has("max-results") {
		text := query.Get("max-results")
		size, err := strconv.Atoi(text)
		req.require(err == nil, "maxResults", text, "be a number")
		req.require(err != nil || size >= 1, "maxResults", text, "have value greater than or equal to 1")
		req.require(size <= maxPageSize, "maxResults", text, "have value less than or equal to %d", maxPageSize)
		p.size = size
	}
	if query.Has("next-token") {
		text := query.Get("next-token")
		offset, ok := p.parseToken(text)
		req.require(ok, "nextToken", text, "be a token from a previous response")
		p.offset = offset
	}
	return p
}

// token returns an opaque token for the page that starts at offset.
func (p page) token(offset int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s %d", p.list, offset))
}

func (p page) parseToken(token string) (offset int, ok bool) {
	text, decodeErr := base64.RawURLEncoding.DecodeString(token)
	number, ok := strings.CutPrefix(string(text), p.list+" ")
	offset, err := strconv.Atoi(number)
	return offset, ok && decodeErr == nil && err == nil && offset > 0
}

// paginate returns the items of a page, and the token of the next one if there
// is one.
func paginate[T any](p page, all []T) (items []T, nextToken string) {
	start := min(p.offset, len(all))
	end := min(start+p.size, len(all))
	if end < len(all) {
		nextToken = p.token(end)
	}
	return all[start:end], nextToken
}

// listOutput is the body of a list's response. The workflow's members are in
// those of GetWorkflowSteps.
type listOutput struct {
	Items        []json.RawMessage
	NextToken    string          `json:",omitempty"`
	WorkflowID   json.RawMessage `json:"WorkflowId,omitempty"`
	WorkflowType json.RawMessage `json:",omitempty"`
}

func (o listOutput) response() *Response {
	if o.Items == nil {
		o.Items = []json.RawMessage{} // An empty array, not null.
	}
	return &Response{Status: http.StatusOK, Body: mustMarshal(o)}
}

// mustMarshal marshals a value that consists of strings and valid JSON.
func mustMarshal(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}
