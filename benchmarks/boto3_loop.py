"""Reads workflows with boto3 in its retry mode "adaptive", ten at a time.

Usage: boto3_loop.py ENDPOINT NUMBER
"""

import concurrent.futures
import sys

import boto3
import botocore.config

endpoint, number = sys.argv[1], int(sys.argv[2])
client = boto3.client(
    "customer-profiles",
    region_name="us-east-1",
    endpoint_url=endpoint,
    aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
    aws_secret_access_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    config=botocore.config.Config(retries={"mode": "adaptive", "total_max_attempts": 25}),
)


def read(i):
    client.get_workflow(DomainName="acme", WorkflowId=f"{i:032x}")


with concurrent.futures.ThreadPoolExecutor(10) as pool:
    list(pool.map(read, range(number)))  # Raises the exception of a failed read.
