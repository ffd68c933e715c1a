// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"fmt"
	"strings"
	"time"
)

const (
	// maxClockSkew is slightly less than the skew at which AWS rejects signatures.
	maxClockSkew = 4 * time.Minute

	regionsURL = "https://docs.aws.amazon.com/general/latest/gr/connect_region.html"
	healthURL  = "https://health.aws.amazon.com/health/status"
)

func adviseNotFound(f failure) string {
	const hidden = "Customer Profiles also returns this error if the credentials aren't allowed to see the "
	switch {
	case f.isDomainMissing():
		return "Check the domain name and the Region: each Region has its own domains. " + hidden + "domain."
	case f.mentions(f.Kind): // The domain exists, according to the service.
		return fmt.Sprintf("Check the %s, and that the %s belongs to this domain and Region. %s%s.",
			f.Key, f.Kind, hidden, f.Kind)
	}
	return fmt.Sprintf("Check the %s, the domain name, and the Region: each Region has its own domains. %sdomain.",
		f.Key, hidden)
}

func adviseAccessDenied(f failure) string {
	resource := `"*"`
	if f.DomainName != "" {
		domain := fmt.Sprintf("arn:*:profile:%s:*:domains/%s", f.Region, f.DomainName)
		resource = fmt.Sprintf("[%q, %q]", domain, domain+"/*")
	}
	return fmt.Sprintf("Grant the action profile:%s to these credentials, for example with this policy statement:\n\n"+
		`  {"Effect": "Allow", "Action": "profile:%s", "Resource": %s}`, f.Operation, f.Operation, resource)
}

func adviseRejectedCredentials(f failure) string {
	if f.response.clockSkew.Abs() < maxClockSkew {
		return f.credentialsSource() + " To test them, run \"aws sts get-caller-identity\" with the same credentials."
	}
	direction := "ahead of"
	if f.response.clockSkew < 0 {
		direction = "behind"
	}
	return fmt.Sprintf("This machine's clock is %s %s the service's clock, so AWS rejects its signatures. Set the clock.",
		f.response.clockSkew.Abs(), direction)
}

func adviseMissingCredentials(f failure) string {
	if f.Endpoint != "" {
		return f.credentialsSource()
	}
	return "No request was sent to Customer Profiles. " + f.credentialsSource()
}

func adviseThrottled(f failure) string {
	text := "The account's request quota was exhausted for longer than the provider retried, although "
	if f.Adaptive {
		text += `the retry mode "adaptive" lowered its request rate. `
	} else {
		text += "it lowered its request rate. "
	}
	return text + fmt.Sprintf("Check whether other clients use the same quota. Ask AWS to increase the quota of %s, "+
		"or increase max_retries (now %d).", f.Operation, f.MaxAttempts)
}

func adviseRejectedRequest(failure) string {
	return "The service rejected the request as invalid. See its message for what to correct."
}

func adviseServerError(f failure) string {
	text := "The service failed. "
	if f.Attempts > 1 {
		text = "The service failed, and retries did not help. "
	}
	text += "Try again later, and see " + healthURL + " for the status of the Region."
	if f.response.code != "" {
		return text // AWS responded, and nothing else.
	}
	return text + f.responder()
}

func adviseTimedOut(f failure) string {
	text := fmt.Sprintf("The read is limited to %s. To allow more time, increase timeouts.read.", f.Timeout)
	if isSilent := f.Endpoint != "" && f.StatusCode == 0 && f.LastTransientErr == nil; isSilent {
		text += fmt.Sprintf(" No response came from %s. %s", f.Endpoint, f.proxyHint())
	}
	return text
}

func adviseCanceled(failure) string {
	return "Terraform canceled the read before the response arrived."
}

func adviseMalformedResponse(f failure) string {
	return "No argument of the data source causes this. Check the endpoint and the proxy." + f.responder()
}

// responder names the endpoint, and what may have responded instead of it.
func (f failure) responder() string {
	if f.Endpoint == "" {
		return ""
	}
	text := " The response came from " + f.Endpoint
	var others []string
	if f.EndpointSource != "" {
		others = append(others, fmt.Sprintf("a custom endpoint (set by %s)", f.EndpointSource))
	}
	if f.Proxy != "" {
		others = append(others, "through the proxy "+f.Proxy)
	}
	if len(others) == 0 {
		return text + ", the endpoint of AWS, without a proxy. A gateway in between may have responded instead."
	}
	return text + ", " + strings.Join(others, ", ") + ", which may have responded instead of the service."
}
