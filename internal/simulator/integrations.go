// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"net/http"
)

func (s *Service) getIntegration(req *request) *Response {
	var uri *string
	members, errResponse := req.decodeBody()
	if errResponse == nil {
		errResponse = members.decode("Uri", "a string", &uri)
	}
	if errResponse != nil {
		return errResponse
	}
	if uri == nil {
		req.violations = append(req.violations,
			"Value null at 'uri' failed to satisfy constraint: Member must not be null")
	} else {
		length := len([]rune(*uri))
		req.require(length >= 1, "uri", *uri, "have length greater than or equal to 1")
		req.require(length <= maxURI, "uri", *uri, "have length less than or equal to %d", maxURI)
	}
	domain, errResponse := s.findDomain(req)
	if errResponse != nil {
		return errResponse
	}
	integration, ok := find(domain.global.integrations, domain.regional.integrations, *uri)
	if !ok {
		return notFound("Integration %s does not exist in domain %s.", *uri, req.params["DomainName"])
	}
	return &Response{Status: http.StatusOK, Body: integration.response}
}

func (s *Service) listIntegrations(req *request) *Response {
	includeHidden := false
	if query := req.URL.Query(); query.Has("include-hidden") {
		text := query.Get("include-hidden")
		includeHidden = text == "true"
		req.require(includeHidden || text == "false", "includeHidden", text, "be true or false")
	}
	page := newPage(req, includeHidden)
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
