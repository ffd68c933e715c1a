// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// The values of the API's enums, in the order of its error messages.
var (
	statuses         = []string{"NOT_STARTED", "IN_PROGRESS", "COMPLETE", "FAILED", "SPLIT", "RETRY", "CANCELLED"}
	terminalStatuses = []string{"COMPLETE", "FAILED", "CANCELLED"}
	workflowTypes    = []string{"APPFLOW_INTEGRATION"}
)

func (s *Service) getWorkflow(req *request) *Response {
	_, w, errResponse := s.findWorkflow(req)
	if errResponse != nil {
		return errResponse
	}
	return &Response{Status: http.StatusOK, Body: w.next(req.elapsed)}
}

func (s *Service) getWorkflowSteps(req *request) *Response {
	page := newPage(req, nil)
	domain, w, errResponse := s.findWorkflow(req)
	if errResponse != nil {
		return errResponse
	}
	steps, _ := find(domain.global.steps, domain.regional.steps, w.id)
	items, nextToken := paginate(page, steps)
	members := parseMembers(w.current(req.elapsed))
	return listOutput{
		Items:        items,
		NextToken:    nextToken,
		WorkflowID:   members["WorkflowId"],
		WorkflowType: members["WorkflowType"],
	}.response()
}

// findWorkflow is like findDomain, for a request with a WorkflowId.
func (s *Service) findWorkflow(req *request) (regionalDomain, *workflow, *Response) {
	id := req.params["WorkflowId"]
	req.require(workflowIDPattern.MatchString(id),
		"workflowId", id, "satisfy regular expression pattern: %s", workflowIDPattern)
	domain, errResponse := s.findDomain(req)
	if errResponse != nil {
		return domain, nil, errResponse
	}
	w, ok := find(domain.global.workflows, domain.regional.workflows, id)
	if !ok {
		return domain, nil, notFound("Workflow %s does not exist in domain %s.", id, req.params["DomainName"])
	}
	return domain, w, nil
}

// workflowFilter is the body of a ListWorkflows request.
type workflowFilter struct {
	WorkflowType, Status         *string
	QueryStartDate, QueryEndDate *float64 // epoch seconds
}

func readFilter(req *request) (workflowFilter, *Response) {
	var f workflowFilter
	members, errResponse := req.decodeBody()
	for _, member := range []struct {
		name, kind string
		into       any
	}{
		{"WorkflowType", "a string", &f.WorkflowType},
		{"Status", "a string", &f.Status},
		{"QueryStartDate", "a number", &f.QueryStartDate},
		{"QueryEndDate", "a number", &f.QueryEndDate},
	} {
		if errResponse == nil {
			errResponse = members.decode(member.name, member.kind, member.into)
		}
	}
	return f, errResponse
}

func (req *request) validateEnum(member string, value *string, values []string) {
	if value != nil {
		req.require(slices.Contains(values, *value),
			member, *value, "satisfy enum value set: [%s]", strings.Join(values, ", "))
	}
}

func (s *Service) listWorkflows(req *request) *Response {
	filter, errResponse := readFilter(req)
	if errResponse != nil {
		return errResponse
	}
	page := newPage(req, filter)
	req.validateEnum("workflowType", filter.WorkflowType, workflowTypes)
	req.validateEnum("status", filter.Status, statuses)
	domain, errResponse := s.findDomain(req)
	if errResponse != nil {
		return errResponse
	}
	workflows := merge(domain.global.workflows, domain.regional.workflows)
	if filter != (workflowFilter{}) {
		workflows = slices.DeleteFunc(workflows, func(w *workflow) bool {
			return !parseMembers(w.current(req.elapsed)).match(filter)
		})
	}
	workflows, nextToken := paginate(page, workflows)
	output := listOutput{NextToken: nextToken}
	for _, w := range workflows {
		output.Items = append(output.Items, parseMembers(w.current(req.elapsed)).listItem())
	}
	return output.response()
}

// workflowMembers are the members of a workflow that are not null.
type workflowMembers map[string]json.RawMessage

func parseMembers(response json.RawMessage) workflowMembers {
	var members workflowMembers
	_ = json.Unmarshal(response, &members) // parseWorkflow has validated it.
	for name, value := range members {
		if string(value) == "null" {
			delete(members, name)
		}
	}
	return members
}

// match reports whether a workflow matches all conditions of the filter.
func (m workflowMembers) match(f workflowFilter) bool {
	status := m.stringValue("Status")
	return (f.WorkflowType == nil || *f.WorkflowType == m.stringValue("WorkflowType")) &&
		(f.Status == nil || *f.Status == status) &&
		(f.QueryStartDate == nil || m.isAfter("StartDate", *f.QueryStartDate)) &&
		(f.QueryEndDate == nil ||
			slices.Contains(terminalStatuses, status) && m.isAfter("LastUpdatedAt", *f.QueryEndDate))
}

// stringValue returns an empty string if the member is not a string.
func (m workflowMembers) stringValue(name string) (value string) {
	_ = json.Unmarshal(m[name], &value)
	return value
}

func (m workflowMembers) isAfter(name string, date float64) bool {
	var value float64
	return json.Unmarshal(m[name], &value) == nil && value > date
}

// firstOf returns the first of the members that is set.
func (m workflowMembers) firstOf(names ...string) json.RawMessage {
	for _, name := range names {
		if value, ok := m[name]; ok {
			return value
		}
	}
	return nil
}

// listItem returns the item of ListWorkflows. It uses the nearest member for
// those that GetWorkflow does not have.
func (m workflowMembers) listItem() json.RawMessage {
	item := map[string]json.RawMessage{
		"WorkflowId":        m["WorkflowId"],
		"WorkflowType":      m["WorkflowType"],
		"Status":            m["Status"],
		"StatusDescription": m.firstOf("ErrorDescription", "Status"),
		"CreatedAt":         m.firstOf("StartDate", "LastUpdatedAt"),
		"LastUpdatedAt":     m["LastUpdatedAt"],
	}
	maps.DeleteFunc(item, func(_ string, value json.RawMessage) bool { return value == nil })
	return mustMarshal(item)
}
