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
	answer  func(*Service, *request) *Response
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
	{
		name:    "GetWorkflowSteps",
		service: "profile",
		method:  http.MethodGet,
		path:    "/domains/{DomainName}/workflows/{WorkflowId}/steps",
		answer:  (*Service).getWorkflowSteps,
	},
	{
		name:    "ListWorkflows",
		service: "profile",
		method:  http.MethodPost,
		path:    "/domains/{DomainName}/workflows",
		answer:  (*Service).listWorkflows,
	},
	{
		name:    "GetIntegration",
		service: "profile",
		method:  http.MethodPost,
		path:    "/domains/{DomainName}/integrations",
		answer:  (*Service).getIntegration,
	},
	{
		name:    "ListIntegrations",
		service: "profile",
		method:  http.MethodGet,
		path:    "/domains/{DomainName}/integrations",
		answer:  (*Service).listIntegrations,
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
func unknownOperation() *Response {
	return ErrorResponse(http.StatusNotFound, "UnknownOperationException", "The requested operation is not known to this service.")
}

func notFound(format string, args ...any) *Response {
	return ErrorResponse(http.StatusNotFound, "ResourceNotFoundException", fmt.Sprintf(format, args...))
}

// badRequest puts faults of the input into words as AWS does, or is nil where
// there are none.
func badRequest(faults []string) *Response {
	if len(faults) == 0 {
		return nil
	}
	errors := "errors"
	if len(faults) == 1 {
		errors = "error"
	}
	message := fmt.Sprintf("%d validation %s detected: %s", len(faults), errors, strings.Join(faults, "; "))
	return ErrorResponse(http.StatusBadRequest, "BadRequestException", message)
}

// fault puts one fault of the input into words as AWS does.
func fault(member, value, constraint string, args ...any) string {
	return fmt.Sprintf("Value '%s' at '%s' failed to satisfy constraint: Member must ", value, member) + fmt.Sprintf(constraint, args...)
}

func domainNameFaults(name string) []string {
	var faults []string
	if len([]rune(name)) > maxDomainName {
		faults = append(faults, fault("domainName", name, "have length less than or equal to %d", maxDomainName))
	}
	if !domainNamePattern.MatchString(name) {
		faults = append(faults, fault("domainName", name, "satisfy regular expression pattern: %s", domainNamePattern))
	}
	return faults
}

func workflowIDFaults(id string) []string {
	if workflowIDPattern.MatchString(id) {
		return nil
	}
	return []string{fault("workflowId", id, "satisfy regular expression pattern: %s", workflowIDPattern)}
}
