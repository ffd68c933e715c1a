// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package fakeaws stands in for what credentials come from: STS, IAM, IAM
// Identity Center, the metadata service of an EC2 instance and that of a
// container, and for the proxy that is the only way to them. All of it listens
// on loopback, and remembers what it was asked.
//
// The credentials that it gives out are known beforehand, see [Issued], so
// that a test can let the simulator know them.
package fakeaws
