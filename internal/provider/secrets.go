// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/base64"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
)

// configuredSecrets returns the secrets in the configuration and the environment.
func configuredSecrets(config *awsbase.Config) []string {
	secrets := []string{
		config.SecretKey, config.Token, os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SECRET_KEY"),
		os.Getenv("AWS_SESSION_TOKEN"), os.Getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
	}
	if identity := config.AssumeRoleWithWebIdentity; identity != nil {
		secrets = append(secrets, identity.WebIdentityToken)
	}
	for _, proxy := range []string{
		aws.ToString(config.HTTPProxy), aws.ToString(config.HTTPSProxy), os.Getenv("HTTP_PROXY"), os.Getenv("http_proxy"),
		os.Getenv("HTTPS_PROXY"), os.Getenv("https_proxy"),
	} {
		secrets = append(secrets, proxySecrets(proxy)...)
	}
	return secrets
}

// proxySecrets returns the password in the URL of a proxy, and the value of the
// Proxy-Authorization header.
func proxySecrets(proxy string) []string {
	if !strings.Contains(proxy, "://") {
		proxy = "http://" + proxy
	}
	u, err := url.Parse(proxy)
	if err != nil || u.User == nil {
		return nil
	}
	password, _ := u.User.Password()
	return []string{password, base64.StdEncoding.EncodeToString([]byte(u.User.Username() + ":" + password))}
}
