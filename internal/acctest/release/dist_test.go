// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

//go:build testacc_release

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

// platforms are those of HashiCorp's scaffolding for providers.
var platforms = []string{
	"darwin_amd64", "darwin_arm64",
	"freebsd_386", "freebsd_amd64", "freebsd_arm", "freebsd_arm64",
	"linux_386", "linux_amd64", "linux_arm", "linux_arm64",
	"windows_386", "windows_amd64", "windows_arm64",
}

func TestMain(m *testing.M) { acctest.Main(m) }

// dist is the folder of the built release, and the version in it.
func dist(t *testing.T) (folder, version string) {
	t.Helper()
	folder = os.Getenv("TESTACC_RELEASE_DIST")
	if folder == "" {
		t.Fatal("TESTACC_RELEASE_DIST must name the folder of a release: use make release-snapshot testacc-release")
	}
	sums, err := filepath.Glob(filepath.Join(folder, project+"_*_SHA256SUMS"))
	if err != nil || len(sums) != 1 {
		t.Fatalf("%s holds %d releases (%v), not one: run make release-snapshot", folder, len(sums), err)
	}
	version = strings.TrimSuffix(strings.TrimPrefix(filepath.Base(sums[0]), project+"_"), "_SHA256SUMS")
	return folder, version
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// released is every file that a release of the version holds, but the checksums
// and their signature.
func released(version string) []string {
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

// The registry verifies what it serves by this file, and refuses a release
// whose names it does not know.
func TestChecksums(t *testing.T) {
	t.Parallel()
	folder, version := dist(t)
	var names []string
	for line := range strings.Lines(string(read(t, filepath.Join(folder, project+"_"+version+"_SHA256SUMS")))) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		names = append(names, name)
		path := filepath.Join(folder, name)
		if strings.HasSuffix(name, "_manifest.json") {
			path = filepath.Join("..", "..", "..", "terraform-registry-manifest.json")
		}
		if got := sha256.Sum256(read(t, path)); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s is not the file whose checksum is listed", name)
		}
	}
	slices.Sort(names)
	if want := released(version); !slices.Equal(names, want) {
		t.Errorf("the checksums list\n  %s\nnot\n  %s", strings.Join(names, "\n  "), strings.Join(want, "\n  "))
	}
}

// The registry reads from it which protocol the provider speaks.
func TestManifest(t *testing.T) {
	t.Parallel()
	var manifest struct {
		Version  int `json:"version"`
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(read(t, filepath.Join("..", "..", "..", "terraform-registry-manifest.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Version != 1 || !slices.Equal(manifest.Metadata.ProtocolVersions, []string{"6.0"}) {
		t.Errorf("the manifest says %+v, and the provider speaks protocol 6.0", manifest)
	}
}

// bom is what the test reads of an SBOM in CycloneDX's form.
type bom struct {
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

// An SBOM without the libraries would be a file for the sake of a file.
func TestSBOM(t *testing.T) {
	t.Parallel()
	folder, version := dist(t)
	for program, library := range map[string]string{
		project:                      "github.com/hashicorp/terraform-plugin-framework",
		"customerprofiles-simulator": "github.com/aws/aws-sdk-go-v2",
	} {
		for _, platform := range platforms {
			var sbom bom
			name := program + "_" + version + "_" + platform + ".cdx.json"
			if err := json.Unmarshal(read(t, filepath.Join(folder, name)), &sbom); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if sbom.Format != "CycloneDX" || sbom.Metadata.Component.Version != "v"+version {
				t.Errorf("%s is a %q of version %q", name, sbom.Format, sbom.Metadata.Component.Version)
			}
			if !slices.ContainsFunc(sbom.Components, func(c component) bool { return c.Name == library && semver.MatchString(c.Version) }) {
				t.Errorf("%s does not name %s", name, library)
			}
		}
	}
}
