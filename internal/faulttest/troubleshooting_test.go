// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// otherSummaries aren't string literals in the call that makes the diagnostic.
var otherSummaries = []string{
	// Package diagnostics composes these.
	workflowNotFound, domainNotFound, "Integration not found", "Timed out waiting for workflow",
	// The provider passes these of aws-sdk-go-base through.
	"Cannot assume IAM Role", "Cannot assume IAM Role with web identity", "Deprecated Environment Variable",
	"Invalid HTTP Proxy", "Invalid HTTPS Proxy", "Missing HTTPS Proxy",
}

// The guide must have a section for each diagnostic of the provider, and no other.
func TestTroubleshootingGuide(t *testing.T) {
	t.Parallel()
	summaries := map[string]bool{}
	for _, summary := range otherSummaries {
		summaries[summary] = true
	}
	for _, directory := range []string{"diagnostics", "framework", "provider", "datasource"} {
		collectSummaries(t, filepath.Join("..", directory), summaries)
	}
	guide, err := os.ReadFile("../../templates/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, section := range strings.Split(string(guide), "\n### ")[1:] {
		heading, text, _ := strings.Cut(section, "\n")
		sections[heading] = text
	}
	for summary := range summaries {
		if _, ok := sections[summary]; !ok {
			t.Errorf("the guide has no section %q", summary)
		}
	}
	for heading, text := range sections {
		if !summaries[heading] {
			t.Errorf("no diagnostic has the summary %q", heading)
		}
		if !strings.Contains(text, "\n**Cause.** ") || !strings.Contains(text, "\n**What to do.** ") {
			t.Errorf("section %q has no cause, or doesn't say what to do", heading)
		}
	}
}

// diagnosticFunction matches the functions that make a diagnostic. The summary is
// their first string literal.
var diagnosticFunction = regexp.MustCompile(`^(Add|New)(Attribute)?(Error|Warning)(Diagnostic)?$`)

// collectSummaries adds the summaries of the diagnostics that the code makes, and
// the titles of the causes of package diagnostics.
func collectSummaries(t *testing.T, directory string, summaries map[string]bool) {
	t.Helper()
	err := filepath.WalkDir(directory, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				function, ok := node.Fun.(*ast.SelectorExpr)
				if !ok || !diagnosticFunction.MatchString(function.Sel.Name) {
					return true
				}
				// The path of an attribute comes first.
				at := strings.Count(function.Sel.Name, "Attribute")
				addLiteral(node.Args[at], summaries)
			case *ast.CompositeLit:
				if name, ok := node.Type.(*ast.Ident); ok && name.Name == "cause" && len(node.Elts) > 0 {
					addLiteral(node.Elts[0], summaries)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// addLiteral adds a summary that is a string literal, or begins with one.
func addLiteral(summary ast.Expr, summaries map[string]bool) {
	suffix := ""
	if sum, ok := summary.(*ast.BinaryExpr); ok {
		summary, suffix = sum.X, "…"
	}
	literal, ok := summary.(*ast.BasicLit)
	if !ok {
		return
	}
	if text, err := strconv.Unquote(literal.Value); err == nil && text != "" {
		summaries[text+suffix] = true
	}
}
