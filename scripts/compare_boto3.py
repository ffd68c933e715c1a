#!/usr/bin/env python3
"""Reads Customer Profiles by boto3 and by the provider, and compares.

Both read the same simulator: by all five operations, page by page, with and
without filters. Each difference is a line; with one or more it exits with 1.

It needs Go, Terraform and boto3. It builds the provider and the simulator as
they stand and leaves nothing behind.
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
    sys.exit("compare_boto3: there is no boto3: python3 -m pip install boto3")

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSION = "0.0.1"
REGION = "us-east-1"
# The model's plain counters: where they are absent they are 0.
COUNTERS = {"records_processed", "steps_completed", "total_steps"}


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="compare-boto3-"))
    simulator = None
    try:
        data = make_data()
        (work / "data.json").write_text(json.dumps(data))
        environment = build(work)
        simulator, exports = start_simulator(work)
        environment.update(exports)
        client = make_client(exports)
        reads = make_reads(data)
        play_out(client, data)
        found = compare(client, reads, read_by_terraform(work, environment, reads))
    finally:
        if simulator:
            simulator.terminate()
            simulator.wait()
        shutil.rmtree(work)
    return found


def make_data():
    """The built-in data, and a domain with lists of several pages."""
    data = json.loads((ROOT / "internal/simulator/default.json").read_text())
    ids = ["%032x" % n for n in range(250)]
    statuses = ["NOT_STARTED", "IN_PROGRESS", "COMPLETE", "FAILED", "SPLIT", "RETRY", "CANCELLED"]
    data["Domains"].append({
        "DomainName": "hooli",
        "Workflows": [{
            "WorkflowId": id, "WorkflowType": "APPFLOW_INTEGRATION", "Status": statuses[n % 7],
            "StartDate": 1700000000 + n + n % 4 / 4, "LastUpdatedAt": 1700001000.125 + n,
            "Metrics": {"AppflowIntegration": {"RecordsProcessed": 2**63 - 1 - n}},
        } for n, id in enumerate(ids)],
        "Steps": {ids[0]: [{"AppflowIntegration": {"FlowName": f"flow-{n}", "RecordsProcessed": n}} for n in range(230)]},
        "Integrations": [{
            "DomainName": "hooli", "Uri": f"arn:aws:s3:::hooli-{n}?é&=/ ", "CreatedAt": 1700000000 + n, "LastUpdatedAt": 1700000000.5 + n,
            "Tags": {"n": str(n)}, "EventTriggerNames": [] if n % 2 else ["b", "a"], "IsUnstructured": n % 3 == 0,
        } for n in range(120)],
        "HiddenIntegrations": [{"DomainName": "hooli", "Uri": "hidden", "CreatedAt": 1, "LastUpdatedAt": 1.999}],
    })
    return data


def build(work):
    """Builds both, and gives the environment that Terraform runs in."""
    platform = subprocess.check_output(["go", "env", "GOOS", "GOARCH"], text=True, cwd=ROOT).split()
    for host in ["registry.terraform.io", "registry.opentofu.org"]:
        binary = work / "mirror" / host / "customerprofiles/customerprofiles" / VERSION / "_".join(platform)
        binary /= f"terraform-provider-customerprofiles_v{VERSION}"
        subprocess.check_call(["go", "build", f"-ldflags=-X main.version={VERSION}", "-o", binary, "."], cwd=ROOT)
    subprocess.check_call(["go", "build", "-o", work / "simulator", "./cmd/customerprofiles-simulator"], cwd=ROOT)
    (work / "terraform.rc").write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{work}/mirror"\n  }}\n}}\n')
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "TF_"))}
    environment |= {"TF_CLI_CONFIG_FILE": str(work / "terraform.rc"), "CHECKPOINT_DISABLE": "1", "AWS_EC2_METADATA_DISABLED": "true"}
    environment |= {"AWS_CONFIG_FILE": str(work / "none"), "AWS_SHARED_CREDENTIALS_FILE": str(work / "none")}
    return environment


def start_simulator(work):
    simulator = subprocess.Popen([work / "simulator", "-data", work / "data.json"], stdout=subprocess.PIPE, text=True)
    line = simulator.stdout.readline()
    exports = dict(word.split("=", 1) for word in line.partition("export ")[2].split())
    return simulator, {name: value for name, value in exports.items() if value}


def make_client(exports):
    return boto3.session.Session(
        aws_access_key_id=exports["AWS_ACCESS_KEY_ID"], aws_secret_access_key=exports["AWS_SECRET_ACCESS_KEY"], region_name=REGION,
    ).client("customer-profiles", endpoint_url=exports["AWS_ENDPOINT_URL_CUSTOMER_PROFILES"], config=botocore.config.Config(proxies={}))


def make_reads(data):
    """What is read: (data source, its arguments, boto3's method, its arguments)."""
    reads = []
    for domain in data["Domains"]:
        if domain.get("Region", REGION) != REGION:
            continue
        of = {"DomainName": domain["DomainName"]}
        bounds = {"QueryStartDate": "2023-11-14T22:15:00.5Z", "QueryEndDate": "2023-11-14T22:30:00Z"}
        for more in [{}, {"Status": "FAILED"}, {"WorkflowType": "APPFLOW_INTEGRATION"}, bounds]:
            reads.append(("workflows", of | more, "list_workflows"))
        for more in [{}, {"IncludeHidden": True}]:
            reads.append(("integrations", of | more, "list_integrations"))
        for integration in domain.get("Integrations", [])[:10] + domain.get("HiddenIntegrations", []):
            reads.append(("integration", of | {"Uri": integration["Uri"]}, "get_integration"))
        for workflow in domain["Workflows"][:10]:
            id = (workflow[0] if isinstance(workflow, list) else workflow)["WorkflowId"]
            reads.append(("workflow", of | {"WorkflowId": id}, "get_workflow"))
            reads.append(("workflow_steps", of | {"WorkflowId": id}, "get_workflow_steps"))
    return reads


def play_out(client, data):
    """Brings the workflows that move to their end: they do not move by being compared."""
    for domain in data["Domains"]:
        for workflow in domain["Workflows"]:
            for answer in workflow if isinstance(workflow, list) else []:
                client.get_workflow(DomainName=domain["DomainName"], WorkflowId=answer["WorkflowId"])


def read_by_terraform(work, environment, reads):
    """The values of each read, in order."""
    folder = work / "configuration"
    folder.mkdir()
    blocks = {}
    for n, (source, arguments, _) in enumerate(reads):
        escaped = {snake(k): v.replace("${", "$${") if isinstance(v, str) else v for k, v in arguments.items()}
        blocks.setdefault("customerprofiles_" + source, {})[f"read_{n}"] = escaped
    (folder / "main.tf.json").write_text(json.dumps({
        "terraform": {"required_providers": {"customerprofiles": {"source": "customerprofiles/customerprofiles"}}}, "data": blocks,
    }))
    terraform = subprocess.check_output([ROOT / "scripts/terraform.sh"], text=True).strip()

    def run(*arguments):
        done = subprocess.run([terraform, *arguments], cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            sys.exit(done.stdout)
        return done.stdout

    run("init", "-input=false", "-no-color")
    run("apply", "-input=false", "-auto-approve", "-no-color")
    resources = json.loads(run("show", "-json"))["values"]["root_module"]["resources"]
    values = {resource["name"]: resource["values"] for resource in resources}
    return [values[f"read_{n}"] for n in range(len(reads))]


def compare(client, reads, by_terraform):
    found = 0
    for (source, arguments, method), values in zip(reads, by_terraform):
        what = f"customerprofiles_{source} {json.dumps(arguments)}"
        # Of the arguments, those that the API does not return are not compared.
        returned = {"DomainName", "Uri"} if source == "integration" else {"WorkflowId"} if source.startswith("workflow") else set()
        own = {"domain_name", "region", "timeouts", "wait_for"} | {snake(name) for name in arguments}
        if source == "workflows":
            own |= {"workflow_type", "status", "query_start_date", "query_end_date"}
        if source == "integrations":
            own |= {"include_hidden"}
        values = {name: value for name, value in values.items() if name not in own - {snake(name) for name in returned}}
        for difference in differences("", by_boto3(client, method, arguments), values):
            found += 1
            print(f"{what}: {difference}")
    print(f"{len(reads)} reads of {len({read[2] for read in reads})} operations compared: {found or 'no'} differences")
    return 1 if found else 0


def by_boto3(client, method, arguments):
    """The answer with all of its pages."""
    whole, page = {}, {}
    while True:
        size = {} if method in ("get_workflow", "get_integration") else {"MaxResults": 30}
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else {}
        page = getattr(client, method)(**arguments, **size, **token)
        items = whole.get("Items", []) + page.get("Items", [])
        whole |= page
        if "Items" in page:
            whole["Items"] = items
        if "NextToken" not in page:
            break
    for name in ("ResponseMetadata", "NextToken"):
        whole.pop(name, None)
    return whole


def differences(path, boto, terraform, name=""):
    """Compares a value of boto3's with Terraform's, member by member."""
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
        for n, (one, other) in enumerate(zip(boto, terraform)):
            yield from differences(f"{path}{n}.", one, other)
        return
    if type(boto) is not type(terraform) or boto != terraform:
        yield f"{path.rstrip('.')}: boto3 has {boto!r}, Terraform {terraform!r}"


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def rfc3339(value):
    """UTC, to the millisecond, without zeros at the end."""
    milliseconds = round(value.timestamp() * 1000)
    text = datetime.datetime.fromtimestamp(milliseconds // 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f"{milliseconds % 1000:03}".rstrip("0")
    return text + (f".{fraction}" if fraction else "") + "Z"


if __name__ == "__main__":
    sys.exit(main())
