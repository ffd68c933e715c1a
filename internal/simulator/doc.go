// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package simulator implements Amazon Connect Customer Profiles in memory,
// over HTTP, for acceptance tests, demos, and the CI of the provider's users.
// It shares no code with the provider, so that a misreading of the API cannot
// go unnoticed by being on both sides.
//
// It returns the errors that AWS returns, in the order in which AWS checks a
// request: its signature (Signature Version 4, recomputed from the request),
// its parameters, and then whether the resource exists.
//
// # Data
//
// [ReadData] reads the data to serve from a JSON file. [DefaultData] is an
// embedded file.
//
//	{
//	  "Credentials": [
//	    {
//	      "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
//	      "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
//	      "SessionToken": "optional; if set, requests must carry it"
//	    }
//	  ],
//	  "Domains": [
//	    {
//	      "DomainName": "acme",
//	      "Region": "optional; if omitted, the domain is in every Region",
//	      "Workflows": [
//	        {"WorkflowId": "0123456789abcdef0123456789abcdef", "Status": "COMPLETE"},
//	        [
//	          {"WorkflowId": "fedcba9876543210fedcba9876543210", "Status": "IN_PROGRESS"},
//	          {"WorkflowId": "fedcba9876543210fedcba9876543210", "Status": "COMPLETE"}
//	        ]
//	      ],
//	      "Steps": {
//	        "0123456789abcdef0123456789abcdef": [{"AppflowIntegration": {"Status": "COMPLETE"}}]
//	      },
//	      "Integrations": [
//	        {"DomainName": "acme", "Uri": "arn:aws:s3:::exports", "WorkflowId": "0123456789abcdef0123456789abcdef"}
//	      ],
//	      "HiddenIntegrations": []
//	    }
//	  ]
//	}
//
// A workflow is a GetWorkflow response. GetWorkflow sends it byte for byte, so
// the file controls what is on the wire, such as 9223372036854775807 or 1.5e9.
// Only its WorkflowId is required and validated.
//
// A workflow can also be an array of responses. Each GetWorkflow call returns
// the next response, and calls after the last one return the last one again.
// The other operations use the response that GetWorkflow returned last, or the
// first one before any call. In the embedded data, workflow
// 8192a3b4c5d6e7f80112233445566778 of domain acme reaches COMPLETE in four
// calls.
//
// Steps are the items of GetWorkflowSteps, by the WorkflowId of a workflow of
// the same domain. An integration is a GetIntegration response and an item of
// ListIntegrations. ListIntegrations includes hidden integrations only if the
// request asks for them.
//
// The items of ListWorkflows are derived from the workflows. StatusDescription
// is the workflow's ErrorDescription, or else its Status. CreatedAt is its
// StartDate, or else its LastUpdatedAt. An item omits what its workflow lacks.
// QueryStartDate selects workflows with a later StartDate. QueryEndDate selects
// workflows in a terminal status with a later LastUpdatedAt.
//
// Lists keep the order of the data. A page has max-results items, 100 by
// default.
//
// A domain name can appear once without a Region and once for each Region. A
// Region then has the contents of both. If both have a workflow with the same
// ID or an integration with the same Uri, the Region's own is used.
//
// # Tests
//
// Tests add data with [Service.Put], replace responses with
// [Service.SetResponder], and inspect requests with [Service.Calls]:
//
//	service, err := simulator.New(simulator.DefaultData())
//	service.SetResponder(func(call simulator.Call) *simulator.Response {
//		if call.Count == 1 {
//			return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
//		}
//		return nil // the default response
//	})
//	server, err := simulator.Listen("127.0.0.1:0", service)
//	defer server.Close()
package simulator
