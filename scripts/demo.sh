#!/bin/sh
# Builds the provider and the simulator, starts the simulator on a free port, and
# runs terraform apply in the given examples. The default is quickstart and
# find-and-wait. All files are temporary.
set -eu
cd "$(dirname "$0")/.."

terraform=$(scripts/terraform.sh)
work=$(mktemp -d)
simulator=

clean_up() {
	status=$?
	trap - EXIT INT TERM HUP
	if [ -n "$simulator" ]; then
		kill "$simulator" 2>/dev/null || true
		wait "$simulator" 2>/dev/null || true
	fi
	rm -rf "$work"
	exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

say "Building the provider and the simulator"
version=0.0.1
platform=$(go env GOOS)_$(go env GOARCH)
for host in registry.terraform.io registry.opentofu.org; do
	directory="$work/mirror/$host/customerprofiles/customerprofiles/$version/$platform"
	go build -tags=grpcnotrace -ldflags="-X main.version=$version" \
		-o "$directory/terraform-provider-customerprofiles_v$version" .
done
go build -o "$work/customerprofiles-simulator" ./cmd/customerprofiles-simulator

# The caller's AWS and Terraform settings must not affect the demo.
for name in $(env | sed -n -e 's/^\(AWS_[A-Za-z0-9_]*\)=.*/\1/p' -e 's/^\(TF_[A-Za-z0-9_]*\)=.*/\1/p'); do
	unset "$name"
done

say "Starting the simulator"
mkfifo "$work/line"
"$work/customerprofiles-simulator" >"$work/line" &
simulator=$!
read -r line <"$work/line"
echo "$line" | fold -s -w 100
eval "${line#*: }"

export AWS_CONFIG_FILE="$work/none" AWS_SHARED_CREDENTIALS_FILE="$work/none" AWS_EC2_METADATA_DISABLED=true
export TF_CLI_CONFIG_FILE="$work/terraform.rc" TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
cat >"$TF_CLI_CONFIG_FILE" <<EOF
provider_installation {
  filesystem_mirror {
    path = "$work/mirror"
  }
}
EOF

demo() {
	cp -R "examples/$1" "$work/$1"
	say "terraform apply in examples/$1"
	"$terraform" -chdir="$work/$1" init -input=false >"$work/init.log" || { cat "$work/init.log"; return 1; }
	"$terraform" -chdir="$work/$1" apply -input=false -auto-approve
}

[ $# -gt 0 ] || set -- quickstart find-and-wait
for example in "$@"; do
	demo "$example"
done
