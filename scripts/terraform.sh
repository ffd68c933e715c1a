#!/bin/sh
# Prints the path of the Terraform or OpenTofu binary to use: the first of
# terraform on the PATH, tofu on the PATH, and bin/terraform. It installs
# bin/terraform if neither is on the PATH.
set -eu
cd "$(dirname "$0")/.."

version=1.11.4

for name in terraform tofu; do
	if path=$(command -v "$name"); then
		echo "$path"
		exit
	fi
done
if [ ! -x bin/terraform ]; then
	echo "Neither terraform nor tofu is on the PATH. Installing Terraform $version into bin/." >&2
	mkdir -p bin
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	if ! go tool -modfile=tools/go.mod hc-install install -version "$version" -path "$PWD/bin" terraform >"$log" 2>&1; then
		echo "Install Terraform 1.2.7 or later, or OpenTofu 1.6.3 or later: the download failed ($(tail -n 1 "$log"))." >&2
		exit 1
	fi
fi
echo "$PWD/bin/terraform"
