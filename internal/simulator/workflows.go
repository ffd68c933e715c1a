// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// The values of the model's enums, which are quoted in errors.
var (
	statuses      = []string{"NOT_STARTED", "IN_PROGRESS", "COMPLETE", "FAILED", "SPLIT", "RETRY", "CANCELLED"}
	workflowTypes = []string{"APPFLOW_INTEGRATION"}
)

// getWorkflow answers GetWorkflow.
func (s *Service) getWorkflow(req *request) *Response {
	return s.withWorkflow(req, nil, func(_ regional, w *workflow) *Response {
		return jsonResponse(http.StatusOK, w.next())
	})
}

// getWorkflowSteps answers GetWorkflowSteps.
func (s *Service) getWorkflowSteps(req *request) *Response {
	page, faults := newPage("GetWorkflowSteps", req.URL.Query())
	return s.withWorkflow(req, faults, func(domain regional, w *workflow) *Response {
		var members map[string]json.RawMessage
		_ = json.Unmarshal(w.current(), &members) // It was checked when it was put.
		own := map[string]json.RawMessage{"WorkflowId": members["WorkflowId"]}
		if workflowType, ok := members["WorkflowType"]; ok {
			own["WorkflowType"] = workflowType
		}
		return answerPage(page, domain.steps(req.params["WorkflowId"]), own, asItIs)
	})
}

// withWorkflow answers a request for one workflow, where it is valid and there
// is such a workflow.
func (s *Service) withWorkflow(req *request, faults []string, answer func(regional, *workflow) *Response) *Response {
	domainName, id := req.params["DomainName"], req.params["WorkflowId"]
	if refused := badRequest(slices.Concat(domainNameFaults(domainName), workflowIDFaults(id), faults)); refused != nil {
		return refused
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	domain, ok := s.regional(req.auth.region, domainName)
	if !ok {
		return notFound("Domain %s does not exist.", domainName)
	}
	w, ok := domain.workflow(id)
	if !ok {
		return notFound("Workflow %s does not exist in domain %s.", id, domainName)
	}
	return answer(domain, w)
}

// workflowFilter is ListWorkflows's body. Its dates are epoch seconds.
type workflowFilter struct {
	WorkflowType, Status         *string
	QueryStartDate, QueryEndDate *float64
}

func (f workflowFilter) faults() []string {
	var faults []string
	for _, enum := range []struct {
		member string
		value  *string
		values []string
	}{{"workflowType", f.WorkflowType, workflowTypes}, {"status", f.Status, statuses}} {
		if enum.value != nil && !slices.Contains(enum.values, *enum.value) {
			faults = append(faults, fault(enum.member, *enum.value, "satisfy enum value set: [%s]", strings.Join(enum.values, ", ")))
		}
	}
	return faults
}

// listWorkflows answers ListWorkflows.
func (s *Service) listWorkflows(req *request) *Response {
	var filter workflowFilter
	if refused := req.readBody(&filter); refused != nil {
		return refused
	}
	domainName := req.params["DomainName"]
	page, faults := newPage("ListWorkflows", req.URL.Query())
	if refused := badRequest(slices.Concat(domainNameFaults(domainName), faults, filter.faults())); refused != nil {
		return refused
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	domain, ok := s.regional(req.auth.region, domainName)
	if !ok {
		return notFound("Domain %s does not exist.", domainName)
	}
	all := merged(domain.common.workflows, domain.own.workflows)
	if filter != (workflowFilter{}) {
		all = slices.DeleteFunc(all, func(w *workflow) bool { return !newListedWorkflow(w.current()).matches(filter) })
	}
	return answerPage(page, all, nil, func(w *workflow) json.RawMessage { return newListedWorkflow(w.current()).item() })
}

// listedWorkflow is a workflow's answer, by its members.
type listedWorkflow map[string]json.RawMessage

func newListedWorkflow(answer json.RawMessage) listedWorkflow {
	var members listedWorkflow
	_ = json.Unmarshal(answer, &members) // It was checked when it was put.
	for name, value := range members {
		if string(value) == "null" {
			delete(members, name)
		}
	}
	return members
}

// matches says whether the filter lets it through. A run started after a date
// where its StartDate is later, and ended after it where it has ended and its
// LastUpdatedAt is later.
func (w listedWorkflow) matches(f workflowFilter) bool {
	status := w.text("Status")
	ended := status == "COMPLETE" || status == "FAILED" || status == "CANCELLED"
	return (f.WorkflowType == nil || *f.WorkflowType == w.text("WorkflowType")) &&
		(f.Status == nil || *f.Status == status) &&
		(f.QueryStartDate == nil || w.after("StartDate", *f.QueryStartDate)) &&
		(f.QueryEndDate == nil || ended && w.after("LastUpdatedAt", *f.QueryEndDate))
}

// text is a member that is a string, or empty.
func (w listedWorkflow) text(member string) (value string) {
	_ = json.Unmarshal(w[member], &value)
	return value
}

func (w listedWorkflow) after(member string, bound float64) bool {
	var at *float64
	return json.Unmarshal(w[member], &at) == nil && at != nil && *at > bound
}

// item is what ListWorkflows says of the workflow. Of a member that GetWorkflow
// does not have it takes what comes closest.
func (w listedWorkflow) item() json.RawMessage {
	item := map[string]json.RawMessage{}
	for name, sources := range map[string][]string{
		"WorkflowId":        {"WorkflowId"},
		"WorkflowType":      {"WorkflowType"},
		"Status":            {"Status"},
		"StatusDescription": {"ErrorDescription", "Status"},
		"CreatedAt":         {"StartDate", "LastUpdatedAt"},
		"LastUpdatedAt":     {"LastUpdatedAt"},
	} {
		for _, source := range sources {
			if value, ok := w[source]; ok {
				item[name] = value
				break
			}
		}
	}
	text, err := json.Marshal(item)
	if err != nil {
		panic(err) // Its members were checked when they were put.
	}
	return text
}
