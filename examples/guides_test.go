// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

var snippet = regexp.MustCompile("(?s)```terraform\n(.*?)```")

const uses = `data "customerprofiles_workflow" "used" {
  domain_name = "acme"
  workflow_id = "0123456789abcdef0123456789abcdef"
}
`

// What the guides show is formatted and valid.
func TestAccGuides(t *testing.T) {
	t.Parallel()
	acctest.Terraform(t)
	guides, err := filepath.Glob("../templates/guides/*.md")
	if err != nil || len(guides) == 0 {
		t.Fatalf("no guides: %v", err)
	}
	for _, guide := range guides {
		content, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		for i, found := range snippet.FindAllStringSubmatch(string(content), -1) {
			t.Run(fmt.Sprintf("%s/%d", filepath.Base(guide), i+1), func(t *testing.T) {
				t.Parallel()
				requireFeatures(t, "\n"+found[1])
				files := map[string]string{"main.tf": found[1]}
				if !strings.Contains(found[1], "required_providers") {
					files["required_providers.tf"] = strings.TrimPrefix(acctest.RequiredProviders, "\n")
				}
				// Terraform does not validate a provider that nothing uses.
				if !strings.Contains(found[1], "data \"") {
					files["uses.tf"] = uses
				}
				cli := acctest.NewCLI(t, files)
				cli.MustRun(t, "fmt", "-check", "-diff")
				cli.MustRun(t, "validate", "-no-color")
			})
		}
	}
}
