// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest/fakeaws"
)

// Whatever credentials are used, and however much is logged, no secret, token
// or signature reaches the log, the output, the state, or a saved plan beside
// the copy of the configuration that Terraform puts there.
func TestAccSecrets(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	for name, row := range map[string]row{
		"static":                           credentialRows["static, in the block"],
		"static, with a token":             credentialRows["static, with a token"],
		"environment, with a token":        credentialRows["environment, with a token"],
		"profile":                          credentialRows["profile"],
		"credential_process":               credentialRows["credential_process"],
		"a process that prints nonsense":   credentialRows["a process that prints nonsense"],
		"a process that ceases to work":    credentialRows["a process that prints nonsense when it is read"],
		"SSO cache":                        credentialRows["SSO cache"],
		"container":                        credentialRows["container"],
		"metadata service":                 credentialRows["metadata service"],
		"one role":                         roleRows["one role, with every argument"],
		"a chain of three":                 roleRows["a chain of three"],
		"a chain that STS refuses":         roleRows["an error that shows the token"],
		"a chain that STS ceases to allow": roleRows["an error that shows the token when it is read"],
		"web identity":                     roleRows["web identity"],
		"web identity, by a file":          roleRows["web identity, by a file"],
		"web identity, by the environment": roleRows["web identity, by the environment"],
		"web identity, an expired token":   roleRows["web identity, an expired token"],
		"validated credentials":            accountRows["valid credentials"],
		"a proxy with a password":          networkRows["a proxy for HTTP, and so for HTTPS"],
		"a refusal that shows the token":   requestRows["an error that shows the token"],
	} {
		t.Run(name, row.leaks)
	}
}

// leaks plans and applies the row, and fails where a secret comes out.
func (r row) leaks(t *testing.T) {
	t.Parallel()
	w := r.arrange(t)
	cli := r.cli(t, w)
	log := filepath.Join(w.dir, "terraform.log")
	cli.Env = append(cli.Env, "TF_LOG=TRACE", "TF_LOG_PATH="+log)

	said := map[string]string{}
	output, err := cli.Run("plan", "-input=false", "-no-color", "-out=saved")
	said["the plan's output"] = output
	if (err != nil) != (r.stage != "") {
		t.Fatalf("terraform plan: %v\n%s", err, output)
	}
	if err == nil {
		said["the apply's output"] = cli.MustRun(t, "apply", "-input=false", "-no-color", "saved")
		said["the state's output"] = cli.MustRun(t, "state", "pull")
		said["the state"] = contents(t, filepath.Join(cli.Dir, "terraform.tfstate"))
		for name, content := range savedPlan(t, filepath.Join(cli.Dir, "saved")) {
			said["the saved plan's "+name] = content
		}
		if !strings.Contains(said["the state"], workflowID) || !strings.Contains(said["the saved plan's tfstate"], workflowID) {
			t.Errorf("the workflow is not in the state or in the saved plan")
		}
	}
	said["the log"] = contents(t, log)
	if r.accessKey != "" && (!strings.Contains(said["the log"], "Customer Profiles was called") || !strings.Contains(said["the log"], "response_body")) {
		t.Errorf("the log does not show the calls")
	}
	for what, secret := range w.secrets() {
		for where, text := range said {
			if strings.Contains(text, secret) {
				t.Errorf("%s is in %s", what, where)
			}
		}
	}
}

// secrets are all that a row may use, and the signatures of the calls that were
// made, by what they are.
func (w *world) secrets() map[string]string {
	secrets := map[string]string{
		"the SSO token": fakeaws.SSOToken, "the container's token": fakeaws.ContainerToken, "the metadata service's token": fakeaws.InstanceToken,
		"the expired token": fakeaws.ExpiredToken, "the web identity token": "an-identity-token", "the proxy's password": "pass%2Fword",
		"the proxy's password in clear": "pass/word", "the process's secret": "broken-process-secret", "the temporary token": "temporary-token/of+someone",
	}
	for _, name := range []string{"config", "env", "work", "default", "process", "temporary"} {
		secrets["the secret key of "+name] = static(name).SecretAccessKey
	}
	for _, name := range []string{"one", "two", "three", fakeaws.SSORole, fakeaws.InstanceRole, fakeaws.ContainerRole} {
		secrets["the secret key of "+name], secrets["the token of "+name] = fakeaws.Issued(name).SecretAccessKey, fakeaws.Issued(name).SessionToken
	}
	for _, call := range w.Calls("sts") {
		if call.Signature != "" {
			secrets["the signature of "+call.Action+" "+call.Role] = call.Signature
		}
	}
	for _, call := range w.sim.Calls() {
		_, secrets["the signature of "+call.Operation], _ = strings.Cut(call.Header.Get("Authorization"), "Signature=")
	}
	return secrets
}

func contents(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// savedPlan is all of a saved plan but the configuration.
func savedPlan(t *testing.T, path string) map[string]string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	all := map[string]string{}
	for _, file := range archive.File {
		if strings.HasPrefix(file.Name, "tfconfig/") {
			continue
		}
		reader, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		all[file.Name] = string(content)
	}
	return all
}
