#!/bin/sh
# Draws assets/demo.svg: the second half of make demo as a terminal shows it.
set -eu
cd "$(dirname "$0")/.."

go tool -modfile=tools/go.mod freeze --execute 'scripts/demo.sh find-and-wait' --execute.timeout 10m \
	--background '#171717' --window --padding 20 --wrap 100 --font.family monospace --output assets/demo.svg
