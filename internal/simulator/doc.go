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
//	        {"WorkflowId": "0123456789abcdef0123456789abcdef", "Status": "COMPLETE"}
//	      ]
//	    }
//	  ]
//	}
//
// A workflow is a GetWorkflowResponse, just as the API would send it. It is kept
// as the text it was given and served byte for byte, so that who writes it
// decides what is on the wire: 9223372036854775807 and 1.5e9 arrive as they
// stand. Nothing of it is read but its WorkflowId.
//
// A domain name may be given once for every Region and once for each single
// Region. A Region then has the workflows of both, and of two with the same ID
// its own.
//
// # Tests
//
// A test gives the service more with [Service.PutWorkflow], has it misbehave
// with [Service.Script], and asks what was called with [Service.Calls]:
//
//	service, err := simulator.New(simulator.DefaultData())
//	service.Script(func(call simulator.Call) *simulator.Answer {
//		if call.NOfKind == 1 {
//			return simulator.ErrorAnswer(429, "ThrottlingException", "Rate exceeded")
//		}
//		return nil // the ordinary answer
//	})
//	server, err := simulator.Listen("127.0.0.1:0", service)
//	defer server.Close()
package simulator
