// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package fakeaws

import (
	"fmt"
	"net/http"
	"time"
)

// What the services refuse.
const (
	// DeniedRole cannot be assumed.
	DeniedRole = "denied"
	// MisSignedRole is answered as AWS answers a wrong signature: with the
	// request that should have been signed.
	MisSignedRole = "missigned"
	// WaningRole has credentials that have expired when they come, and is
	// answered like MisSignedRole from the third time on that it is assumed
	// with the same keys.
	WaningRole = "waning"
	// ExpiredToken is a web identity token that is too old.
	ExpiredToken = "expired-web-identity-token"
	// InvalidAccessKey is an access key that STS does not know.
	InvalidAccessKey = "AKIAINVALID"
	// ThrottledAccessKey is one whose calls STS throttles.
	ThrottledAccessKey = "AKIATHROTTLED"
	// FailingAccessKey is one for which STS fails.
	FailingAccessKey = "AKIAFAILING"
)

func (s *Services) sts(w http.ResponseWriter, r *http.Request) {
	call := queryCall("sts", r)
	s.record(call)
	switch {
	case call.AccessKeyID == InvalidAccessKey:
		refuseXML(w, http.StatusForbidden, "InvalidClientTokenId", "The security token included in the request is invalid.")
	case call.AccessKeyID == ThrottledAccessKey:
		refuseXML(w, http.StatusBadRequest, "Throttling", "Rate exceeded")
	case call.AccessKeyID == FailingAccessKey:
		refuseXML(w, http.StatusServiceUnavailable, "ServiceUnavailable", "Try again")
	case call.Role == DeniedRole:
		refuseXML(w, http.StatusForbidden, "AccessDenied", "User is not authorized to perform: sts:AssumeRole")
	case call.Role == MisSignedRole, call.Role == WaningRole && s.assumed(call) > 2:
		refuseXML(w, http.StatusForbidden, "SignatureDoesNotMatch", "The Canonical String for this request should have been\n'POST\n/\n\n"+
			"host:sts.amazonaws.com\nx-amz-security-token:"+r.Header.Get("X-Amz-Security-Token")+"\n'")
	case call.Parameters["WebIdentityToken"] == ExpiredToken:
		refuseXML(w, http.StatusBadRequest, "ExpiredTokenException", "Token expired: current date/time must be before the expiration date/time")
	case call.Action == "AssumeRole", call.Action == "AssumeRoleWithWebIdentity":
		issued := Issued(call.Role)
		answerXML(w, call.Action, fmt.Sprintf(`<Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>`+
			`<SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>`+
			`<AssumedRoleUser><Arn>arn:aws:sts::%s:assumed-role/%s/session</Arn><AssumedRoleId>AROA:session</AssumedRoleId></AssumedRoleUser>`,
			issued.AccessKeyID, issued.SecretAccessKey, issued.SessionToken, expiry(call.Role), Account, call.Role))
	case call.Action == "GetCallerIdentity":
		answerXML(w, call.Action, fmt.Sprintf(`<Arn>arn:aws:iam::%s:user/tester</Arn><UserId>AIDATESTER</UserId><Account>%s</Account>`, Account, Account))
	default:
		refuseXML(w, http.StatusBadRequest, "InvalidAction", "Could not find operation "+call.Action)
	}
}

// assumed is how often the call's role was assumed with the call's keys.
func (s *Services) assumed(like Call) int {
	times := 0
	for _, call := range s.Calls("sts") {
		if call.Role == like.Role && call.AccessKeyID == like.AccessKeyID {
			times++
		}
	}
	return times
}

// expiry is when a role's credentials expire.
func expiry(role string) string {
	if role == WaningRole {
		return "2024-01-01T00:00:00Z"
	}
	return inAnHour()
}

func (s *Services) iam(w http.ResponseWriter, r *http.Request) {
	call := queryCall("iam", r)
	s.record(call)
	if call.Action != "GetUser" {
		refuseXML(w, http.StatusBadRequest, "InvalidAction", "Could not find operation "+call.Action)
		return
	}
	answerXML(w, call.Action, fmt.Sprintf(`<User><Arn>arn:aws:iam::%s:user/tester</Arn><UserId>AIDATESTER</UserId><UserName>tester</UserName>`+
		`<Path>/</Path><CreateDate>2024-01-01T00:00:00Z</CreateDate></User>`, Account))
}

// queryCall reads a request of AWS's query protocol.
func queryCall(service string, r *http.Request) Call {
	_ = r.ParseForm() // What cannot be parsed has no action, and is refused for that.
	parameters := map[string]string{}
	for name := range r.PostForm {
		parameters[name] = r.PostForm.Get(name)
	}
	call := Call{Service: service, Action: parameters["Action"], Role: roleName(parameters["RoleArn"]), Parameters: parameters}
	call.AccessKeyID, call.Region, call.Signature = signer(r)
	return call
}

func answerXML(w http.ResponseWriter, action, result string) {
	w.Header().Set("Content-Type", "text/xml")
	_, _ = fmt.Fprintf(w, `<%[1]sResponse xmlns="https://example.com/"><%[1]sResult>%[2]s</%[1]sResult>`+
		`<ResponseMetadata><RequestId>request</RequestId></ResponseMetadata></%[1]sResponse>`, action, result)
}

func refuseXML(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "text/xml")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>request</RequestId></ErrorResponse>`,
		code, message)
}

func inAnHour() string { return time.Now().Add(time.Hour).UTC().Format(time.RFC3339) }
