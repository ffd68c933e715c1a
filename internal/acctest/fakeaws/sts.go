// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package fakeaws

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Roles, tokens, and access keys for which STS returns an error.
const (
	// DeniedRole cannot be assumed.
	DeniedRole = "denied"
	// SignatureMismatchRole returns SignatureDoesNotMatch. Like AWS, STS repeats
	// the signed request, including the session token, in the message.
	SignatureMismatchRole = "signature-mismatch"
	// ExpiringRole issues expired credentials once for the same keys, and then
	// returns SignatureDoesNotMatch.
	ExpiringRole = "expiring"
	// ExpiredToken is an expired web identity token.
	ExpiredToken = "expired-web-identity-token"
	// InvalidAccessKey does not exist.
	InvalidAccessKey = "AKIAINVALID"
	// ThrottledAccessKey is always throttled.
	ThrottledAccessKey = "AKIATHROTTLED"
	// FailingAccessKey causes a server error.
	FailingAccessKey = "AKIAFAILING"
)

func (s *Services) sts(w http.ResponseWriter, r *http.Request) {
	call := newCall("sts", r)
	if s.record(call, w, r) {
		return
	}
	switch {
	case call.AccessKeyID == InvalidAccessKey:
		writeError(w, http.StatusForbidden, "InvalidClientTokenId", "The security token included in the request is invalid.")
	case call.AccessKeyID == ThrottledAccessKey:
		writeError(w, http.StatusBadRequest, "Throttling", "Rate exceeded")
	case call.AccessKeyID == FailingAccessKey:
		writeError(w, http.StatusServiceUnavailable, "ServiceUnavailable", "Try again")
	case call.Role == DeniedRole:
		writeError(w, http.StatusForbidden, "AccessDenied", "User is not authorized to perform: sts:AssumeRole")
	case call.Role == SignatureMismatchRole, call.Role == ExpiringRole && s.count(call) > 1:
		writeError(w, http.StatusForbidden, "SignatureDoesNotMatch", "The Canonical String for this request should have "+
			"been\n'POST\n/\n\nhost:sts.amazonaws.com\nx-amz-security-token:"+r.Header.Get("X-Amz-Security-Token")+"\n'")
	case call.Parameters["WebIdentityToken"] == ExpiredToken:
		writeError(w, http.StatusBadRequest, "ExpiredTokenException", "Token expired")
	case call.Action == "AssumeRole", call.Action == "AssumeRoleWithWebIdentity":
		expiration := time.Now().Add(time.Hour)
		if call.Role == ExpiringRole {
			expiration = time.Unix(0, 0)
		}
		RespondRole(w, call.Action, call.Role, expiration)
	case call.Action == "GetCallerIdentity":
		writeResult(w, call.Action, `<Arn>arn:aws:iam::`+Account+`:user/tester</Arn><Account>`+Account+`</Account>`)
	default:
		writeError(w, http.StatusBadRequest, "InvalidAction", "Could not find operation "+call.Action)
	}
}

// RespondRole writes the response of STS with the credentials of a role.
func RespondRole(w http.ResponseWriter, action, role string, expiration time.Time) {
	issued := IssuedCredentials(role)
	writeResult(w, action, fmt.Sprintf(`<Credentials><AccessKeyId>%s</AccessKeyId>`+
		`<SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>`+
		`<AssumedRoleUser><Arn>arn:aws:sts::%s:assumed-role/%s/session</Arn><AssumedRoleId>AROA:session</AssumedRoleId>`+
		`</AssumedRoleUser>`,
		issued.AccessKeyID, issued.SecretAccessKey, issued.SessionToken, expiration.UTC().Format(time.RFC3339), Account, role))
}

// count returns how many requests had the call's role and access key.
func (s *Services) count(call Call) int {
	n := 0
	for _, c := range s.Calls(call.Service) {
		if c.Role == call.Role && c.AccessKeyID == call.AccessKeyID {
			n++
		}
	}
	return n
}

func (s *Services) iam(w http.ResponseWriter, r *http.Request) {
	call := newCall("iam", r)
	if s.record(call, w, r) {
		return
	}
	if call.Action != "GetUser" {
		writeError(w, http.StatusBadRequest, "InvalidAction", "Could not find operation "+call.Action)
		return
	}
	writeResult(w, call.Action, `<User><Arn>arn:aws:iam::`+Account+`:user/tester</Arn></User>`)
}

var authorization = regexp.MustCompile(`Credential=([^/]+)/[0-9]+/([^/]+)/.*Signature=([0-9a-f]+)`)

// newCall parses a request of the AWS Query protocol.
func newCall(service string, r *http.Request) Call {
	_ = r.ParseForm() // A malformed request has no Action, which is an error.
	call := Call{Service: service, Action: r.PostForm.Get("Action"), Parameters: map[string]string{}}
	for name := range r.PostForm {
		call.Parameters[name] = r.PostForm.Get(name)
	}
	_, call.Role, _ = strings.Cut(call.Parameters["RoleArn"], "/")
	if match := authorization.FindStringSubmatch(r.Header.Get("Authorization")); match != nil {
		call.AccessKeyID, call.Region, call.Signature = match[1], match[2], match[3]
	}
	return call
}

func writeResult(w http.ResponseWriter, action, result string) {
	w.Header().Set("Content-Type", "text/xml")
	_, _ = fmt.Fprintf(w, `<%[1]sResponse xmlns="https://example.com/"><%[1]sResult>%[2]s</%[1]sResult>`+
		`<ResponseMetadata><RequestId>request</RequestId></ResponseMetadata></%[1]sResponse>`, action, result)
}

func writeError(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "text/xml")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>`+
		`<RequestId>request</RequestId></ErrorResponse>`, code, message)
}
