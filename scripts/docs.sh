#!/bin/sh
# Generates docs/ from the provider's schema, templates/, and examples/, and
# validates the pages. With "check", it fails if a page was out of date.
set -eu
cd "$(dirname "$0")/.."

terraform=$(scripts/terraform.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# tfplugindocs downloads Terraform unless the schema is in a file. Any version of
# Terraform or OpenTofu can write that file, without network access.
source=registry.terraform.io/hashicorp/customerprofiles
mkdir "$work/bin" "$work/root"
go build -o "$work/bin/terraform-provider-customerprofiles" .
cat >"$work/terraform.rc" <<RC
provider_installation {
  dev_overrides {
    "$source" = "$work/bin"
  }
}
RC
cat >"$work/root/main.tf" <<TF
terraform {
  required_providers {
    customerprofiles = {
      source = "$source"
    }
  }
}
TF
TF_CLI_CONFIG_FILE="$work/terraform.rc" CHECKPOINT_DISABLE=1 \
	"$terraform" -chdir="$work/root" providers schema -json >"$work/schema.json"

tfplugindocs() {
	verb=$1
	shift
	go tool -modfile=tools/go.mod tfplugindocs "$verb" -provider-dir . \
		-provider-name terraform-provider-customerprofiles -providers-schema "$work/schema.json" "$@" >"$work/log" 2>&1 ||
		{ cat "$work/log" >&2; return 1; }
}

mkdir -p docs
cp -R docs "$work/docs"
tfplugindocs generate
tfplugindocs validate
if [ "${1:-}" = check ] && ! diff -ru "$work/docs" docs; then
	echo "docs/ was out of date and has been regenerated. Commit the changes." >&2
	exit 1
fi
