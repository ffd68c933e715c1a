// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// The rows together set every argument there is, beside those that are refused
// for it.
func TestRowsSetEveryArgument(t *testing.T) {
	t.Parallel()
	set := map[string]bool{}
	for _, rows := range []map[string]row{credentialRows, roleRows, accountRows, networkRows, endpointRows(), requestRows} {
		for name, row := range rows {
			var config map[string]any
			if row.config == "" || row.stage == "validate" {
				continue
			}
			if err := json.Unmarshal([]byte(row.config), &config); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			collect(set, "", config)
		}
	}
	for _, argument := range arguments(t) {
		if !set[argument] {
			t.Errorf("no row sets %s", argument)
		}
	}
}

func collect(set map[string]bool, prefix string, object map[string]any) {
	for name, value := range object {
		set[prefix+name] = true
		blocks, _ := value.([]any)
		for _, block := range blocks {
			if nested, ok := block.(map[string]any); ok {
				collect(set, prefix+name+".", nested)
			}
		}
	}
}

// providerSchema is the provider block as Terraform is told of it.
func providerSchema(t *testing.T) *tfprotov6.Schema {
	t.Helper()
	schema, err := server.New("test").GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return schema.Provider
}

// arguments are the names of the provider's arguments, those of a block behind
// its name.
func arguments(t *testing.T) []string {
	t.Helper()
	block := providerSchema(t).Block
	var names []string
	for _, attribute := range block.Attributes {
		names = append(names, attribute.Name)
	}
	for _, nested := range block.BlockTypes {
		for _, attribute := range nested.Block.Attributes {
			names = append(names, nested.TypeName+"."+attribute.Name)
		}
	}
	return names
}

// The arguments are those that the provider promises, and the secret ones are
// marked so.
func TestArguments(t *testing.T) {
	t.Parallel()
	names := arguments(t)
	slices.Sort(names)
	want := strings.Fields(`access_key allowed_account_ids
		assume_role.duration assume_role.external_id assume_role.policy assume_role.policy_arns assume_role.role_arn
		assume_role.session_name assume_role.source_identity assume_role.tags assume_role.transitive_tag_keys
		assume_role_with_web_identity.duration assume_role_with_web_identity.policy assume_role_with_web_identity.policy_arns
		assume_role_with_web_identity.role_arn assume_role_with_web_identity.session_name
		assume_role_with_web_identity.web_identity_token assume_role_with_web_identity.web_identity_token_file
		custom_ca_bundle ec2_metadata_service_endpoint ec2_metadata_service_endpoint_mode
		endpoints.customerprofiles endpoints.iam endpoints.sso endpoints.sts forbidden_account_ids http_proxy https_proxy insecure
		max_retries no_proxy profile region retry_mode secret_key shared_config_files shared_credentials_files
		skip_credentials_validation skip_metadata_api_check skip_region_validation skip_requesting_account_id sts_region token
		token_bucket_rate_limiter_capacity use_dualstack_endpoint use_fips_endpoint user_agent`)
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("arguments\n  %q\nwant\n  %q", names, want)
	}

	secrets := []string{"access_key", "secret_key", "token", "web_identity_token"}
	block := providerSchema(t).Block
	attributes := block.Attributes
	for _, nested := range block.BlockTypes {
		attributes = append(attributes, nested.Block.Attributes...)
	}
	for _, attribute := range attributes {
		if want := slices.Contains(secrets, attribute.Name); attribute.Sensitive != want {
			t.Errorf("%s is sensitive: %v, want %v", attribute.Name, attribute.Sensitive, want)
		}
		if attribute.Description == "" || !strings.HasSuffix(attribute.Description, ".") {
			t.Errorf("%s is described as %q", attribute.Name, attribute.Description)
		}
	}
}

// One row of each kind runs through Terraform, which starts the built provider.
func TestAccRows(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	all := map[string]row{}
	for kind, rows := range map[string]map[string]row{
		"credentials": credentialRows, "roles": roleRows, "accounts": accountRows, "network": networkRows,
		"endpoints": endpointRows(), "requests": requestRows, "validation": validationRows,
	} {
		for name, row := range rows {
			if kind == "validation" {
				row.stage = "validate"
			}
			all[kind+"/"+name] = row
		}
	}
	for _, name := range []string{
		"credentials/static, in the block", "credentials/environment", "credentials/profile", "credentials/credential_process",
		"credentials/SSO cache", "credentials/container", "credentials/metadata service", "credentials/the block comes before the environment",
		"credentials/a missing profile", "roles/one role", "roles/a chain of three", "roles/a role that is denied", "roles/web identity",
		"roles/web identity, by the environment", "roles/web identity, an expired token", "roles/web identity, a missing file",
		"accounts/an account that is not allowed", "network/a custom CA", "network/a proxy for HTTPS", "network/an endpoint in the clear",
		"endpoints/eu-west-1, FIPS true, dual stack true", "requests/max_retries", "requests/the data source's Region",
		"requests/the data source's does not exist", "validation/two web identities",
	} {
		row, ok := all[name]
		if !ok {
			t.Fatalf("there is no row %q", name)
		}
		t.Run(name, row.runCLI)
	}
}

// runCLI is the row through Terraform.
func (r row) runCLI(t *testing.T) {
	t.Parallel()
	w := r.arrange(t)
	cli := r.cli(t, w)
	output, err := cli.Run("plan", "-input=false", "-no-color")
	if (err != nil) != (r.stage != "") {
		t.Fatalf("terraform plan: %v\n%s", err, output)
	}
	said := onOneLine(output)
	wanted := slices.Clone(r.errors)
	if r.warning != "" {
		wanted = append(wanted, r.warning)
	}
	for _, want := range wanted {
		if !strings.Contains(said, onOneLine(want)) {
			t.Errorf("terraform plan does not say %q:\n%s", want, output)
		}
	}
	r.agent = "" // It names the version of Terraform.
	r.checkServices(t, w)
}

// cli is Terraform, ready to read the row's data source.
func (r row) cli(t *testing.T, w *world) *acctest.CLI {
	t.Helper()
	source := map[string]any{"domain_name": domainName, "workflow_id": workflowID}
	if r.region != "" {
		source["region"] = r.region
	}
	// On lines of their own: Terraform shows the line that a diagnostic is about.
	main, err := json.MarshalIndent(map[string]any{
		"provider": map[string]any{"customerprofiles": r.block(w)},
		"data":     map[string]any{"customerprofiles_workflow": map[string]any{"test": source}},
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	cli := acctest.NewCLI(t, map[string]string{"versions.tf": acctest.RequiredProviders, "main.tf.json": string(main)}, w.environment(r.env)...)
	cli.Env = without(cli.Env, r.env)
	return cli
}

// without is an environment without the variables that the row takes out.
func without(env []string, row map[string]string) []string {
	return slices.DeleteFunc(env, func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		value, mentioned := row[name]
		return mentioned && value == ""
	})
}

var (
	margin = regexp.MustCompile(`(?m)^[│╷╵ ]+`)
	spaces = regexp.MustCompile(`\s+`)
)

// onOneLine undoes Terraform's line breaks.
func onOneLine(output string) string {
	return strings.TrimSpace(spaces.ReplaceAllString(margin.ReplaceAllString(output, ""), " "))
}
