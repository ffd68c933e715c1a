#!/bin/sh
# Runs terraform apply in two examples, against the simulator. "make demo" builds
# the provider and the simulator first.
set -eu
cd "$(dirname "$0")/.."
. scripts/sandbox.sh

# Escape codes would be noise in a file or in a CI log.
bold='' plain='' color=-no-color
if [ -t 1 ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m') color=
fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

say "The simulator listens on $AWS_ENDPOINT_URL_CUSTOMER_PROFILES"
for example in quickstart find-and-wait; do
	say "$(basename "$terraform") apply in examples/$example"
	init "$example"
	"$terraform" -chdir="$work/$example" apply -input=false -auto-approve $color
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
