#!/bin/sh
# Renders examples/wait-for-newest next to its run as assets/demo.svg. "make picture"
# builds the provider and the simulator first.
set -eu
cd "$(dirname "$0")/.."
. scripts/sandbox.sh

example=wait-for-newest
init "$example"
sed -n '/^data/,$p' "examples/$example/main.tf" >"$work/main.tf"
cat >"$work/run.sh" <<RUN
stty cols 62
printf '\$ terraform plan\n'
exec "$terraform" -chdir="$work/$example" plan -input=false
RUN

freeze() {
	go tool -modfile=tools/go.mod freeze --background '#171717' --padding 20 --font.family monospace "$@"
}
freeze --language terraform --output "$work/left.svg" "$work/main.tf"
freeze --execute "sh $work/run.sh" --execute.timeout 1m --output "$work/right.svg"

# An SVG can contain others. Both have the background of the whole picture.
size() { sed -n "s/^<svg width=\"\([0-9]*\).*height=\"\([0-9]*\).*/\\$2/p" "$1"; }
left=$(size "$work/left.svg" 1)
width=$((left + $(size "$work/right.svg" 1)))
height=$(size "$work/left.svg" 2)
{
	echo "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"$width\" height=\"$height\" viewBox=\"0 0 $width $height\">"
	echo '<rect width="100%" height="100%" fill="#171717"/>'
	sed '/^<[?!]/d' "$work/left.svg"
	sed -e '/^<[?!]/d' -e "s/^<svg /<svg x=\"$left\" /" "$work/right.svg"
	echo '</svg>'
} >assets/demo.svg
