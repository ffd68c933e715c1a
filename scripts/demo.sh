#!/bin/sh
# Runs terraform apply in the given examples against the simulator, which listens
# on a free port. The default is quickstart and find-and-wait. "make demo" builds
# the provider and the simulator into bin/ before. All other files are temporary.
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

# Escape codes would be noise in a file or in a CI log.
bold='' plain='' color=-no-color
if [ -t 1 ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m') color=
fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

version=$(bin/customerprofiles-simulator -version)
version=${version##* }
platform=$(go env GOOS)_$(go env GOARCH)
for host in registry.terraform.io registry.opentofu.org; do
	directory="$work/mirror/$host/customerprofiles/customerprofiles/$version/$platform"
	mkdir -p "$directory"
	cp bin/terraform-provider-customerprofiles "$directory/terraform-provider-customerprofiles_v$version"
done

# The caller's AWS and Terraform settings must not affect the demo.
for name in $(env | sed -n -e 's/^\(AWS_[A-Za-z0-9_]*\)=.*/\1/p' -e 's/^\(TF_[A-Za-z0-9_]*\)=.*/\1/p'); do
	unset "$name"
done

mkfifo "$work/line"
bin/customerprofiles-simulator >"$work/line" &
simulator=$!
read -r line <"$work/line"
eval "${line#*: }"
say "The simulator listens on $AWS_ENDPOINT_URL_CUSTOMER_PROFILES"

export AWS_CONFIG_FILE="$work/none" AWS_SHARED_CREDENTIALS_FILE="$work/none" AWS_EC2_METADATA_DISABLED=true
export TF_CLI_CONFIG_FILE="$work/terraform.rc" TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
cat >"$TF_CLI_CONFIG_FILE" <<RC
provider_installation {
  filesystem_mirror {
    path = "$work/mirror"
  }
}
RC

demo() {
	cp -R "examples/$1" "$work/$1"
	say "$(basename "$terraform") apply in examples/$1"
	"$terraform" -chdir="$work/$1" init -input=false $color >"$work/init.log" || { cat "$work/init.log"; return 1; }
	"$terraform" -chdir="$work/$1" apply -input=false -auto-approve $color
}

[ $# -gt 0 ] || set -- quickstart find-and-wait
for example in "$@"; do
	demo "$example"
done

say "What to try next"
cat <<'TEXT'
- Run `make install`, and start bin/customerprofiles-simulator in another terminal.
  Run the export command that it prints, then `terraform init` and `terraform apply`
  in a copy of examples/find-and-wait.
- Change the example. docs/index.md describes the provider, and docs/guides shows how
  to find workflows, wait for them, and test modules.
- To use your AWS account, see README.md.
TEXT
