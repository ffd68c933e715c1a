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

// The tokens that the services require.
const (
	// SSOToken is the access token of IAM Identity Center.
	SSOToken = "sso-access-token/of+a+user"
	// ContainerToken is the authorization token of the container.
	ContainerToken = "container-authorization-token"
	// InstanceToken is the session token of the EC2 instance metadata service.
	InstanceToken = "metadata-session-token"
)

// InstanceRegion is the Region of the EC2 instance.
const InstanceRegion = "ap-southeast-2"

func (s *Services) sso(w http.ResponseWriter, r *http.Request) {
	call := Call{Service: "sso", Action: r.Method + " " + r.URL.Path, Role: r.URL.Query().Get("role_name")}
	if s.record(call, w, r) {
		return
	}
	if r.URL.Path != "/federation/credentials" || r.Header.Get("X-Amz-Sso_bearer_token") != SSOToken {
		w.Header().Set("X-Amzn-ErrorType", "UnauthorizedException")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = fmt.Fprint(w, `{"message":"Session token not found or invalid"}`)
		return
	}
	issued := IssuedCredentials(SSORole)
	writeJSON(w, map[string]any{"roleCredentials": map[string]any{
		"accessKeyId": issued.AccessKeyID, "secretAccessKey": issued.SecretAccessKey, "sessionToken": issued.SessionToken,
		"expiration": time.Now().Add(time.Hour).UnixMilli(),
	}})
}

// metadata handles version 2 of the EC2 instance metadata service, and the
// metadata service for containers.
func (s *Services) metadata(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/container" {
		s.container(w, r)
		return
	}
	if s.record(Call{Service: "metadata", Action: r.Method + " " + r.URL.Path}, w, r) {
		return
	}
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
		writeJSON(w, credentialDocument(IssuedCredentials(InstanceRole)))
	case "/latest/dynamic/instance-identity/document":
		writeJSON(w, map[string]any{"region": InstanceRegion, "accountId": Account})
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (s *Services) container(w http.ResponseWriter, r *http.Request) {
	if s.record(Call{Service: "container", Action: r.Method + " " + r.URL.Path}, w, r) {
		return
	}
	if r.Header.Get("Authorization") != ContainerToken {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	writeJSON(w, credentialDocument(IssuedCredentials(ContainerRole)))
}

func credentialDocument(issued simulator.Credential) map[string]any {
	return map[string]any{
		"Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "2024-01-01T00:00:00Z",
		"Expiration":  time.Now().Add(time.Hour).UTC().Format(time.RFC3339),
		"AccessKeyId": issued.AccessKeyID, "SecretAccessKey": issued.SecretAccessKey, "Token": issued.SessionToken,
	}
}

func writeJSON(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // Fails only if the client is gone.
}
