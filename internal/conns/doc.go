// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package conns stands between the provider block and the data sources: the
// one makes [Clients] from an AWS configuration, the others ask it for the
// client of a Region, and neither knows more of the other.
//
// Every client shares one credential chain and one pool of connections, and
// every answer is checked to be one before the SDK takes it apart. Each attempt
// of a call is logged, without what is secret in it.
package conns
