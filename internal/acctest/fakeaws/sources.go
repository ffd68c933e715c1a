// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package fakeaws

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// The tokens that the services ask for.
const (
	// SSOToken is the access token of IAM Identity Center.
	SSOToken = "sso-access-token/of+a+user"
	// ContainerToken is the one that a container shows for its credentials.
	ContainerToken = "container-authorization-token"
	// InstanceToken is the one that the metadata service gives for a session.
	InstanceToken = "metadata-session-token"
)

// InstanceRegion is where the metadata service says that the instance is.
const InstanceRegion = "ap-southeast-2"

func (s *Services) sso(w http.ResponseWriter, r *http.Request) {
	s.record(Call{Service: "sso", Action: r.Method + " " + r.URL.Path, Role: r.URL.Query().Get("role_name")})
	if r.URL.Path != "/federation/credentials" || r.Header.Get("X-Amz-Sso_bearer_token") != SSOToken {
		w.Header().Set("X-Amzn-ErrorType", "UnauthorizedException")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = fmt.Fprint(w, `{"message":"Session token not found or invalid"}`)
		return
	}
	issued := Issued(SSORole)
	answerJSON(w, map[string]any{"roleCredentials": map[string]any{
		"accessKeyId": issued.AccessKeyID, "secretAccessKey": issued.SecretAccessKey, "sessionToken": issued.SessionToken,
		"expiration": time.Now().Add(time.Hour).UnixMilli(),
	}})
}

// metadata is version 2 of the instance's metadata service, which asks for a
// token, and the container's credentials.
func (s *Services) metadata(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/container" {
		s.container(w, r)
		return
	}
	s.record(Call{Service: "metadata", Action: r.Method + " " + r.URL.Path})
	if r.Method == http.MethodPut && r.URL.Path == "/latest/api/token" {
		w.Header().Set("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "21600")
		_, _ = fmt.Fprint(w, InstanceToken)
		return
	}
	if r.Header.Get("X-Aws-Ec2-Metadata-Token") != InstanceToken {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	switch r.URL.Path {
	case "/latest/meta-data/iam/security-credentials/", "/latest/meta-data/iam/security-credentials":
		_, _ = fmt.Fprint(w, InstanceRole)
	case "/latest/meta-data/iam/security-credentials/" + InstanceRole:
		answerJSON(w, credentialDocument(Issued(InstanceRole)))
	case "/latest/meta-data/iam/info":
		answerJSON(w, map[string]any{"Code": "Success", "InstanceProfileArn": "arn:aws:iam::" + Account + ":instance-profile/p", "InstanceProfileId": "AIPA"})
	case "/latest/dynamic/instance-identity/document":
		answerJSON(w, map[string]any{"region": InstanceRegion, "accountId": Account})
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (s *Services) container(w http.ResponseWriter, r *http.Request) {
	s.record(Call{Service: "container", Action: r.Method + " " + r.URL.Path})
	if r.Header.Get("Authorization") != ContainerToken {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	answerJSON(w, credentialDocument(Issued(ContainerRole)))
}

func credentialDocument(issued simulator.Credential) map[string]any {
	return map[string]any{
		"Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "2024-01-01T00:00:00Z", "Expiration": inAnHour(),
		"AccessKeyId": issued.AccessKeyID, "SecretAccessKey": issued.SecretAccessKey, "Token": issued.SessionToken,
	}
}

func answerJSON(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // Who has gone away needs no answer.
}
