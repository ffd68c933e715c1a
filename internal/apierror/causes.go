// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package apierror

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// cause is why a call failed, as far as its answer tells.
type cause struct {
	summary string
	advice  func(Call) string
}

// The codes are those of the API's model and of AWS's signing; see
// https://docs.aws.amazon.com/customerprofiles/latest/APIReference/CommonErrors.html.
var causesByCode = map[string]cause{
	"ResourceNotFoundException":           notFound,
	"AccessDeniedException":               accessDenied,
	"BadRequestException":                 badRequest,
	"ThrottlingException":                 throttled,
	"TooManyRequestsException":            throttled,
	"InternalServerException":             serverError,
	"UnrecognizedClientException":         badCredentials,
	"InvalidSignatureException":           badCredentials,
	"ExpiredTokenException":               badCredentials,
	"MissingAuthenticationTokenException": badCredentials,
	"IncompleteSignatureException":        badCredentials,
	"InvalidClientTokenId":                badCredentials,
	"SignatureDoesNotMatch":               badCredentials,
	"RequestExpired":                      badCredentials,
}

var (
	notFound = cause{"Not found in Customer Profiles", func(c Call) string {
		return fmt.Sprintf("Check the domain name, the ID and the Region: each Region has domains of its own, and %s was asked. "+
			"Customer Profiles also answers this way where the credentials may not see the domain.", c.Region)
	}}
	accessDenied = cause{"Access denied by Customer Profiles", func(c Call) string {
		return fmt.Sprintf("Allow the action profile:%s to these credentials, with a policy statement such as:\n\n"+
			`  {"Effect": "Allow", "Action": "profile:%s", "Resource": "arn:*:profile:%s:*:domains/%s*"}`,
			c.Operation, c.Operation, c.Region, c.DomainName)
	}}
	badCredentials = cause{"AWS credentials refused", func(Call) string {
		return "Renew the credentials that the provider uses (aws sts get-caller-identity, with the same profile, tells whether they work), " +
			"and check this machine's clock."
	}}
	throttled = cause{"Throttled by Customer Profiles", func(Call) string {
		return "The account's request rate was used up for longer than the provider retried. Run Terraform with a lower -parallelism, or try again later."
	}}
	badRequest = cause{"Refused by Customer Profiles", func(Call) string {
		return "The service takes the arguments for invalid: its message says which."
	}}
	serverError = cause{"Customer Profiles failed", func(Call) string {
		return "The fault is the service's, and retries did not pass it. Try again later; " +
			"https://health.aws.amazon.com/health/status shows the Region's state."
	}}
	timedOut = cause{"Timed out", func(c Call) string {
		return fmt.Sprintf("The read was stopped after %s. Where that is too short, set timeouts { read = \"…\" } on the data source.", c.Timeout)
	}}
	cancelled = cause{"Cancelled", func(Call) string {
		return "Terraform stopped the read before its answer came."
	}}
	unreadable = cause{"Unreadable answer from Customer Profiles", func(Call) string {
		return "This is not a fault of the configuration. Where a custom endpoint or a proxy is in use, it may be answering in the service's place."
	}}
	noAnswer = cause{"No answer from Customer Profiles", func(c Call) string {
		return fmt.Sprintf("Check the network, the proxy settings and the endpoint, and that Customer Profiles is offered in %s.", c.Region)
	}}
)

func findCause(ctx context.Context, err error, came answer) cause {
	var bad *UnreadableError
	known, ok := causesByCode[came.code]
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return timedOut
	case ctx.Err() != nil:
		return cancelled
	case errors.As(err, &bad):
		return unreadable
	case ok:
		return known
	case came.status == http.StatusTooManyRequests:
		return throttled
	case came.status >= http.StatusInternalServerError:
		return serverError
	case came.status == http.StatusForbidden:
		return accessDenied
	case came.status == http.StatusNotFound:
		return notFound
	case came.status >= http.StatusBadRequest:
		return badRequest
	case came.status != 0:
		return unreadable
	}
	return noAnswer
}
