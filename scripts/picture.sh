#!/bin/sh
# Renders the terminal output of the second example of make demo as
# assets/demo.svg.
set -eu
cd "$(dirname "$0")/.."

go tool -modfile=tools/go.mod freeze --execute 'scripts/demo.sh find-and-wait' --execute.timeout 10m \
	--background '#171717' --window --padding 20 --wrap 100 --font.family monospace --output assets/demo.svg
