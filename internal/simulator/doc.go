// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package simulator is the Amazon Connect Customer Profiles service in memory,
// over HTTP: for acceptance tests, demonstrations and the CI of people who use
// the provider. It shares no code with the provider and knows nothing of it; it
// speaks the wire, so that the provider's own reading of the API cannot be
// wrong on both sides at once.
//
// It refuses what AWS refuses, with AWS's errors, in AWS's order: who calls
// (Signature Version 4, recomputed from the request), then whether the input is
// valid, then whether what is asked for exists.
//
// # Data
//
// What it serves is a JSON file, read by [ReadData] (an embedded one is
// [DefaultData]):
//
//	{
//	  "Credentials": [
//	    {
//	      "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
//	      "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
//	      "SessionToken": "optional: a request must then carry it"
//	    }
//	  ],
//	  "Domains": [
//	    {
//	      "DomainName": "acme",
//	      "Region": "optional: the one Region it is in; absent, it is in every Region",
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
// A workflow is a GetWorkflowResponse, just as the API would send it. It is kept
// as the text it was given and served byte for byte, so that who writes it
// decides what is on the wire: 9223372036854775807 and 1.5e9 arrive as they
// stand. GetWorkflow reads nothing of it but its WorkflowId.
//
// A workflow may be an array of such answers. They are played: each call of
// GetWorkflow gets the next one, and the last one stays. The other operations
// see the one that was served last. In the embedded data it is workflow
// 8192a3b4c5d6e7f80112233445566778 of acme that comes to COMPLETE in four calls.
//
// Steps are the items of GetWorkflowSteps by the WorkflowId of one of the
// domain's workflows. An integration is a GetIntegration answer, and an item of
// ListIntegrations; a hidden one is listed only where the caller asks for hidden
// ones.
//
// The items of ListWorkflows are made of the workflows. StatusDescription is the
// ErrorDescription, or else the Status; CreatedAt is the StartDate, or else
// LastUpdatedAt; what the workflow does not have, its item has not either. A
// workflow started after QueryStartDate where its StartDate is later, and ended
// after QueryEndDate where its status ends a run and its LastUpdatedAt is later.
//
// Lists are in the order of the data. A page has 100 items where max-results does
// not ask for fewer.
//
// A domain name may be given once for every Region and once for each single
// Region. A Region then has what both have, and of two workflows with the same ID
// or two integrations with the same Uri its own.
//
// # Tests
//
// A test gives the service more with [Service.PutWorkflow],
// [Service.PutWorkflowSteps] and [Service.PutIntegration], has it misbehave with
// [Service.SetResponder], and asks what was called with [Service.Calls]:
//
//	service, err := simulator.New(simulator.DefaultData())
//	service.SetResponder(func(call simulator.Call) *simulator.Response {
//		if call.Count == 1 {
//			return simulator.ErrorResponse(429, "ThrottlingException", "Rate exceeded")
//		}
//		return nil // the ordinary answer
//	})
//	server, err := simulator.Listen("127.0.0.1:0", service)
//	defer server.Close()
package simulator
