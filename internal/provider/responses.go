// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// checkResult returns the problem with a successful response, or an empty string.
// The SDK's credentials providers dereference or return what is missing, and quote
// what they can't use.
func checkResult(path string, result any, redactor *conns.Redactor) string {
	if metadata, ok := result.(*imds.GetMetadataOutput); ok {
		return checkMetadata(path, metadata, redactor)
	}
	if !hasCredentials(result) {
		return "no complete credentials"
	}
	return ""
}

// rolesPattern matches the names of roles, one a line.
var rolesPattern = regexp.MustCompile(`^(?:[\w+=,.@-]{1,64}(?:\r?\n|$))*$`)

// checkMetadata returns the problem with a list of roles, or with the credentials
// of a role, from the EC2 instance metadata service. It returns an empty string if
// there is none.
func checkMetadata(path string, metadata *imds.GetMetadataOutput, redactor *conns.Redactor) string {
	content, err := io.ReadAll(metadata.Content) // The SDK has read it from the connection.
	if err != nil {
		return "a response that can't be read"
	}
	metadata.Content = io.NopCloser(bytes.NewReader(content))
	if isList := strings.HasSuffix(path, "/"); isList {
		if !rolesPattern.Match(content) {
			return "something other than the name of a role"
		}
		return ""
	}
	var document struct {
		Code, Message, AccessKeyID, SecretAccessKey, Token string
		Expiration                                         time.Time
	}
	if json.Unmarshal(content, &document) != nil {
		return "credentials that can't be parsed"
	}
	redactor.Add(document.SecretAccessKey, document.Token) // The message may repeat them.
	return ""
}

// hasCredentials reports whether a successful response has complete credentials, if
// it should have any.
func hasCredentials(result any) bool {
	switch out := result.(type) {
	case *sts.AssumeRoleOutput:
		return isCompleteSTS(out.Credentials)
	case *sts.AssumeRoleWithWebIdentityOutput:
		return isCompleteSTS(out.Credentials)
	case *sso.GetRoleCredentialsOutput:
		c := out.RoleCredentials
		return c != nil && c.Expiration > 0 && areSet(c.AccessKeyId, c.SecretAccessKey, c.SessionToken)
	case *ssooidc.CreateTokenOutput: // The SDK writes it to its cache of tokens.
		return areSet(out.AccessToken)
	}
	// The container credentials, whose type isn't exported, are nil for the body "null".
	value := reflect.ValueOf(result)
	return value.Kind() != reflect.Pointer || !value.IsNil()
}

func isCompleteSTS(c *ststypes.Credentials) bool {
	return c != nil && c.Expiration != nil && areSet(c.AccessKeyId, c.SecretAccessKey, c.SessionToken)
}

func areSet(values ...*string) bool {
	for _, value := range values {
		if aws.ToString(value) == "" {
			return false
		}
	}
	return true
}
