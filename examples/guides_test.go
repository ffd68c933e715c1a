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

var codeBlock = regexp.MustCompile("(?s)```terraform\n(.*?)```")

// TestAccGuides validates the configurations in the guides.
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
		for i, match := range codeBlock.FindAllStringSubmatch(string(content), -1) {
			t.Run(fmt.Sprintf("%s/%d", filepath.Base(guide), i+1), func(t *testing.T) {
				t.Parallel()
				files := map[string]string{"main.tf": match[1]}
				// Terraform doesn't validate a provider that isn't used.
				if !strings.Contains(match[1], "data \"") {
					files["data.tf"] = `data "customerprofiles_integrations" "all" { domain_name = "acme" }`
				}
				cli := newCLI(t, files)
				cli.MustRun(t, "fmt", "-check", "-diff", "main.tf")
				cli.MustRun(t, "validate", "-no-color")
			})
		}
	}
}
