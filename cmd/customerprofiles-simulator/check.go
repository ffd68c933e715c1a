// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// checkTimeout is less than the default timeout of a container's health check.
const checkTimeout = 5 * time.Second

// check returns an error unless the simulator at a URL is healthy. Without a path,
// it requests that of the control API.
func check(ctx context.Context, address string) error {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return fmt.Errorf("%q does not begin with http:// or https://", address)
	}
	target, err := url.Parse(address)
	if err != nil {
		return err
	}
	if target.Path == "" || target.Path == "/" {
		target.Path = "/_simulator/health"
	}
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s returned %s", target, response.Status)
	}
	return nil
}
