// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package staticserver returns the same response to every request. It doesn't
// allocate memory per request, so that a benchmark in the same process counts
// only the client's allocations. It doesn't validate requests; the simulator does.
package staticserver

import (
	"bufio"
	"fmt"
	"net"
)

// WorkflowID is the ID in [Workflow].
const WorkflowID = "0123456789abcdef0123456789abcdef"

// Workflow is a GetWorkflow response with all of its members.
const Workflow = `{"WorkflowId":"` + WorkflowID + `","WorkflowType":"APPFLOW_INTEGRATION","Status":"IN_PROGRESS",` +
	`"ErrorDescription":"one record was skipped","StartDate":1717405200.125,"LastUpdatedAt":1717408923.746,` +
	`"Attributes":{"AppflowIntegration":{"SourceConnectorType":"Salesforce","ConnectorProfileName":"acme-salesforce",` +
	`"RoleArn":"arn:aws:iam::123456789012:role/CustomerProfilesAppFlow"}},` +
	`"Metrics":{"AppflowIntegration":{"RecordsProcessed":184203,"StepsCompleted":9,"TotalSteps":12}}}`

// Listen starts a server that responds with the JSON body until stop is called.
// It returns the server's URL. Requests must not have a body.
func Listen(body string) (url string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	response := fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"+
		"X-Amzn-Requestid: 00000000-0000-0000-0000-000000000000\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go serve(conn, response)
		}
	}()
	return "http://" + listener.Addr().String(), func() { _ = listener.Close() }, nil
}

func serve(conn net.Conn, response []byte) {
	defer func() { _ = conn.Close() }()
	reader := bufio.NewReader(conn)
	for {
		for {
			line, err := reader.ReadSlice('\n')
			if err != nil {
				return
			}
			if len(line) <= 2 {
				break
			}
		}
		if _, err := conn.Write(response); err != nil {
			return
		}
	}
}
