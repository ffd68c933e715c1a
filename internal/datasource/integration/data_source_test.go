// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/acctest"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// uri has characters that JSON and HCL escape.
const uri = "arn:aws:appflow:us-east-1:123456789012:flow/é?&\u2028"

var integration = acctest.DataSource{
	Type:      "customerprofiles_integration",
	Arguments: []string{`domain_name = "acme"`, `uri = "` + uri + `"`},
}

// allMembers are the members of an integration, and membersChecks check what is
// stored.
const allMembers = `"DomainName":"acme","Uri":"` + uri + `","ObjectTypeName":"o","CreatedAt":1709280930.123,
	"LastUpdatedAt":1709281200,"Tags":{"b":"","a":"${1}"},"ObjectTypeNames":{"SegmentIdentify":"S"},"WorkflowId":"w",
	"IsUnstructured":true,"RoleArn":"r","EventTriggerNames":["y","x","y"],"Scope":"DOMAIN"`

func membersChecks() map[string]knownvalue.Check {
	return map[string]knownvalue.Check{
		"domain_name":      knownvalue.StringExact("acme"),
		"uri":              knownvalue.StringExact(uri),
		"object_type_name": knownvalue.StringExact("o"),
		"created_at":       knownvalue.StringExact("2024-03-01T08:15:30.123Z"),
		"last_updated_at":  knownvalue.StringExact("2024-03-01T08:20:00Z"),
		"tags": knownvalue.MapExact(map[string]knownvalue.Check{
			"a": knownvalue.StringExact("${1}"), "b": knownvalue.StringExact(""),
		}),
		"object_type_names": knownvalue.MapExact(map[string]knownvalue.Check{
			"SegmentIdentify": knownvalue.StringExact("S"),
		}),
		"workflow_id":     knownvalue.StringExact("w"),
		"is_unstructured": knownvalue.Bool(true),
		"role_arn":        knownvalue.StringExact("r"),
		"event_trigger_names": knownvalue.ListExact([]knownvalue.Check{
			knownvalue.StringExact("y"), knownvalue.StringExact("x"), knownvalue.StringExact("y"),
		}),
		"scope": knownvalue.StringExact("DOMAIN"),
	}
}

func TestAccIntegration_values(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		region    string // of the integration, or empty for every Region
		arguments []string
		members   string
		want      map[string]knownvalue.Check
	}{
		"all members, Region of the data source": {
			region:    "eu-west-1",
			arguments: []string{`region = "eu-west-1"`},
			members:   allMembers,
			want:      map[string]knownvalue.Check{"region": knownvalue.StringExact("eu-west-1")},
		},
		"few members, Region of the provider": {
			members: `"Uri":"` + uri + `","Tags":null,"ObjectTypeNames":{}`,
			want: map[string]knownvalue.Check{
				"region":              knownvalue.StringExact(acctest.Region),
				"object_type_name":    knownvalue.Null(),
				"created_at":          knownvalue.Null(),
				"last_updated_at":     knownvalue.Null(),
				"tags":                knownvalue.Null(),
				"object_type_names":   knownvalue.MapExact(map[string]knownvalue.Check{}),
				"workflow_id":         knownvalue.Null(),
				"is_unstructured":     knownvalue.Null(),
				"role_arn":            knownvalue.Null(),
				"event_trigger_names": knownvalue.Null(),
				"scope":               knownvalue.Null(),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := acctest.StartSimulator(t)
			integrations := []json.RawMessage{[]byte("{" + tc.members + "}")}
			acme := simulator.Domain{DomainName: "acme", Region: tc.region, Integrations: integrations}
			if err := sim.Put(acme); err != nil {
				t.Fatal(err)
			}
			want := membersChecks()
			maps.Copy(want, tc.want)
			integration.TestValues(t, integration.Config(sim, tc.arguments...), want)
		})
	}
}

func TestAccIntegration_notFound(t *testing.T) {
	t.Parallel()
	sim := acctest.StartSimulator(t)
	acctest.TestError(t, integration.Config(sim, `uri = "arn:aws:s3:::missing"`),
		"Error: Integration not found",
		`GetIntegration for integration "arn:aws:s3:::missing" in domain "acme" (us-east-1) returned ResourceNotFound`,
		"Check the URI of the integration, and that the integration belongs to this domain and Region")
	if calls := len(sim.Calls()); calls != 1 {
		t.Errorf("%d requests, want 1", calls)
	}
}

func TestAccIntegration_invalidArguments(t *testing.T) {
	t.Parallel()
	integration.TestInvalidArguments(t, []acctest.InvalidArgument{
		{
			Name:     "domain name with a space",
			Argument: `domain_name = "ac me"`,
			Error:    "Attribute domain_name must contain only letters, digits, hyphens, and underscores",
		},
		{
			Name:     "empty URI",
			Argument: `uri = ""`,
			Error:    "Attribute uri UTF-8 character count must be between 1 and 255, got: 0",
		},
		{
			Name:     "URI too long",
			Argument: `uri = "` + strings.Repeat("é", 256) + `"`,
			Error:    "Attribute uri UTF-8 character count must be between 1 and 255, got: 256",
		},
	})
}
