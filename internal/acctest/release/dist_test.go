// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build testacc_release

// Package release tests the output of `make release-snapshot`: its files against
// the requirements of the registry, and its installation as a user does it. `make
// testacc-release` runs the tests.
package release

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
)

const project = "terraform-provider-customerprofiles"

// platforms are those of HashiCorp's terraform-provider-scaffolding-framework.
var platforms = []string{
	"darwin_amd64", "darwin_arm64",
	"freebsd_386", "freebsd_amd64", "freebsd_arm", "freebsd_arm64",
	"linux_386", "linux_amd64", "linux_arm", "linux_arm64",
	"windows_386", "windows_amd64", "windows_arm64",
}

func TestMain(m *testing.M) { acctest.Main(m) }

// dist returns the directory of the release, and its version.
func dist(t *testing.T) (dir, version string) {
	t.Helper()
	dir = os.Getenv("TESTACC_RELEASE_DIST")
	if dir == "" {
		t.Fatal("TESTACC_RELEASE_DIST is not set: use make release-snapshot testacc-release")
	}
	sums, err := filepath.Glob(filepath.Join(dir, project+"_*_SHA256SUMS"))
	if err != nil || len(sums) != 1 {
		t.Fatalf("%s has %d releases (%v), want 1: run make release-snapshot", dir, len(sums), err)
	}
	version = strings.TrimSuffix(strings.TrimPrefix(filepath.Base(sums[0]), project+"_"), "_SHA256SUMS")
	return dir, version
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// releaseFiles returns the names of the files of a release, except for the
// checksums and their signature.
func releaseFiles(version string) []string {
	manifest := project + "_" + version + "_manifest.json"
	names := []string{manifest}
	for _, platform := range platforms {
		simulator := "customerprofiles-simulator_" + version + "_" + platform
		archive := ".tar.gz"
		if strings.HasPrefix(platform, "windows_") {
			archive = ".zip"
		}
		provider := project + "_" + version + "_" + platform
		names = append(names, provider+".zip", provider+".cdx.json", simulator+archive, simulator+".cdx.json")
	}
	slices.Sort(names)
	return names
}

// The registry verifies its downloads with the checksums, and rejects a release
// with other file names.
func TestChecksums(t *testing.T) {
	t.Parallel()
	dir, version := dist(t)
	var names []string
	for line := range strings.Lines(string(read(t, filepath.Join(dir, project+"_"+version+"_SHA256SUMS")))) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		names = append(names, name)
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "_manifest.json") {
			path = filepath.Join("..", "..", "..", "terraform-registry-manifest.json")
		}
		if got := sha256.Sum256(read(t, path)); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s has a different checksum", name)
		}
	}
	slices.Sort(names)
	if want := releaseFiles(version); !slices.Equal(names, want) {
		t.Errorf("the checksums list\n  %s\nwant\n  %s", strings.Join(names, "\n  "), strings.Join(want, "\n  "))
	}
}

// The registry reads the versions of the plugin protocol from the manifest.
func TestManifest(t *testing.T) {
	t.Parallel()
	var manifest struct {
		Version  int `json:"version"`
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	content := read(t, filepath.Join("..", "..", "..", "terraform-registry-manifest.json"))
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Version != 1 || !slices.Equal(manifest.Metadata.ProtocolVersions, []string{"6.0"}) {
		t.Errorf("manifest %+v, want version 1 and protocol 6.0", manifest)
	}
}

// sbom has the members of a CycloneDX SBOM that the test checks.
type sbom struct {
	Format   string `json:"bomFormat"`
	Metadata struct {
		Component component `json:"component"`
	} `json:"metadata"`
	Components []component `json:"components"`
}

type component struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

var semver = regexp.MustCompile(`^v\d+\.\d+\.\d+`)

func TestSBOM(t *testing.T) {
	t.Parallel()
	dir, version := dist(t)
	for program, library := range map[string]string{
		project:                      "github.com/hashicorp/terraform-plugin-framework",
		"customerprofiles-simulator": "github.com/aws/aws-sdk-go-v2",
	} {
		for _, platform := range platforms {
			var got sbom
			name := program + "_" + version + "_" + platform + ".cdx.json"
			if err := json.Unmarshal(read(t, filepath.Join(dir, name)), &got); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got.Format != "CycloneDX" || got.Metadata.Component.Version != "v"+version {
				t.Errorf("%s has format %q and version %q", name, got.Format, got.Metadata.Component.Version)
			}
			if !slices.ContainsFunc(got.Components, func(c component) bool {
				return c.Name == library && semver.MatchString(c.Version)
			}) {
				t.Errorf("%s has no version of %s", name, library)
			}
		}
	}
}
