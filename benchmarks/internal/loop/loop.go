// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Package loop makes the calls that a plan makes, by the SDK and nothing else.
package loop

import (
	"context"
	"fmt"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
)

// The credentials and the Region that the service's default data knows: AWS's
// own example of a key.
const (
	AccessKey = "AKIAIOSFODNN7EXAMPLE"
	SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	Region    = "us-east-1"
)

// Client is the SDK's client for the endpoint.
func Client(endpoint string) *customerprofiles.Client {
	return customerprofiles.New(customerprofiles.Options{
		Region:       Region,
		Credentials:  aws.NewCredentialsCache(credentials.NewStaticCredentialsProvider(AccessKey, SecretKey, "")),
		BaseEndpoint: aws.String(endpoint),
	})
}

// Get reads one workflow of the domain acme.
func Get(client *customerprofiles.Client, workflowID string) error {
	_, err := client.GetWorkflow(context.Background(), &customerprofiles.GetWorkflowInput{
		DomainName: aws.String("acme"), WorkflowId: aws.String(workflowID),
	})
	return err
}

// WorkflowID is the ID of the i-th workflow.
func WorkflowID(i int) string { return fmt.Sprintf("%032x", i) }

// ListSizes are the numbers of items of the lists that are measured.
var ListSizes = []int{10, 1000, 10000}

// ListDomain is the domain with so many workflows.
func ListDomain(items int) string { return fmt.Sprintf("list-%d", items) }

// Run reads the workflows 0 to n-1, so many at once.
func Run(endpoint string, n, atOnce int) error {
	client := Client(endpoint)
	var wait sync.WaitGroup
	indexes, errs := make(chan int), make(chan error, atOnce)
	for range atOnce {
		wait.Go(func() {
			for i := range indexes {
				if err := Get(client, WorkflowID(i)); err != nil {
					select {
					case errs <- err:
					default:
					}
				}
			}
		})
	}
	for i := range n {
		indexes <- i
	}
	close(indexes)
	wait.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}
