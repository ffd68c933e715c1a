// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"fmt"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// GetConfig fills model, a pointer to a struct with tfsdk tags, from a data
// source's arguments. It does what [tfsdk.Config.Get] does for such a struct
// and arguments that are known, as they are when a data source is read, at a
// fraction of the cost: a read is mostly that and [SetState].
func GetConfig(ctx context.Context, config tfsdk.Config, model any) diag.Diagnostics {
	return converted("arguments", decode(ctx, config, reflect.ValueOf(model).Elem()))
}

// SetState stores model, a pointer to a struct with tfsdk tags, as the data
// source's state. It does what [tfsdk.State.Set] does for such a struct.
func SetState(ctx context.Context, state *tfsdk.State, model any) diag.Diagnostics {
	value, err := encode(ctx, reflect.ValueOf(model), state.Raw.Type())
	if err == nil {
		state.Raw = value
	}
	return converted("state", err)
}

func converted(what string, err error) diag.Diagnostics {
	if err == nil {
		return nil
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic("Bug in the provider",
		fmt.Sprintf("The data source's %s cannot be converted: %v. Please report it.", what, err))}
}

func decode(ctx context.Context, config tfsdk.Config, model reflect.Value) error {
	configured, ok := config.Schema.(schema.Schema)
	if !ok {
		return fmt.Errorf("unexpected schema %T", config.Schema)
	}
	return decodeObject(ctx, config.Raw, model, func(name string) attr.Type {
		if attribute, ok := configured.Attributes[name]; ok {
			return attribute.GetType()
		}
		if block, ok := configured.Blocks[name]; ok {
			return block.Type()
		}
		return nil
	})
}

// decodeObject fills the struct's fields from the object's members, whose
// types typeOf tells.
func decodeObject(ctx context.Context, object tftypes.Value, model reflect.Value, typeOf func(name string) attr.Type) error {
	var members map[string]tftypes.Value
	if err := object.As(&members); err != nil {
		return err
	}
	for _, field := range fieldsOf(model.Type()) {
		member := members[field.name]
		// What is read back is null here, and the model's zero is null.
		if member.IsNull() {
			continue
		}
		typ := typeOf(field.name)
		if typ == nil {
			return fmt.Errorf("%s is not in the schema", field.name)
		}
		if err := decodeMember(ctx, member, model.FieldByIndex(field.index), typ); err != nil {
			return fmt.Errorf("%s: %w", field.name, err)
		}
	}
	return nil
}

func decodeMember(ctx context.Context, member tftypes.Value, into reflect.Value, typ attr.Type) error {
	if nested, ok := typ.(attr.TypeWithAttributeTypes); ok && into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		types := nested.AttributeTypes()
		return decodeObject(ctx, member, into.Elem(), func(name string) attr.Type { return types[name] })
	}
	argument, err := typ.ValueFromTerraform(ctx, member)
	if err != nil {
		return err
	}
	from := reflect.ValueOf(argument)
	if !from.Type().AssignableTo(into.Type()) {
		return fmt.Errorf("%s does not hold %s", into.Type(), from.Type())
	}
	into.Set(from)
	return nil
}

// encode is the model's value as a value of the Terraform type.
func encode(ctx context.Context, model reflect.Value, typ tftypes.Type) (tftypes.Value, error) {
	if value, ok := reflect.TypeAssert[attr.Value](model); ok {
		// A zero value does not know what it is a null of.
		if value.IsNull() {
			return tftypes.NewValue(typ, nil), nil
		}
		return value.ToTerraformValue(ctx)
	}
	switch model.Kind() {
	case reflect.Pointer:
		if model.IsNil() {
			return tftypes.NewValue(typ, nil), nil
		}
		return encode(ctx, model.Elem(), typ)
	case reflect.Slice:
		return encodeList(ctx, model, typ)
	case reflect.Struct:
		return encodeObject(ctx, model, typ)
	}
	return tftypes.Value{}, fmt.Errorf("%s has no form in Terraform", model.Type())
}

func encodeObject(ctx context.Context, model reflect.Value, typ tftypes.Type) (tftypes.Value, error) {
	object, ok := typ.(tftypes.Object)
	if !ok {
		return tftypes.Value{}, fmt.Errorf("%s is an object, not %s", model.Type(), typ)
	}
	members := make(map[string]tftypes.Value, len(object.AttributeTypes))
	for _, field := range fieldsOf(model.Type()) {
		member, err := encode(ctx, model.FieldByIndex(field.index), object.AttributeTypes[field.name])
		if err != nil {
			return member, fmt.Errorf("%s: %w", field.name, err)
		}
		members[field.name] = member
	}
	return tftypes.NewValue(typ, members), nil
}

func encodeList(ctx context.Context, model reflect.Value, typ tftypes.Type) (tftypes.Value, error) {
	list, ok := typ.(tftypes.List)
	if !ok {
		return tftypes.Value{}, fmt.Errorf("%s is a list, not %s", model.Type(), typ)
	}
	if model.IsNil() {
		return tftypes.NewValue(typ, nil), nil
	}
	elements := make([]tftypes.Value, model.Len())
	for i := range elements {
		element, err := encode(ctx, model.Index(i), list.ElementType)
		if err != nil {
			return element, err
		}
		elements[i] = element
	}
	return tftypes.NewValue(typ, elements), nil
}

// field is a struct's field with a tfsdk tag, or one of a struct that it embeds.
type field struct {
	index []int
	name  string
}

// knownFields holds what fieldsOf has found, by type.
var knownFields sync.Map

func fieldsOf(typ reflect.Type) []field {
	if known, ok := knownFields.Load(typ); ok {
		if fields, ok := known.([]field); ok {
			return fields
		}
	}
	var fields []field
	for _, f := range reflect.VisibleFields(typ) {
		if name := f.Tag.Get("tfsdk"); name != "" {
			fields = append(fields, field{f.Index, name})
		}
	}
	knownFields.Store(typ, fields)
	return fields
}
