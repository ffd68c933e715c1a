// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package common

import (
	"context"
	"maps"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type innerModel struct {
	Name  types.String `tfsdk:"name"`
	Count types.Int64  `tfsdk:"count"`
}

type embeddedModel struct {
	Text types.String `tfsdk:"text"`
}

type outerModel struct {
	embeddedModel
	Date   timetypes.RFC3339 `tfsdk:"date"`
	Names  types.Set         `tfsdk:"names"`
	Nested *innerModel       `tfsdk:"nested"`
	Items  []innerModel      `tfsdk:"items"`
	Block  *innerModel       `tfsdk:"block"`
	hidden int
}

func outerSchema() schema.Schema {
	inner := map[string]schema.Attribute{
		"name": schema.StringAttribute{Optional: true}, "count": schema.Int64Attribute{Optional: true},
	}
	return schema.Schema{
		Attributes: map[string]schema.Attribute{
			"text":   schema.StringAttribute{Optional: true},
			"date":   schema.StringAttribute{Optional: true, CustomType: timetypes.RFC3339Type{}},
			"names":  schema.SetAttribute{Optional: true, ElementType: types.StringType},
			"nested": schema.SingleNestedAttribute{Optional: true, Attributes: inner},
			"items":  schema.ListNestedAttribute{Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: inner}},
		},
		Blocks: map[string]schema.Block{"block": schema.SingleNestedBlock{Attributes: inner}},
	}
}

var (
	text  = tftypes.String
	inner = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": text, "count": tftypes.Number}}
	outer = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"text": text, "date": text, "names": tftypes.Set{ElementType: text}, "nested": inner, "items": tftypes.List{ElementType: inner}, "block": inner,
	}}
)

func outerValue(members map[string]tftypes.Value) tftypes.Value {
	all := map[string]tftypes.Value{}
	for name, typ := range outer.AttributeTypes {
		all[name] = tftypes.NewValue(typ, nil)
	}
	maps.Copy(all, members)
	return tftypes.NewValue(outer, all)
}

func innerValue(name, count any) tftypes.Value {
	return tftypes.NewValue(inner, map[string]tftypes.Value{"name": tftypes.NewValue(text, name), "count": tftypes.NewValue(tftypes.Number, count)})
}

// GetConfig and SetState must do what the framework's own do.
func TestLikeTheFramework(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, value := range map[string]tftypes.Value{
		"nothing": outerValue(nil),
		"everything": outerValue(map[string]tftypes.Value{
			"text":   tftypes.NewValue(text, "é\x00"),
			"date":   tftypes.NewValue(text, "2026-01-02T03:04:05.678Z"),
			"names":  tftypes.NewValue(outer.AttributeTypes["names"], []tftypes.Value{tftypes.NewValue(text, "a"), tftypes.NewValue(text, "b")}),
			"nested": innerValue("n", 9007199254740993),
			"block":  innerValue("b", nil),
		}),
		"objects with nothing in them": outerValue(map[string]tftypes.Value{"nested": innerValue(nil, nil), "text": tftypes.NewValue(text, "")}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := tfsdk.Config{Raw: value, Schema: outerSchema()}
			var got, want outerModel
			if diags := GetConfig(ctx, config, &got); diags.HasError() {
				t.Fatal(diags)
			}
			if diags := config.Get(ctx, &want); diags.HasError() {
				t.Fatal(diags)
			}
			if !want.Text.Equal(got.Text) || !want.Date.Equal(got.Date) || !reflect.DeepEqual(got.Nested, want.Nested) || !reflect.DeepEqual(got.Block, want.Block) {
				t.Errorf("GetConfig\ngot  %+v\nwant %+v", got, want)
			}
			if got.Names.IsNull() != want.Names.IsNull() || !got.Names.IsNull() && !got.Names.Equal(want.Names) {
				t.Errorf("names: got %s, want %s", got.Names, want.Names)
			}

			for _, items := range [][]innerModel{nil, {}, {{}, {Name: types.StringValue("i"), Count: types.Int64Value(-1)}}} {
				got.Items, want.Items = items, items
				gotState := tfsdk.State{Raw: tftypes.NewValue(outer, nil), Schema: outerSchema()}
				wantState := tfsdk.State{Raw: tftypes.NewValue(outer, nil), Schema: outerSchema()}
				if diags := SetState(ctx, &gotState, &got); diags.HasError() {
					t.Fatal(diags)
				}
				if diags := wantState.Set(ctx, &want); diags.HasError() {
					t.Fatal(diags)
				}
				if !gotState.Raw.Equal(wantState.Raw) {
					t.Errorf("SetState with items %v\ngot  %s\nwant %s", items, gotState.Raw, wantState.Raw)
				}
			}
		})
	}
	_ = outerModel{}.hidden
}

func TestConversionErrors(t *testing.T) {
	t.Parallel()
	config := tfsdk.Config{Raw: outerValue(map[string]tftypes.Value{"text": tftypes.NewValue(text, "x")}), Schema: outerSchema()}
	diags := GetConfig(context.Background(), config, &struct {
		Text types.Int64 `tfsdk:"text"`
	}{})
	if !diags.HasError() || diags[0].Summary() != "Bug in the provider" {
		t.Errorf("a field of another type: %v", diags)
	}

	state := tfsdk.State{Raw: tftypes.NewValue(outer, nil), Schema: outerSchema()}
	before := state.Raw
	diags = SetState(context.Background(), &state, &struct {
		Text int `tfsdk:"text"`
	}{})
	if !diags.HasError() || !state.Raw.Equal(before) {
		t.Errorf("a field without a form in Terraform: %v, state %s", diags, state.Raw)
	}
}
