// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// summaryPattern matches a literal summary in a call that makes a diagnostic, and
// the title of a cause in package diagnostics. The path of an attribute comes
// before the summary, and is in lower case.
var summaryPattern = regexp.MustCompile(
	`(?:(?:Add|New)(?:Attribute)?(?:Error|Warning)(?:Diagnostic)?\(|= cause\{)(?:[^"]|"[a-z_]+")*?"([A-Z][^"]+)"`)

// The guide must have a section for each diagnostic of the provider, and no other.
func TestTroubleshootingGuide(t *testing.T) {
	t.Parallel()
	summaries := map[string]bool{
		// Package diagnostics composes these.
		workflowNotFound: true, domainNotFound: true, "Integration not found": true,
		"Timed out waiting for workflow": true, "Timed out waiting for workflows": true,
		// The provider passes these of aws-sdk-go-base through.
		"Cannot assume IAM Role": true, "Cannot assume IAM Role with web identity": true,
		"Deprecated Environment Variable": true, "Invalid HTTP Proxy": true, "Invalid HTTPS Proxy": true,
		"Missing HTTPS Proxy": true,
	}
	for _, directory := range []string{"../datasource", "../diagnostics", "../framework", "../provider"} {
		err := filepath.WalkDir(directory, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, match := range summaryPattern.FindAllStringSubmatch(string(source), -1) {
				summary := match[1]
				if strings.HasSuffix(summary, " ") { // A status follows.
					summary += "…"
				}
				summaries[summary] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	guide, err := os.ReadFile("../../templates/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range strings.Split(string(guide), "\n### ")[1:] {
		heading, text, _ := strings.Cut(section, "\n")
		if !summaries[heading] {
			t.Errorf("no diagnostic has the summary %q", heading)
		}
		delete(summaries, heading)
		if !strings.Contains(text, "\n**Cause.** ") || !strings.Contains(text, "\n**What to do.** ") {
			t.Errorf("section %q has no cause, or doesn't say what to do", heading)
		}
	}
	for summary := range summaries {
		t.Errorf("the guide has no section %q", summary)
	}
}
