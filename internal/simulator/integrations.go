// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
)

// getIntegration answers GetIntegration.
func (s *Service) getIntegration(req *request) *Response {
	var input struct{ Uri *string } //nolint:revive // the API's name
	if refused := req.readBody(&input); refused != nil {
		return refused
	}
	domainName := req.params["DomainName"]
	if refused := badRequest(append(domainNameFaults(domainName), uriFaults(input.Uri)...)); refused != nil {
		return refused
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	domain, ok := s.regional(req.auth.region, domainName)
	if !ok {
		return notFound("Domain %s does not exist.", domainName)
	}
	integration, ok := domain.integration(*input.Uri)
	if !ok {
		return notFound("Integration %s does not exist in domain %s.", *input.Uri, domainName)
	}
	return jsonResponse(http.StatusOK, integration.text)
}

func uriFaults(uri *string) []string {
	switch {
	case uri == nil:
		return []string{"Value null at 'uri' failed to satisfy constraint: Member must not be null"}
	case *uri == "":
		return []string{fault("uri", *uri, "have length greater than or equal to 1")}
	case len([]rune(*uri)) > maxURI:
		return []string{fault("uri", *uri, "have length less than or equal to %d", maxURI)}
	}
	return nil
}

// listIntegrations answers ListIntegrations.
func (s *Service) listIntegrations(req *request) *Response {
	domainName, query := req.params["DomainName"], req.URL.Query()
	page, faults := newPage("ListIntegrations", query)
	includeHidden := false
	if query.Has("include-hidden") {
		var err error
		if includeHidden, err = strconv.ParseBool(query.Get("include-hidden")); err != nil {
			faults = append(faults, fault("includeHidden", query.Get("include-hidden"), "be true or false"))
		}
	}
	if refused := badRequest(slices.Concat(domainNameFaults(domainName), faults)); refused != nil {
		return refused
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	domain, ok := s.regional(req.auth.region, domainName)
	if !ok {
		return notFound("Domain %s does not exist.", domainName)
	}
	var items []json.RawMessage
	for _, integration := range merged(domain.common.integrations, domain.own.integrations) {
		if includeHidden || !integration.hidden {
			items = append(items, integration.text)
		}
	}
	return answerPage(page, items, nil, asItIs)
}
