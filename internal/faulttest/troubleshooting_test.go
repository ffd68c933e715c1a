// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package faulttest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// summaryAt is where the functions that make a diagnostic take its summary.
var summaryAt = map[string]int{
	"AddError": 0, "AddWarning": 0, "AddAttributeError": 1, "AddAttributeWarning": 1,
	"NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1,
}

// madeElsewhere are summaries that are no strings where the diagnostic is
// made: package diagnostics's, which stand where each cause does, constants of
// that name, and aws-sdk-go-base's, which are passed on as they come.
var madeElsewhere = map[string]bool{"cause.summary": true, "summary": true, "d.Summary()": true}

// passedOn are the summaries of aws-sdk-go-base: whether they reach a user.
var passedOn = map[string]bool{
	"Cannot assume IAM Role":                   true,
	"Cannot assume IAM Role with web identity": true,
	"Deprecated Environment Variable":          true,
	"Invalid HTTP Proxy":                       true,
	"Invalid HTTPS Proxy":                      true,
	"Missing HTTPS Proxy":                      true,
	// The provider says both in its own words.
	"Assume Role With Web Identity":     false,
	"No valid credential sources found": false,
	// The library makes it, and forgets it.
	"Configuration conflict detected": false,
}

// baseSummary is how aws-sdk-go-base writes the summary of a diagnostic.
var baseSummary = regexp.MustCompile(`(?:\bAdd(?:Error|Warning)\(|\bSummary\(\) string \{\s*return|Summary +=)\s*"([^"]+)"`)

// The list of what is passed on is the library's own.
func TestPassedOn(t *testing.T) {
	t.Parallel()
	output, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/hashicorp/aws-sdk-go-base/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{}
	library := os.DirFS(strings.TrimSpace(string(output)))
	err = fs.WalkDir(library, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(library, path)
		for _, match := range baseSummary.FindAllSubmatch(source, -1) {
			made[string(match[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for summary := range made {
		if _, known := passedOn[summary]; !known {
			t.Errorf("aws-sdk-go-base makes %q, and this test does not know it", summary)
		}
	}
	for summary := range passedOn {
		if !made[summary] {
			t.Errorf("aws-sdk-go-base does not make %q", summary)
		}
	}
}

// Each diagnostic that the code can make is in the guide, with a cause and a
// cure, and the guide has no other.
func TestTroubleshooting(t *testing.T) {
	t.Parallel()
	known := summaries(t, "../..")
	for _, one := range []string{notFound, noAnswer, "No AWS Region", "Bug in the provider"} {
		if known[one] == "" {
			t.Fatalf("%q was not found: the walk is broken", one)
		}
	}
	for summary, reaches := range passedOn {
		if reaches {
			known[summary] = "aws-sdk-go-base"
		}
	}
	guide, err := os.ReadFile("../../templates/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != string(guide) {
		t.Error("docs/guides/troubleshooting.md is not what templates/guides/troubleshooting.md is")
	}

	entries := map[string]string{}
	for _, part := range strings.Split(string(guide), "\n### ")[1:] {
		heading, text, _ := strings.Cut(part, "\n")
		entries[heading] = text
	}
	for summary, where := range known {
		if _, found := entries[summary]; !found {
			t.Errorf("%s: the guide has no entry for %q", where, summary)
		}
	}
	for heading, text := range entries {
		if _, found := known[heading]; !found {
			t.Errorf("the guide has %q, and no code makes it", heading)
		}
		if !strings.Contains(text, "\n**Cause.** ") || !strings.Contains(text, "\n**Cure.** ") {
			t.Errorf("%q has no cause, or no cure", heading)
		}
	}
}

// summaries collects the summary of every diagnostic in the code under root,
// with where it is made.
func summaries(t *testing.T, root string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "acctest" || entry.Name() == "tools" || entry.Name() == ".git"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			summary := summaryOf(node)
			if summary == nil {
				return true
			}
			where := files.Position(summary.Pos()).String()
			// What is behind the words differs from case to case.
			if sum, ok := summary.(*ast.BinaryExpr); ok {
				summary = sum.X
			}
			if literal, ok := summary.(*ast.BasicLit); ok {
				text, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Errorf("%s: %v", where, err)
				}
				found[strings.TrimSpace(text)] = where
				return true
			}
			if !madeElsewhere[types.ExprString(summary)] {
				t.Errorf("%s: the summary of a diagnostic must be a string where it is made, and is %s", where, types.ExprString(summary))
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// summaryOf is the summary in a node that makes a diagnostic, or nil.
func summaryOf(node ast.Node) ast.Expr {
	switch node := node.(type) {
	case *ast.CallExpr:
		function, ok := node.Fun.(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		if at, ok := summaryAt[function.Sel.Name]; ok && at < len(node.Args) {
			return node.Args[at]
		}
	case *ast.ValueSpec:
		if node.Names[0].Name == "summary" && len(node.Values) > 0 {
			return node.Values[0]
		}
	case *ast.CompositeLit:
		if typ, ok := node.Type.(*ast.Ident); ok && typ.Name == "cause" && len(node.Elts) > 0 {
			return node.Elts[0]
		}
	case *ast.KeyValueExpr:
		if key, ok := node.Key.(*ast.Ident); ok && key.Name == "Summary" {
			return node.Value
		}
	}
	return nil
}
