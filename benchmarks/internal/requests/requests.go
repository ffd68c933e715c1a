// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package requests makes the configurations that Terraform would send.
package requests

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerprofiles/terraform-provider-customerprofiles/benchmarks/internal/loop"
	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/server"
)

// The data sources that are read.
const (
	Workflow  = "customerprofiles_workflow"
	Workflows = "customerprofiles_workflows"
)

// Requests makes configurations for the provider's schemas.
type Requests struct {
	schemas *tfprotov6.GetProviderSchemaResponse
}

// New asks the provider for its schemas.
func New() (*Requests, error) {
	schemas, err := server.New("bench").GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	return &Requests{schemas: schemas}, nil
}

// Provider is a provider block for the endpoint.
func (r *Requests) Provider(endpoint string) (*tfprotov6.DynamicValue, error) {
	return object(r.schemas.Provider.ValueType(), map[string]any{
		"region": loop.Region, "access_key": loop.AccessKey, "secret_key": loop.SecretKey,
		"endpoints": map[string]any{"customerprofiles": endpoint},
	})
}

// Read is a data source's configuration, of arguments that are not nested.
func (r *Requests) Read(typeName string, arguments map[string]any) (*tfprotov6.DynamicValue, error) {
	schema, ok := r.schemas.DataSourceSchemas[typeName]
	if !ok {
		return nil, fmt.Errorf("there is no data source %s", typeName)
	}
	typ, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		return nil, fmt.Errorf("%s is no object", typeName)
	}
	values := map[string]tftypes.Value{}
	for name, attribute := range typ.AttributeTypes {
		values[name] = tftypes.NewValue(attribute, arguments[name])
	}
	dynamic, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, values))
	return &dynamic, err
}

func object(typ tftypes.Type, members map[string]any) (*tfprotov6.DynamicValue, error) {
	v, err := value(typ, members)
	if err != nil {
		return nil, err
	}
	dynamic, err := tfprotov6.NewDynamicValue(typ, v)
	return &dynamic, err
}

// value is null for what is not given. A list or a set is given as its only
// element. A list of objects is a block, which is empty where it is not given.
func value(typ tftypes.Type, given any) (tftypes.Value, error) {
	switch t := typ.(type) {
	case tftypes.Object:
		members, ok := given.(map[string]any)
		if !ok {
			return tftypes.NewValue(typ, nil), nil
		}
		values := map[string]tftypes.Value{}
		for name, attribute := range t.AttributeTypes {
			v, err := value(attribute, members[name])
			if err != nil {
				return v, err
			}
			values[name] = v
		}
		return tftypes.NewValue(typ, values), nil
	case tftypes.List:
		return repeated(typ, t.ElementType, given)
	case tftypes.Set:
		return repeated(typ, t.ElementType, given)
	}
	if err := tftypes.ValidateValue(typ, given); err != nil {
		return tftypes.Value{}, err
	}
	return tftypes.NewValue(typ, given), nil
}

func repeated(typ, element tftypes.Type, given any) (tftypes.Value, error) {
	elements := []tftypes.Value{}
	if given != nil {
		v, err := value(element, given)
		if err != nil {
			return v, err
		}
		elements = append(elements, v)
	} else if _, isBlock := element.(tftypes.Object); !isBlock {
		return tftypes.NewValue(typ, nil), nil
	}
	return tftypes.NewValue(typ, elements), nil
}
