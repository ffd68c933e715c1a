// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// DataSource is one that the shared tests read.
type DataSource struct {
	// Type is its name in configurations, such as "customerprofiles_workflow".
	Type string
	// Arguments are those that it needs, as lines of HCL.
	Arguments string
	// Operation is the API's name for what it calls.
	Operation string
	// Subject is what it asks for, as a diagnostic names it before the domain's
	// name; empty where it asks for the domain's list.
	Subject string
	// OfAccount is whether it asks for what the account has, and not a domain.
	OfAccount bool
}

// Address is where a test's configuration has the data source.
func (d DataSource) Address() string { return "data." + d.Type + ".test" }

// Config is a configuration with the data source, in which a call is attempted
// twice at most.
func (d DataSource) Config(sim Simulator, arguments ...string) string {
	return sim.ProviderBlock("max_retries = 2") + d.block(arguments...)
}

func (d DataSource) block(arguments ...string) string {
	return fmt.Sprintf("\ndata %q \"test\" {\n%s\n%s\n}\n", d.Type, d.Arguments, strings.Join(arguments, "\n"))
}

// Words is a pattern for texts of a diagnostic, one behind the other. Terraform
// may break each over lines anywhere between two words.
func Words(texts ...string) *regexp.Regexp {
	patterns := make([]string, len(texts))
	for i, text := range texts {
		words := strings.Fields(text)
		for j := range words {
			words[j] = regexp.QuoteMeta(words[j])
		}
		patterns[i] = strings.Join(words, `[\s│]+`)
	}
	return regexp.MustCompile(`(?s)` + strings.Join(patterns, `.*`))
}

// requestID is what every scripted answer has.
const requestID = "11111111-2222-3333-4444-555555555555"

// AnsweredFor is what a diagnostic says of who may have given an answer that is
// none.
const AnsweredFor = "it is a custom endpoint, which may be answering in the service's place"

type failure struct {
	answer *simulator.Response
	calls  int
	want   []string
}

// failures are what any operation may answer, and what is said of it.
func (d DataSource) failures() map[string]failure {
	what := `domain "acme"`
	switch {
	case d.OfAccount:
		what = d.Subject
	case d.Subject != "":
		what = d.Subject + " of " + what
	}
	asked := fmt.Sprintf("%s asked for %s in Region %s.", d.Operation, what, Region)
	facts := func(status int) string { return fmt.Sprintf("HTTP status %d, request ID %s", status, requestID) }
	refused := func(status int, code, message, summary string, calls int, advice string) failure {
		shown := strings.ReplaceAll(message, "\x1b", `\x1b`)
		return failure{
			simulator.ErrorResponse(status, code, message), calls,
			[]string{"Error: " + summary, asked, code + ": " + shown, facts(status), advice},
		}
	}
	unreadable := func(body, problem string) failure {
		return failure{
			&simulator.Response{Status: http.StatusOK, Body: []byte(body)}, 1,
			[]string{"Error: Unreadable answer from Customer Profiles", asked, problem, facts(200), AnsweredFor},
		}
	}
	return map[string]failure{
		"not found":                 refused(404, "ResourceNotFoundException", "Not here", "Not found in Customer Profiles", 1, "each Region has domains of its own"),
		"access denied":             refused(403, "AccessDeniedException", "No", "Access denied by Customer Profiles", 1, "Allow the action profile:"+d.Operation),
		"throttled to the end":      refused(429, "ThrottlingException", "Rate exceeded", "Throttled by Customer Profiles", 2, "-parallelism"),
		"server error to the end":   refused(500, "InternalServerException", "Oops", "Customer Profiles failed", 2, "Try again later"),
		"bad request":               refused(400, "BadRequestException", "Bad \x1b[31mred", "Refused by Customer Profiles", 1, "takes the arguments for invalid"),
		"expired token":             refused(403, "ExpiredTokenException", "Expired", "AWS credentials refused", 1, "The credentials came from access_key and secret_key"),
		"an empty answer":           unreadable("", "its body is empty"),
		"null":                      unreadable("null", "its body is not a JSON object"),
		"garbage behind the object": unreadable(`{"Items":[]}x`, "there is something behind its JSON object"),
		"HTML":                      unreadable("<html>hello</html>", "its body is not a JSON object"),
	}
}

// TestFailures has the data source meet what any operation may answer. Each
// diagnostic says what was asked, what came back, and what to do.
func (d DataSource) TestFailures(t *testing.T) {
	for name, test := range d.failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := StartSimulator(t)
			if test.answer.Header == nil {
				test.answer.Header = http.Header{}
			}
			test.answer.Header.Set("X-Amzn-Requestid", requestID)
			sim.SetResponder(func(simulator.Call) *simulator.Response { return test.answer })
			d.TestError(t, d.Config(sim), test.want...)
			if got := len(sim.Calls()); got != test.calls {
				t.Errorf("%d calls, want %d", got, test.calls)
			}
		})
	}
	t.Run("timeout", func(t *testing.T) {
		t.Parallel()
		sim := StartSimulator(t)
		sim.SetResponder(func(simulator.Call) *simulator.Response { return &simulator.Response{Fault: simulator.Hang} })
		d.TestError(t, d.Config(sim, "timeouts {\n read = \"300ms\"\n}"), "Error: Timed out", d.Operation, "The read was stopped after 300ms.")
	})
	t.Run("no Region", func(t *testing.T) {
		t.Parallel()
		sim := StartSimulator(t)
		config := strings.Replace(d.Config(sim), fmt.Sprintf("region     = %q", Region), "", 1)
		d.TestError(t, config, "Error: No AWS Region", "region on the data source")
		if got := len(sim.Calls()); got != 0 {
			t.Errorf("%d calls, want none", got)
		}
	})
}

// TestRefused has Terraform validate the data source with arguments that are
// wrong. What each must be refused with stands behind it, and nothing is called.
func (d DataSource) TestRefused(t *testing.T, arguments map[string]string) {
	for argument, want := range arguments {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			sim := StartSimulator(t)
			name, _, _ := strings.Cut(argument, " ")
			kept := regexp.MustCompile(`(?m)^`+name+` .*$`).ReplaceAllString(d.Arguments, "")
			other := d
			other.Arguments = kept
			d.TestError(t, other.Config(sim, argument), want)
			if got := len(sim.Calls()); got != 0 {
				t.Errorf("%d calls, want none", got)
			}
		})
	}
}

// TestError plans a configuration and wants an error with the texts, one behind
// the other.
func (d DataSource) TestError(t *testing.T, config string, want ...string) {
	t.Helper()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories(),
		Steps:                    []resource.TestStep{{Config: config, PlanOnly: true, ExpectError: Words(want...)}},
	})
}
