// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

package simulator_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/customerprofiles/terraform-provider-customerprofiles/internal/simulator"
)

// What one call costs the service itself, without the network: it must be little
// beside what is measured with it.
func BenchmarkGetWorkflow(b *testing.B) {
	for name, keep := range map[string]int{"kept": 10_000, "not kept": 0} {
		b.Run(name, func(b *testing.B) {
			service, err := simulator.New(simulator.DefaultData())
			if err != nil {
				b.Fatal(err)
			}
			service.KeepCalls(keep)
			r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, completePath, nil)
			credentials := aws.Credentials{AccessKeyID: accessKeyID, SecretAccessKey: secretAccessKey}
			if err := v4.NewSigner().SignHTTP(b.Context(), credentials, r, emptyHash, "profile", "us-east-1", time.Now()); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				service.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}
