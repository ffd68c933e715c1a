// Copyright (c) The terraform-provider-customerprofiles authors
// SPDX-License-Identifier: MPL-2.0

// Command bareloop makes the GetWorkflow calls of a plan with the AWS SDK and
// nothing else, ten at a time as Terraform does.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/customerprofiles"
	"golang.org/x/sync/errgroup"
)

func main() {
	endpoint := flag.String("endpoint", "", "URL of the service")
	n := flag.Int("n", 1000, "number of workflows to read")
	flag.Parse()

	client := newClient(*endpoint)
	var group errgroup.Group
	group.SetLimit(10)
	for i := range *n {
		group.Go(func() error { return getWorkflow(client, fmt.Sprintf("%032x", i)) })
	}
	if err := group.Wait(); err != nil {
		log.Fatal(err)
	}
}

func newClient(endpoint string) *customerprofiles.Client {
	static := credentials.NewStaticCredentialsProvider(
		"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "")
	return customerprofiles.New(customerprofiles.Options{
		Region:       "us-east-1",
		Credentials:  aws.NewCredentialsCache(static),
		BaseEndpoint: aws.String(endpoint),
	})
}

func getWorkflow(client *customerprofiles.Client, id string) error {
	_, err := client.GetWorkflow(context.Background(), &customerprofiles.GetWorkflowInput{
		DomainName: aws.String("acme"), WorkflowId: aws.String(id),
	})
	return err
}
