// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"net/http"
	"strconv"
)

func (s *Service) getIntegration(req *request) *Response {
	var input struct {
		URI *string `json:"Uri"`
	}
	if errResponse := req.decodeBody(&input); errResponse != nil {
		return errResponse
	}
	if input.URI == nil {
		req.violations = append(req.violations,
			"Value null at 'uri' failed to satisfy constraint: Member must not be null")
	} else {
		length := len([]rune(*input.URI))
		req.require(length >= 1, "uri", *input.URI, "have length greater than or equal to 1")
		req.require(length <= maxURI, "uri", *input.URI, "have length less than or equal to %d", maxURI)
	}
	domain, errResponse := s.findDomain(req)
	if errResponse != nil {
		return errResponse
	}
	integration, ok := find(domain.global.integrations, domain.regional.integrations, *input.URI)
	if !ok {
		return notFound("Integration %s does not exist in domain %s.", *input.URI, req.params["DomainName"])
	}
	return &Response{Status: http.StatusOK, Body: integration.response}
}

func (s *Service) listIntegrations(req *request) *Response {
	page := newPage(req)
	includeHidden := false
	if query := req.URL.Query(); query.Has("include-hidden") {
		text := query.Get("include-hidden")
		var err error
		includeHidden, err = strconv.ParseBool(text)
		req.require(err == nil, "includeHidden", text, "be true or false")
	}
	domain, errResponse := s.findDomain(req)
	if errResponse != nil {
		return errResponse
	}
	var items []json.RawMessage
	for _, integration := range merge(domain.global.integrations, domain.regional.integrations) {
		if includeHidden || !integration.hidden {
			items = append(items, integration.response)
		}
	}
	items, nextToken := paginate(page, items)
	return listOutput{Items: items, NextToken: nextToken}.response()
}
