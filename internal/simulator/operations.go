// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// operation is an API operation that the simulator implements.
type operation struct {
	name    string
	pattern string // a method and a path, in which segments in braces are parameters
	handle  func(*Service, *request) *Response
}

// operations lists the implemented operations.
var operations = []operation{
	{
		name:    "GetWorkflow",
		pattern: "GET /domains/{DomainName}/workflows/{WorkflowId}",
		handle:  (*Service).getWorkflow,
	},
	{
		name:    "GetWorkflowSteps",
		pattern: "GET /domains/{DomainName}/workflows/{WorkflowId}/steps",
		handle:  (*Service).getWorkflowSteps,
	},
	{
		name:    "ListWorkflows",
		pattern: "POST /domains/{DomainName}/workflows",
		handle:  (*Service).listWorkflows,
	},
	{
		name:    "GetIntegration",
		pattern: "POST /domains/{DomainName}/integrations",
		handle:  (*Service).getIntegration,
	},
	{
		name:    "ListIntegrations",
		pattern: "GET /domains/{DomainName}/integrations",
		handle:  (*Service).listIntegrations,
	},
}

// route returns the operation of a request and the parameters in its path, or
// nil if there is no such operation.
func route(r *http.Request) (*operation, map[string]string) {
	target := r.Method + " " + r.URL.EscapedPath()
	for i, op := range operations {
		if params, ok := matchPattern(op.pattern, target); ok {
			return &operations[i], params
		}
	}
	return nil, nil
}

// matchPattern returns the unescaped parameters in target. Its path is escaped
// because parameters can contain slashes. An [http.ServeMux] would redirect
// paths with empty or dot segments, which AWS does not.
func matchPattern(pattern, target string) (map[string]string, bool) {
	want, got := strings.Split(pattern, "/"), strings.Split(target, "/")
	if len(want) != len(got) {
		return nil, false
	}
	params := make(map[string]string, 2)
	for i := range want {
		name, isParam := strings.CutPrefix(want[i], "{")
		value, err := url.PathUnescape(got[i])
		switch {
		case isParam && err == nil && value != "":
			params[strings.TrimSuffix(name, "}")] = value
		case want[i] != got[i]:
			return nil, false
		}
	}
	return params, true
}

// require adds a violation to the request unless ok is true. The constraint
// completes the sentence "Member must" of AWS's error message.
func (req *request) require(ok bool, member, value, constraint string, args ...any) {
	if !ok {
		req.violations = append(req.violations,
			fmt.Sprintf("Value '%s' at '%s' failed to satisfy constraint: Member must ", value, member)+
				fmt.Sprintf(constraint, args...))
	}
}

func (req *request) validateDomainName() {
	name, ok := req.params["DomainName"]
	if !ok {
		return // The operation has no domain in its path.
	}
	req.require(len([]rune(name)) <= maxDomainName,
		"domainName", name, "have length less than or equal to %d", maxDomainName)
	req.require(domainNamePattern.MatchString(name),
		"domainName", name, "satisfy regular expression pattern: %s", domainNamePattern)
}

// checkViolations returns an error response if the request has violations of the
// API's constraints, or nil.
func (req *request) checkViolations() *Response {
	n := len(req.violations)
	if n == 0 {
		return nil
	}
	noun := "errors"
	if n == 1 {
		noun = "error"
	}
	message := fmt.Sprintf("%d validation %s detected: %s", n, noun, strings.Join(req.violations, "; "))
	return ErrorResponse(http.StatusBadRequest, "BadRequestException", message)
}

// findDomain returns the domain of a request. It returns an error response if
// the request has violations or the domain does not exist.
func (s *Service) findDomain(req *request) (regionalDomain, *Response) {
	if resp := req.checkViolations(); resp != nil {
		return regionalDomain{}, resp
	}
	name := req.params["DomainName"]
	global, isGlobal := s.state.domains[domainKey{"", name}]
	regional, isRegional := s.state.domains[domainKey{req.auth.region, name}]
	if !isGlobal && !isRegional {
		return regionalDomain{}, notFound("Domain %s does not exist.", name)
	}
	return regionalDomain{global, regional}, nil
}

func notFound(format string, args ...any) *Response {
	return ErrorResponse(http.StatusNotFound, "ResourceNotFoundException", fmt.Sprintf(format, args...))
}
