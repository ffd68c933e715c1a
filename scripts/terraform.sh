#!/bin/sh
# Prints the path of the Terraform to use: terraform on the PATH, else tofu,
# else the one under bin/, which is installed there on the first call.
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
	echo "No terraform and no tofu on the PATH: installing Terraform $version under bin/." >&2
	mkdir -p bin
	go tool -modfile=tools/go.mod hc-install install -version "$version" -path "$PWD/bin" terraform >&2
fi
echo "$PWD/bin/terraform"
