// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	awstypes "github.com/aws/aws-sdk-go-v2/service/customerprofiles/types"
)

const putFaults = "PUT /_simulator/faults"

func TestFaultOrder(t *testing.T) {
	t.Parallel()
	service := newService(t)
	mustControl(t, service, putFaults, `[
		{"operation":"GetWorkflow","workflow_id":"`+completeID+`","times":2,"status":429,"code":"ThrottlingException"},
		{"domain_name":"acme","times":1,"status":500,"code":"InternalServerException"},
		{"operation":"ListIntegrations","status":403,"code":"AccessDeniedException"}]`)
	var got []string
	for _, path := range []string{
		"/domains/initech/workflows/" + globexID, completePath, completePath, completePath, completePath,
		"/domains/acme/integrations", "/domains/initech/integrations",
		"/domains/initech/workflows/" + completeID,
	} {
		w := read(t, service, path)
		got = append(got, strings.TrimSpace(http.StatusText(w.Code)))
	}
	want := "Not Found/Too Many Requests/Too Many Requests/Internal Server Error/OK/Forbidden/Forbidden/Not Found"
	if got := strings.Join(got, "/"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFaultsLeft(t *testing.T) {
	t.Parallel()
	service := newService(t)
	// 3e0 is an integer in JSON Schema.
	mustControl(t, service, putFaults, `[{"times":3e0,"delay":"1ms"},{"connection":"hang"}]`)
	read(t, service, completePath)
	want := `[{"times":3,"delay":"1ms","left":2},{"connection":"hang"}]`
	if got := mustControl(t, service, "GET /_simulator/faults", ""); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	mustControl(t, service, putFaults, `[{"operation":"GetWorkflow","domain_name":"acme","workflow_id":"x","status":400.0,`+
		`"code":"BadRequestException","message":"<no>"}]`)
	want = `[{"operation":"GetWorkflow","domain_name":"acme","workflow_id":"x","status":400,` +
		`"code":"BadRequestException","message":"<no>"}]`
	if got := mustControl(t, service, "GET /_simulator/faults", ""); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	mustControl(t, service, "DELETE /_simulator/faults", "")
	if got := mustControl(t, service, "GET /_simulator/faults", ""); got != "[]" {
		t.Errorf("got %s after DELETE", got)
	}
}

// Every modeled exception must have the type that the SDK has for it.
func TestFaultExceptions(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	client := newClient(t, server)
	isType := map[string]func(error) bool{
		`"status":400,"code":"BadRequestException"`:       isError[*awstypes.BadRequestException],
		`"status":403,"code":"AccessDeniedException"`:     isError[*awstypes.AccessDeniedException],
		`"status":404,"code":"ResourceNotFoundException"`: isError[*awstypes.ResourceNotFoundException],
		`"status":429,"code":"ThrottlingException"`:       isError[*awstypes.ThrottlingException],
		`"status":500,"code":"InternalServerException"`:   isError[*awstypes.InternalServerException],
	}
	for members, matches := range isType {
		mustControl(t, service, putFaults, `[{`+members+`,"message":"simulated"}]`)
		for operation, err := range callOperations(t, client) {
			if !matches(err) || !strings.Contains(err.Error(), "simulated") {
				t.Errorf("%s with %s: got error %v", operation, members, err)
			}
		}
	}
}

func isError[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}

// callOperations calls every operation and returns their errors.
func callOperations(t *testing.T, client *customerprofiles.Client) map[string]error {
	t.Helper()
	ctx, domain, id := t.Context(), aws.String("acme"), aws.String(completeID)
	uri := aws.String("arn:aws:appflow:us-east-1:123456789012:flow/acme-salesforce")
	errs := map[string]error{}
	_, errs["GetWorkflow"] = client.GetWorkflow(ctx,
		&customerprofiles.GetWorkflowInput{DomainName: domain, WorkflowId: id})
	_, errs["GetWorkflowSteps"] = client.GetWorkflowSteps(ctx,
		&customerprofiles.GetWorkflowStepsInput{DomainName: domain, WorkflowId: id})
	_, errs["ListWorkflows"] = client.ListWorkflows(ctx, &customerprofiles.ListWorkflowsInput{DomainName: domain})
	_, errs["GetIntegration"] = client.GetIntegration(ctx,
		&customerprofiles.GetIntegrationInput{DomainName: domain, Uri: uri})
	_, errs["ListIntegrations"] = client.ListIntegrations(ctx, &customerprofiles.ListIntegrationsInput{DomainName: domain})
	return errs
}

// An operation that is missing in the schema could not get a fault.
func TestFaultOperations(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	client := newClient(t, server)
	for operation := range callOperations(t, client) {
		mustControl(t, service, putFaults, `[{"operation":"`+operation+`","status":403,"code":"AccessDeniedException"}]`)
		for called, err := range callOperations(t, client) {
			if (err != nil) != (called == operation) {
				t.Errorf("fault of %s: %s returned %v", operation, called, err)
			}
		}
	}
}

func TestFaultConnections(t *testing.T) {
	t.Parallel()
	for connection, want := range map[string]error{
		"reset": syscall.ECONNRESET, "close": io.EOF, "truncate": io.ErrUnexpectedEOF,
		`truncate","status":500,"code":"InternalServerException`: io.ErrUnexpectedEOF,
	} {
		t.Run(connection, func(t *testing.T) {
			t.Parallel()
			service, server := newServer(t)
			mustControl(t, service, putFaults, `[{"connection":"`+connection+`"}]`)
			body, err := get(t, &http.Client{Transport: &http.Transport{}}, server)
			if !errors.Is(err, want) || len(body) > 1 {
				t.Errorf("got body %q, error %v, want %v", body, err, want)
			}
		})
	}
}

func TestFaultHang(t *testing.T) {
	t.Parallel()
	service, server := newServer(t)
	mustControl(t, service, putFaults, `[{"connection":"hang"}]`)
	client := &http.Client{Transport: &http.Transport{}, Timeout: 100 * time.Millisecond}
	if _, err := get(t, client, server); err == nil || !strings.Contains(err.Error(), "Client.Timeout") {
		t.Errorf("got error %v, want a timeout", err)
	}
}

func TestFaultDelayAndLatency(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newService(t)
		service.SetLatency(time.Second)
		mustControl(t, service, putFaults, `[{"times":1,"delay":"1m30s"}]`)
		for _, want := range []time.Duration{91 * time.Second, time.Second} {
			r := signedRequest(t, http.MethodGet, completePath, "")
			start := time.Now()
			if w := serve(service, r); w.Code != http.StatusOK || time.Since(start) != want {
				t.Errorf("got %d after %s, want 200 after %s", w.Code, time.Since(start), want)
			}
		}
		start := time.Now()
		mustControl(t, service, "GET /_simulator/health", "")
		if elapsed := time.Since(start); elapsed != 0 {
			t.Errorf("the control API responded after %s", elapsed)
		}
	})
}

func TestFaultErrors(t *testing.T) {
	t.Parallel()
	service := newService(t)
	const fault = `{"status":500,"code":"InternalServerException"}`
	mustControl(t, service, putFaults, `[`+fault+`]`)
	for body, want := range map[string]string{
		`{}`:                     `"message":"found {}, expected an array`,
		`[7]`:                    `/0: found 7, expected an object`,
		`[{"delay":"1s","x":1}]`: `/0/x: found 1, expected one of the members code, connection, delay, domain_name, message,`,
		`[{"Delay":"1s"}]`:       `/0/Delay: found \"1s\", expected one of the members`,
		`[{"operation":"PutWorkflow","delay":"1s"}]`: `/0/operation: found \"PutWorkflow\", ` +
			`expected one of \"GetWorkflow\", \"GetWorkflowSteps\", \"ListWorkflows\", \"GetIntegration\", \"ListIntegrations\"`,
		`[{"connection":"drop"}]`: `/0/connection: found \"drop\", ` +
			`expected one of \"reset\", \"close\", \"truncate\", \"hang\"`,
		`[{"delay":"1s"},{}]`:              `/1: found {}, expected status and code, delay, or connection`,
		`[{"times":1}]`:                    `/0: found {\"times\":1}, expected status and code, delay, or connection`,
		`[{"times":0,"delay":"1s"}]`:       `/0/times: found 0, expected at least 1`,
		`[{"times":1.5,"delay":"1s"}]`:     `/0/times: found 1.5, expected an integer`,
		`[{"delay":1}]`:                    `/0/delay: found 1, expected a duration such as \"1m30s\"`,
		`[{"delay":"-1s"}]`:                `/0/delay: found \"-1s\", expected a duration such as \"1m30s\"`,
		`[{"delay":"9999999h"}]`:           `/0/delay: found \"9999999h\", expected a duration such as \"1m30s\"`,
		`[{"status":429}]`:                 `/0/code: found nothing, expected a value, because status is set`,
		`[{"code":"ThrottlingException"}]`: `/0/status: found nothing, expected a value, because code is set`,
		`[{"message":"m","delay":"1s"}]`:   `/0/code: found nothing, expected a value, because message is set`,
		`[{"status":200,"code":"X"}]`:      `/0/status: found 200, expected at least 400`,
		`[{"status":600,"code":"X"}]`:      `/0/status: found 600, expected at most 599`,
		`[{"status":400,"code":"a\r\nb"}]`: `/0/code: found \"a\\r\\nb\", expected a match of`,
		`[{"status":400,"code":"X","connection":"reset"}]`: `/0/connection: found \"reset\", ` +
			`expected no status and code, because no response is sent`,
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			status, got := control(t, service, putFaults, body)
			if status != http.StatusBadRequest || !strings.Contains(got, want) {
				t.Errorf("got %d %s\nwant 400 %s", status, got, want)
			}
			if got := mustControl(t, service, "GET /_simulator/faults", ""); got != `[`+fault+`]` {
				t.Errorf("the faults changed: %s", got)
			}
		})
	}
}
