// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// operation is a row of the table of what the service can do.
type operation struct {
	name    string
	service string // the signing name that the credential scope must have
	method  string
	path    string // segments in braces are parameters
	answer  func(*Service, *request) *Answer
}

// operations is that table. An operation is added by a row here and the function
// that answers it.
var operations = []operation{
	{
		name:    "GetWorkflow",
		service: "profile",
		method:  http.MethodGet,
		path:    "/domains/{DomainName}/workflows/{WorkflowId}",
		answer:  (*Service).getWorkflow,
	},
}

// route finds the operation that a request is for, and the parameters in its
// path.
func route(r *http.Request) (*operation, map[string]string) {
	path := r.URL.EscapedPath()
	for i := range operations {
		o := &operations[i]
		if o.method != r.Method {
			continue
		}
		if params, ok := matchPath(o.path, path); ok {
			return o, params
		}
	}
	return nil, nil
}

// matchPath compares an escaped path with a pattern, segment by segment. It is
// the escaped path, so that a parameter may hold a slash.
func matchPath(pattern, path string) (map[string]string, bool) {
	params := make(map[string]string, 2)
	more, moreOfPath := true, true
	for more && moreOfPath {
		var want, got string
		want, pattern, more = strings.Cut(pattern, "/")
		got, path, moreOfPath = strings.Cut(path, "/")
		name, isParam := strings.CutPrefix(want, "{")
		if !isParam {
			if want != got {
				return nil, false
			}
			continue
		}
		value, err := url.PathUnescape(got)
		if err != nil || value == "" {
			return nil, false
		}
		params[strings.TrimSuffix(name, "}")] = value
	}
	return params, more == moreOfPath
}

// unknownOperation is the answer where no operation has this method and path.
// AWS's restJson1 services say UnknownOperationException with status 404, and
// say it before they ask who calls: what is to be authorised is not known.
// (API Gateway, in front of some services, says 403 and
// MissingAuthenticationTokenException instead; Customer Profiles is not taken to
// be one of them.)
func unknownOperation() *Answer {
	return ErrorAnswer(http.StatusNotFound, "UnknownOperationException", "The requested operation is not known to this service.")
}

// getWorkflow answers GetWorkflow.
func (s *Service) getWorkflow(req *request) *Answer {
	domainName, id := req.params["DomainName"], req.params["WorkflowId"]
	if refused := badRequest(append(domainNameFaults(domainName), workflowIDFaults(id)...)); refused != nil {
		return refused
	}

	s.mu.RLock()
	defer s.mu.RUnlock()
	found := false
	for _, key := range []domainKey{{req.auth.region, domainName}, {"", domainName}} {
		workflows, ok := s.domains[key]
		found = found || ok
		if workflow, ok := workflows[id]; ok {
			return jsonAnswer(http.StatusOK, workflow)
		}
	}
	if !found {
		return notFound("Domain %s does not exist.", domainName)
	}
	return notFound("Workflow %s does not exist in domain %s.", id, domainName)
}

func notFound(format string, args ...any) *Answer {
	return ErrorAnswer(http.StatusNotFound, "ResourceNotFoundException", fmt.Sprintf(format, args...))
}

// badRequest puts faults of the input into words as AWS does, or is nil where
// there are none.
func badRequest(faults []string) *Answer {
	if len(faults) == 0 {
		return nil
	}
	errors := "errors"
	if len(faults) == 1 {
		errors = "error"
	}
	message := fmt.Sprintf("%d validation %s detected: %s", len(faults), errors, strings.Join(faults, "; "))
	return ErrorAnswer(http.StatusBadRequest, "BadRequestException", message)
}

func domainNameFaults(name string) []string {
	var faults []string
	if len([]rune(name)) > maxDomainName {
		faults = append(faults, fmt.Sprintf("Value '%s' at 'domainName' failed to satisfy constraint: Member must have length less than or equal to %d", name, maxDomainName))
	}
	if !domainNamePattern.MatchString(name) {
		faults = append(faults, fmt.Sprintf("Value '%s' at 'domainName' failed to satisfy constraint: Member must satisfy regular expression pattern: %s", name, domainNamePattern))
	}
	return faults
}

func workflowIDFaults(id string) []string {
	if workflowIDPattern.MatchString(id) {
		return nil
	}
	return []string{fmt.Sprintf("Value '%s' at 'workflowId' failed to satisfy constraint: Member must satisfy regular expression pattern: %s", id, workflowIDPattern)}
}
