#!/usr/bin/env python3
"""Compares what boto3 and the provider read from the simulator.

Both call all five operations with and without filters, and read every page of
the lists. The script prints a line for each difference, and exits with status 1
if there are any. It needs Go, Terraform, and boto3. All files are temporary.
"""

import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import boto3
    import botocore.config
except ImportError:
    sys.exit("compare_boto3: boto3 is not installed. Run python3 -m pip install boto3.")

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSION = "0.0.1"
REGION = "us-east-1"
# Counters default to 0 in the API's model. All other absent members are null.
COUNTERS = {"records_processed", "steps_completed", "total_steps"}
# Arguments that aren't members of the API's response.
ARGUMENTS = {
    "workflow": {"domain_name", "wait_for"},
    "workflow_steps": {"domain_name"},
    "workflows": {"domain_name", "workflow_type", "status", "query_start_date", "query_end_date"},
    "integration": set(),
    "integrations": {"domain_name", "include_hidden"},
}


def main():
    directory = pathlib.Path(tempfile.mkdtemp(prefix="compare-boto3-"))
    simulator = None
    try:
        data = make_data()
        (directory / "data.json").write_text(json.dumps(data))
        environment = build(directory)
        simulator, exports = start_simulator(directory)
        environment.update(exports)
        client = make_client(exports)
        reads = make_reads(data)
        finish_workflows(client, data)
        return compare(client, reads, read_with_terraform(directory, environment, reads))
    finally:
        if simulator:
            simulator.terminate()
            simulator.wait()
        shutil.rmtree(directory)


def make_data():
    """Returns the simulator's default data and a domain whose lists have several pages."""
    data = json.loads((ROOT / "internal/simulator/default.json").read_text())
    ids = ["%032x" % n for n in range(250)]
    statuses = ["NOT_STARTED", "IN_PROGRESS", "COMPLETE", "FAILED", "SPLIT", "RETRY", "CANCELLED"]
    data["Domains"].append({
        "DomainName": "hooli",
        "Workflows": [{
            "WorkflowId": id,
            "WorkflowType": "APPFLOW_INTEGRATION",
            "Status": statuses[n % 7],
            "StartDate": 1700000000 + n + n % 4 / 4,
            "LastUpdatedAt": 1700001000.125 + n,
            "Metrics": {"AppflowIntegration": {"RecordsProcessed": 2**63 - 1 - n}},
        } for n, id in enumerate(ids)],
        "Steps": {
            ids[0]: [{"AppflowIntegration": {"FlowName": f"flow-{n}", "RecordsProcessed": n}} for n in range(230)],
        },
        "Integrations": [{
            "DomainName": "hooli",
            "Uri": f"arn:aws:s3:::hooli-{n}?é&=/ ",
            "CreatedAt": 1700000000 + n,
            "LastUpdatedAt": 1700000000.5 + n,
            "Tags": {"n": str(n)},
            "EventTriggerNames": [] if n % 2 else ["b", "a"],
            "IsUnstructured": n % 3 == 0,
        } for n in range(120)],
        "HiddenIntegrations": [{"DomainName": "hooli", "Uri": "hidden", "CreatedAt": 1, "LastUpdatedAt": 1.999}],
    })
    return data


def build(directory):
    """Builds the provider and the simulator, and returns Terraform's environment."""
    platform = subprocess.check_output(["go", "env", "GOOS", "GOARCH"], text=True, cwd=ROOT).split()
    for host in ["registry.terraform.io", "registry.opentofu.org"]:
        binary = directory / "mirror" / host / "customerprofiles/customerprofiles" / VERSION / "_".join(platform)
        binary /= f"terraform-provider-customerprofiles_v{VERSION}"
        subprocess.check_call(["go", "build", f"-ldflags=-X main.version={VERSION}", "-o", binary, "."], cwd=ROOT)
    command = ["go", "build", "-o", directory / "simulator", "./cmd/customerprofiles-simulator"]
    subprocess.check_call(command, cwd=ROOT)
    (directory / "terraform.rc").write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{directory}/mirror"\n  }}\n}}\n')
    return {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "TF_"))} | {
        "TF_CLI_CONFIG_FILE": str(directory / "terraform.rc"),
        "CHECKPOINT_DISABLE": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(directory / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(directory / "none"),
    }


def start_simulator(directory):
    """Returns the simulator's process and the environment variables that it prints."""
    command = [directory / "simulator", "-data", directory / "data.json"]
    simulator = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = simulator.stdout.readline()
    exports = dict(word.split("=", 1) for word in line.partition("export ")[2].split())
    return simulator, {name: value for name, value in exports.items() if value}


def make_client(exports):
    session = boto3.session.Session(
        aws_access_key_id=exports["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=exports["AWS_SECRET_ACCESS_KEY"],
        region_name=REGION,
    )
    return session.client(
        "customer-profiles",
        endpoint_url=exports["AWS_ENDPOINT_URL_CUSTOMER_PROFILES"],
        config=botocore.config.Config(proxies={}),
    )


def make_reads(data):
    """Returns the reads to compare: a data source, its API arguments, and boto3's method."""
    reads = []
    dates = {"QueryStartDate": "2023-11-14T22:15:00.5Z", "QueryEndDate": "2023-11-14T22:30:00Z"}
    for domain in domains(data):
        name = {"DomainName": domain["DomainName"]}
        for filters in [{}, {"Status": "FAILED"}, {"WorkflowType": "APPFLOW_INTEGRATION"}, dates]:
            reads.append(("workflows", name | filters, "list_workflows"))
        for filters in [{}, {"IncludeHidden": True}]:
            reads.append(("integrations", name | filters, "list_integrations"))
        for integration in domain.get("Integrations", [])[:10] + domain.get("HiddenIntegrations", []):
            reads.append(("integration", name | {"Uri": integration["Uri"]}, "get_integration"))
        for responses in domain["Workflows"][:10]:
            arguments = name | {"WorkflowId": as_list(responses)[0]["WorkflowId"]}
            reads.append(("workflow", arguments, "get_workflow"))
            reads.append(("workflow_steps", arguments, "get_workflow_steps"))
    return reads


def domains(data):
    """Returns the domains in the Region of the comparison."""
    return [domain for domain in data["Domains"] if domain.get("Region", REGION) == REGION]


def as_list(value):
    return value if isinstance(value, list) else [value]


def finish_workflows(client, data):
    """Reads workflows until they stop changing, so that both sides read the same."""
    for domain in domains(data):
        for responses in domain["Workflows"]:
            for response in as_list(responses):
                client.get_workflow(DomainName=domain["DomainName"], WorkflowId=response["WorkflowId"])


def read_with_terraform(directory, environment, reads):
    """Returns the values that Terraform stores for each read."""
    workspace = directory / "configuration"
    workspace.mkdir()
    blocks = {}
    for n, (source, arguments, _) in enumerate(reads):
        escaped = {snake(k): v.replace("${", "$${") if isinstance(v, str) else v for k, v in arguments.items()}
        blocks.setdefault("customerprofiles_" + source, {})[f"read_{n}"] = escaped
    (workspace / "main.tf.json").write_text(json.dumps({
        "terraform": {"required_providers": {"customerprofiles": {"source": "customerprofiles/customerprofiles"}}},
        "data": blocks,
    }))
    terraform = subprocess.check_output([ROOT / "scripts/terraform.sh"], text=True).strip()

    def run(*arguments):
        result = subprocess.run(
            [terraform, *arguments], cwd=workspace, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode:
            sys.exit(result.stdout)
        return result.stdout

    run("init", "-input=false", "-no-color")
    run("apply", "-input=false", "-auto-approve", "-no-color")
    resources = json.loads(run("show", "-json"))["values"]["root_module"]["resources"]
    values = {resource["name"]: resource["values"] for resource in resources}
    return [values[f"read_{n}"] for n in range(len(reads))]


def compare(client, reads, terraform_values):
    """Prints the differences and returns the exit status."""
    count = 0
    for (source, arguments, method), values in zip(reads, terraform_values):
        values = {k: v for k, v in values.items() if k not in ARGUMENTS[source] | {"region", "timeouts"}}
        for difference in differences("", read_with_boto3(client, method, arguments), values):
            count += 1
            print(f"customerprofiles_{source} {json.dumps(arguments)}: {difference}")
    operations = {method for _, _, method in reads}
    print(f"Compared {len(reads)} reads of {len(operations)} operations: {count or 'no'} differences")
    return 1 if count else 0


def read_with_boto3(client, method, arguments):
    """Returns the response, with the items of all pages."""
    combined, page = {}, {}
    while True:
        size = {} if method in ("get_workflow", "get_integration") else {"MaxResults": 30}
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else {}
        page = getattr(client, method)(**arguments, **size, **token)
        items = combined.get("Items", []) + page.get("Items", [])
        combined |= page
        if "Items" in page:
            combined["Items"] = items
        if "NextToken" not in page:
            break
    for name in ("ResponseMetadata", "NextToken"):
        combined.pop(name, None)
    return combined


def differences(path, boto, terraform, name=""):
    """Yields the differences between a value of boto3 and a value of Terraform."""
    if isinstance(boto, datetime.datetime):
        boto = rfc3339(boto)
    if isinstance(boto, dict) and isinstance(terraform, dict) and name not in ("tags", "object_type_names"):
        members = {snake(key): value for key, value in boto.items()}
        for key in sorted(members.keys() | terraform.keys()):
            if key not in terraform:
                yield f"{path}{key}: boto3 has {members[key]!r}, Terraform has no such attribute"
                continue
            absent = 0 if key in COUNTERS else None
            yield from differences(f"{path}{key}.", members.get(key, absent), terraform[key], key)
        return
    if isinstance(boto, list) and isinstance(terraform, list) and len(boto) == len(terraform):
        for n, items in enumerate(zip(boto, terraform)):
            yield from differences(f"{path}{n}.", *items)
        return
    if type(boto) is not type(terraform) or boto != terraform:
        yield f"{path.rstrip('.')}: boto3 has {boto!r}, Terraform has {terraform!r}"


def snake(name):
    """Converts UpperCamelCase to snake_case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def rfc3339(value):
    """Formats a time like the provider: UTC, at most three decimal places, no trailing zeros."""
    milliseconds = round(value.timestamp() * 1000)
    utc = datetime.datetime.fromtimestamp(milliseconds // 1000, datetime.timezone.utc)
    fraction = f"{milliseconds % 1000:03}".rstrip("0")
    return utc.strftime("%Y-%m-%dT%H:%M:%S") + (f".{fraction}" if fraction else "") + "Z"


if __name__ == "__main__":
    sys.exit(main())
