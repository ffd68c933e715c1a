// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/signin"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// maxAttemptDuration limits an attempt of a request for credentials. The SDK
// retrieves them without the deadline of the caller.
const maxAttemptDuration = 30 * time.Second

// codePattern matches the error codes of AWS. Anything else may be part of a secret:
// the SDK cuts a code at "#" and ":", so that it can't be redacted.
var codePattern = regexp.MustCompile(`^[\w.-]+$`)

// maxResponseSize is more than the size of any response with credentials, in bytes.
const maxResponseSize = 256 << 10

// monitor sends and checks the requests for credentials and for the account ID,
// which the SDK sends without the checks of package conns. It remembers the last one that
// failed or wasn't answered.
type monitor struct {
	redactor *conns.Redactor
	client   *conns.HTTPClient
	metadata *conns.HTTPClient // for the EC2 instance metadata service
	custom   []customEndpoint
	pending  atomic.Value // string
}

// addTo adds the monitor to the middleware of a client.
func (m *monitor) addTo(stack *middleware.Stack) error {
	operation := stack.ID()
	client := m.client
	if slices.Contains([]string{"GetToken", "GetMetadata", "GetRegion"}, operation) {
		client = m.metadata
	}
	addSecrets := middleware.InitializeMiddlewareFunc("AddSecrets", func(
		ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
	) (middleware.InitializeOutput, middleware.Metadata, error) {
		m.redactor.Add(inputSecrets(in.Parameters)...)
		return next.HandleInitialize(ctx, in)
	})
	monitorAttempt := middleware.DeserializeMiddlewareFunc("MonitorAttempt", func(
		ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
	) (middleware.DeserializeOutput, middleware.Metadata, error) {
		return m.attempt(ctx, operation, in, next)
	})
	return errors.Join(
		stack.Initialize.Add(addSecrets, middleware.After),
		stack.Deserialize.Add(monitorAttempt, middleware.Before),
		stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("LimitResponse", limitResponse), middleware.After),
		stack.Deserialize.Add(sendWith(client), middleware.After))
}

// sendWith returns a middleware that sends a request with an HTTP client of package
// conns, which recognizes permanent faults and follows no redirect. The SDK's options
// can't have it, because it can't be combined with a CA bundle.
func sendWith(client aws.HTTPClient) middleware.DeserializeMiddleware {
	return middleware.DeserializeMiddlewareFunc("Send", func(
		ctx context.Context, in middleware.DeserializeInput, _ middleware.DeserializeHandler,
	) (middleware.DeserializeOutput, middleware.Metadata, error) {
		response, metadata, err := smithyhttp.NewClientHandlerWithOptions(client).Handle(ctx, in.Request)
		return middleware.DeserializeOutput{RawResponse: response}, metadata, err
	})
}

// pendingRequest returns the last request that failed or wasn't answered, or an
// empty string.
func (m *monitor) pendingRequest() string {
	request, _ := m.pending.Load().(string)
	return request
}

func (m *monitor) attempt(
	ctx context.Context, operation string, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	service := awsmiddleware.GetServiceID(ctx)
	name := serviceName(service, operation)
	path, proxy := "", ""
	if request, ok := in.Request.(*smithyhttp.Request); ok {
		path, proxy = request.URL.Path, m.client.ProxyHost(request.URL)
		m.redactor.Add(headerSecrets(request.Header)...)
		name = fmt.Sprintf("%s (%s, %s)", name, operation, request.URL.Host)
	}
	m.pending.Store(name)
	attempt, cancel := context.WithTimeout(ctx, maxAttemptDuration)
	defer cancel()
	out, metadata, err := next.HandleDeserialize(attempt, in)
	problem := ""
	if err == nil {
		problem = checkResult(path, out.Result, m.redactor)
	}
	var sendError *smithyhttp.RequestSendError
	var malformed *conns.MalformedResponseError
	var api *smithy.GenericAPIError
	if errors.As(err, &api) && !codePattern.MatchString(api.Code) {
		api.Code = "UnknownError" // as the SDK calls an error without a code
	}
	switch {
	case problem != "":
		err = &conns.MalformedResponseError{Problem: name + " returned " + problem}
	case err == nil:
		m.pending.Store("")
	case attempt.Err() != nil && ctx.Err() == nil:
		// The SDK doesn't retry a canceled request, but this error.
		err = fmt.Errorf("no complete response within %s: %w", maxAttemptDuration, context.DeadlineExceeded)
	case errors.As(err, &malformed):
		err = &conns.MalformedResponseError{Problem: name + ": " + malformed.Problem}
	case errors.As(err, &sendError):
		err = m.nameEndpoint(service, proxy, err)
	case isSuccess(out.RawResponse) && isParserError(err):
		// The parser's error can quote the credentials.
		err = &conns.MalformedResponseError{Problem: name + " returned a response that can't be parsed"}
	}
	return out, metadata, err
}

func isSuccess(response any) bool {
	received, ok := response.(*smithyhttp.Response)
	return ok && received.StatusCode < http.StatusMultipleChoices
}

// isParserError reports whether err is about the content of a response.
func isParserError(err error) bool {
	var unparsable *smithy.DeserializationError
	var number *strconv.NumError // The lifetime of a token of the metadata service is a header.
	return errors.As(err, &unparsable) || errors.As(err, &number)
}

// nameEndpoint adds the proxy, and where the endpoint of a service is configured, to
// an error.
func (m *monitor) nameEndpoint(serviceID, proxy string, err error) error {
	if proxy != "" {
		err = fmt.Errorf("%w (through the proxy %s)", err, proxy)
	}
	for _, endpoint := range m.custom {
		if endpoint.serviceID == serviceID {
			return fmt.Errorf("%w (the URL %s is from %s)", err, redactPassword(endpoint.url), endpoint.source)
		}
	}
	return err
}

// serviceName returns what users call a service. The clients of the metadata
// services have no ID.
func serviceName(id, operation string) string {
	switch {
	case strings.HasPrefix(id, sso.ServiceID): // or "SSO OIDC"
		return "IAM Identity Center (SSO)"
	case id != "":
		return id
	case operation == "GetCredentials":
		return "The container credentials endpoint"
	}
	return "The EC2 instance metadata service"
}

// inputSecrets returns the secrets in the body of a request, which the SDK reads from
// its caches of tokens. Other secrets in a body are known before the request.
func inputSecrets(input any) []string {
	switch in := input.(type) {
	case *ssooidc.CreateTokenInput:
		return []string{aws.ToString(in.ClientSecret), aws.ToString(in.RefreshToken)}
	case *signin.CreateOAuth2TokenInput:
		if in.TokenInput != nil {
			return []string{aws.ToString(in.TokenInput.RefreshToken)}
		}
	}
	return nil
}

// headerSecrets returns the secrets in the header of a request. The signature of
// a request is redacted by its form.
func headerSecrets(header http.Header) []string {
	secrets := []string{
		header.Get("X-Amz-Security-Token"), header.Get("X-Amz-Sso_bearer_token"), header.Get("X-Aws-Ec2-Metadata-Token"),
	}
	if token := header.Get("Authorization"); !strings.HasPrefix(token, "AWS4-") { // It is a token of the container.
		_, withoutScheme, _ := strings.Cut(token, " ")
		secrets = append(secrets, token, withoutScheme)
	}
	return secrets
}

// limitResponse limits the size of a response, which the SDK parses without a
// limit. What is cut off can't be parsed. It rejects redirects, which no service
// returns.
func limitResponse(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	response, ok := out.RawResponse.(*smithyhttp.Response)
	if err != nil || !ok {
		return out, metadata, err
	}
	if response.StatusCode >= http.StatusMultipleChoices && response.StatusCode < http.StatusBadRequest {
		_ = response.Body.Close() // The response is discarded, whether that succeeds or not.
		return out, metadata, &conns.MalformedResponseError{Problem: "unexpected status " + response.Status}
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, maxResponseSize), response.Body}
	return out, metadata, nil
}
