// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// skewLimit is how far a clock may be off before AWS refuses signatures, less
// a little.
const skewLimit = 4 * time.Minute

func adviseNotFound(f failure) string {
	tells := fmt.Sprintf("Only domain %q was asked about, so it is the domain that is missing. Check its name", f.DomainName)
	if f.Subject != "" {
		tells = fmt.Sprintf("Domain %q is missing, or %s in it: Customer Profiles uses one code for both, "+
			"and only its message may tell which it is. Check both", f.DomainName, f.Subject)
	}
	return fmt.Sprintf("%s and the Region: each Region has domains of its own, and %s was asked. "+
		"Customer Profiles also answers this way where the credentials may not see the domain.", tells, f.Region)
}

func adviseAccessDenied(f failure) string {
	resource := `"*"`
	if f.DomainName != "" {
		domain := fmt.Sprintf("arn:*:profile:%s:*:domains/%s", f.Region, f.DomainName)
		resource = fmt.Sprintf("[%q, %q]", domain, domain+"/*")
	}
	return fmt.Sprintf("Allow the action profile:%s to these credentials, with a policy statement such as:\n\n"+
		`  {"Effect": "Allow", "Action": "profile:%s", "Resource": %s}`, f.Operation, f.Operation, resource)
}

func adviseBadCredentials(f failure) string {
	text := f.credentialsFrom() +
		" \"aws sts get-caller-identity\" tells whether they work, where the AWS CLI finds the same ones."
	if f.came.skew.Abs() < skewLimit {
		return text
	}
	ahead := "ahead of"
	if f.came.skew < 0 {
		ahead = "behind"
	}
	return text + fmt.Sprintf("\n\nThis machine's clock is %s %s the service's, and AWS refuses signatures for that: set the clock.", f.came.skew.Abs(), ahead)
}

func adviseNoCredentials(f failure) string {
	return "The provider could not fetch credentials, so Customer Profiles was not asked. " + f.credentialsFrom()
}

func adviseThrottled(f failure) string {
	text := fmt.Sprintf("The account's request rate was used up for longer than the provider retried: %s. ", f.CallError.attempts())
	if f.Adaptive {
		text += "The retry mode is adaptive already. "
	} else {
		text += `Set retry_mode = "adaptive" in the provider block (or AWS_RETRY_MODE=adaptive), which slows down to the rate that the service allows. `
	}
	return text + fmt.Sprintf("A higher max_retries than %d there, or a lower -parallelism of Terraform than 10, helps, too.", f.MaxAttempts)
}

func adviseBadRequest(failure) string {
	return "The service takes the arguments for invalid: its message says which."
}

func adviseServerError(f failure) string {
	retried := ""
	if f.Attempts > 1 {
		retried = ", and retries did not pass it"
	}
	return fmt.Sprintf("The fault is the service's%s. Try again later; "+
		"https://health.aws.amazon.com/health/status shows the Region's state.%s", retried, f.whoElse())
}

// stopped is what had come back when the call was stopped.
func (f failure) stopped() string {
	if f.Attempts == 0 {
		return "No attempt was made yet."
	}
	text := fmt.Sprintf("No answer: stopped after %s, in attempt %d of %d.", rounded(f.Elapsed), f.Attempts, f.MaxAttempts)
	if f.LastError == nil {
		return text + " No attempt had failed before."
	}
	return text + " The last error was: " + newAnswer(f.LastError).String()
}

func adviseTimedOut(f failure) string {
	return fmt.Sprintf("The read was stopped after %s. Where that is too short, set timeouts { read = \"…\" } on the data source.", f.Timeout)
}

func adviseCancelled(failure) string {
	return "Terraform stopped the read before its answer came."
}

func adviseUnreadable(f failure) string {
	return "This is not a fault of the configuration." + f.whoElse()
}

// whoElse names who answered, and who may have in the service's place.
func (f failure) whoElse() string {
	if f.Endpoint == "" {
		return ""
	}
	text := " The endpoint that answered is " + f.Endpoint
	var others []string
	if f.CustomEndpoint {
		others = append(others, "it is a custom endpoint")
	}
	if f.Proxy != "" {
		others = append(others, "the proxy "+f.Proxy+" is in use")
	}
	if len(others) == 0 {
		return text + ", AWS's own, with no proxy configured; a gateway on the way may still answer in its place."
	}
	return text + ": " + strings.Join(others, ", and ") + ", which may be answering in the service's place."
}

func adviseNoAnswer(f failure) string {
	if f.Endpoint == "" {
		return fmt.Sprintf("Check the network, the proxy settings and the endpoint, and that Customer Profiles is offered in %s.", f.Region)
	}
	proxy := "No proxy is in use."
	if f.Proxy != "" {
		proxy = fmt.Sprintf("The proxy %s is in use.", f.Proxy)
	}
	return fmt.Sprintf("Check that this machine reaches %s. %s %s", f.Endpoint, proxy, f.regionHasService())
}

// regionHasService says what the failure tells of whether the Region has the
// service. AWS gives no name to an endpoint that is not there.
func (f failure) regionHasService() string {
	var dns *net.DNSError
	switch {
	case f.CustomEndpoint:
		return "It is a custom endpoint: check its URL, and that it is running."
	case errors.As(f.Err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("The name does not exist: Customer Profiles is probably not offered in %s, or the Region is misspelt "+
			"(https://docs.aws.amazon.com/general/latest/gr/connect_region.html lists its Regions).", f.Region)
	}
	return fmt.Sprintf("https://docs.aws.amazon.com/general/latest/gr/connect_region.html tells whether Customer Profiles is offered in %s.", f.Region)
}
