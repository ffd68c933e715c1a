# Sourced by demo.sh and picture.sh. Starts the simulator in bin/ on a free port,
# and sets the environment for Terraform and the provider in bin/. All other files
# are temporary. It sets $terraform and $work.

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

version=$(bin/customerprofiles-simulator -version)
version=${version##* }
platform=$(go env GOOS)_$(go env GOARCH)
for host in registry.terraform.io registry.opentofu.org; do
	directory="$work/mirror/$host/customerprofiles/customerprofiles/$version/$platform"
	mkdir -p "$directory"
	cp bin/terraform-provider-customerprofiles "$directory/terraform-provider-customerprofiles_v$version"
done

# The caller's AWS and Terraform settings must not have an effect.
for name in $(env | sed -n -e 's/^\(AWS_[A-Za-z0-9_]*\)=.*/\1/p' -e 's/^\(TF_[A-Za-z0-9_]*\)=.*/\1/p'); do
	unset "$name"
done

mkfifo "$work/line"
bin/customerprofiles-simulator >"$work/line" &
simulator=$!
read -r line <"$work/line"
eval "${line#*: }"

export AWS_CONFIG_FILE="$work/none" AWS_SHARED_CREDENTIALS_FILE="$work/none" AWS_EC2_METADATA_DISABLED=true
export TF_CLI_CONFIG_FILE="$work/terraform.rc" TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
cat >"$TF_CLI_CONFIG_FILE" <<RC
provider_installation {
  filesystem_mirror {
    path = "$work/mirror"
  }
}
RC

# init copies an example to the temporary directory and initializes it.
init() {
	cp -R "examples/$1" "$work/$1"
	"$terraform" -chdir="$work/$1" init -input=false -no-color >"$work/log" || { cat "$work/log"; return 1; }
}
