// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/aws-sdk-go-base/v2/logging"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/conns"
)

// baseLogger is the logger of aws-sdk-go-base. It redacts all secrets.
type baseLogger struct {
	*conns.Logger
}

// SubLogger returns the logger itself: a subsystem of tflog would need its own
// redaction.
func (l baseLogger) SubLogger(ctx context.Context, _ string) (context.Context, logging.Logger) {
	return ctx, l
}
