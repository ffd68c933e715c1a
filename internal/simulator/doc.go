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
// [ReadData] reads the data to serve from a JSON file, and validates it against
// [Schema]. [DefaultData] is an embedded file. The guide
// templates/guides/simulator.md describes the format.
//
// GetWorkflow sends a workflow byte for byte, unless it has a timeline, so the
// file controls what is on the wire, such as 9223372036854775807 or 1.5e9.
//
// In the embedded data, workflow 8192a3b4c5d6e7f80112233445566778 of domain acme
// reaches COMPLETE in four calls.
//
// QueryStartDate of ListWorkflows selects workflows with a later StartDate.
// QueryEndDate selects workflows in a terminal status with a later LastUpdatedAt.
//
// # Control API
//
// Below /_simulator/, the service has an API for tests in any language. Its
// faults are a form of [Response], like those of [Service.SetResponder]. A
// responder takes precedence over faults.
//
// # Tests
//
// Tests add data with [Service.Put], which also accepts data that the schema
// rejects. They replace responses with [Service.SetResponder], and inspect
// requests with [Service.Calls]:
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
